import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { missingArgument, parseFailure, parsed, type Spec, type Starting } from './spec'
import { weightsProblem } from './weights-problem'
import { strategiesOf } from '../domain/catalogue/catalogue'

/** Strategies by which two colors change places. */
const ofColors = strategiesOf({ colors: { blue: '', green: '' } })

export const swap: Spec<Starting> = {
  name: 'swap',
  synonyms: { en: ['exchange', 'flip'], ko: ['전환', '색상전환', '스왑'] },
  usage: 'swap <service> [--strategy blue-green|canary] [--weights 10,50,100] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Brings the idle color up on the version that serves and takes the other one out, kept warm for a while.',
    ko: '현재 버전으로 유휴 색상을 시작해 서비스를 넘기고, 기존 색상은 한동안 되돌리기용으로 유지합니다.',
  },
  examples: { en: ['swap shop', 'swap shop --dry-run'], ko: ['전환 shop', 'shop 색상 전환'] },
  options: ['strategy', 'weights', 'dry-run', 'reason'],
  minWords: 1,
  changes: true,
  starts: 'swap',
  needs: ({ request }) => ({ action: 'swap', service: request.service }),
  parse({ words, options, catalogue }) {
    const only = onlyService(words, catalogue)
    if (!only.ok) return only
    const { service } = only
    if (service === undefined) return missingArgument('service', { form: 'swap', known: {}, options })
    const { strategy, weights } = options
    const known = catalogue.services.get(service)
    if (strategy && !ofColors.includes(strategy)) {
      const allowed = ofColors.join(' | ')
      return parseFailure({ code: 'bad_value', option: 'strategy', value: strategy, allowed })
    }
    const problem = known && weightsProblem(known, { strategy, weights })
    if (problem) return problem
    return parsed({
      name: 'swap',
      request: { procedure: 'swap', service, ...defined({ strategy, weights }) },
      ...defined({ why: options.reason }),
      dryRun: options['dry-run'] ?? false,
    })
  },
}
