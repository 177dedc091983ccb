import { defined } from '../domain/defined'
import { badValue } from './spec'
import { starting, withService } from './starting'
import { weightsProblem } from './weights-problem'
import { strategiesOf } from '../domain/catalogue/catalogue'

/** Strategies by which two colors change places. */
const ofColors = strategiesOf({ colors: { blue: '', green: '' } })

export const swap = starting({
  name: 'swap',
  synonyms: { en: ['exchange', 'flip'], ko: ['전환', '색상전환', '스왑'] },
  usage: 'swap <service> [--strategy blue-green|canary] [--weights 10,50,100] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Brings the idle color up on the version that serves and takes the other one out, kept warm for a while.',
    ko: '현재 버전으로 유휴 색상을 시작해 서비스를 넘기고, 기존 색상은 한동안 되돌리기용으로 유지합니다.',
  },
  examples: { en: ['swap shop', 'swap shop --dry-run'], ko: ['전환 shop', 'shop 색상 전환'] },
  options: ['strategy', 'weights'],
  parse: (input, start) =>
    withService(input, 'swap', (service) => {
      const { strategy, weights } = input.options
      const known = input.catalogue.services.get(service)
      if (strategy && !ofColors.includes(strategy))
        return badValue('strategy', strategy, ofColors.join(' | '))
      const problem = known && weightsProblem(known, { strategy, weights })
      return problem ?? start({ procedure: 'swap', service, ...defined({ strategy, weights }) })
    }),
})
