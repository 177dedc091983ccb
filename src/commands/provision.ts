import { defined } from '../domain/defined'
import { starting, withService } from './starting'

export const provision = starting({
  name: 'provision',
  synonyms: { en: ['setup'], ko: ['구성', '구축'] },
  usage: 'provision <service> [--adopt] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Builds the fleet of a service as rollcall.yaml says, or fixes what drifted, once you said yes.',
    ko: 'rollcall.yaml에 적힌 대로 서비스의 리소스를 구성하거나 달라진 것을 맞춥니다. 확인을 받은 뒤 실행합니다.',
  },
  examples: {
    en: ['provision web', 'provision web --dry-run', 'provision web --adopt'],
    ko: ['구성 web', 'web 구성'],
  },
  options: ['adopt'],
  parse: (input, start) =>
    withService(input, 'provision', (service) =>
      start({ procedure: 'provision', service, ...defined({ adopt: input.options.adopt }) }),
    ),
})
