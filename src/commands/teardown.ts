import { defined } from '../domain/defined'
import { starting, withService } from './starting'

export const teardown = starting({
  name: 'teardown',
  synonyms: { en: ['destroy', 'takedown'], ko: ['철거', '해체'] },
  usage: 'teardown <service> [--images] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Takes down the fleet that was built for a service: drained first, then deleted for good, once you typed its name.',
    ko: '서비스용으로 구성한 리소스를 0대로 줄인 뒤 삭제합니다. 서비스 이름을 입력해 확인해야 실행합니다.',
  },
  examples: {
    en: ['teardown web', 'teardown web --dry-run', 'teardown web --images'],
    ko: ['철거 web', 'web 철거'],
  },
  options: ['images'],
  parse: (input, start) =>
    withService(input, 'teardown', (service) =>
      start({ procedure: 'teardown', service, ...defined({ images: input.options.images }) }),
    ),
})
