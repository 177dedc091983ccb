import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { missingArgument, parsed, type Spec, type Starting } from './spec'

export const finish: Spec<Starting> = {
  name: 'finish',
  synonyms: { en: ['wrap-up'], ko: ['마무리'] },
  usage: 'finish <service> [--dry-run] [--reason "…"]',
  summary: {
    en: 'Ends the warm way back after a swap: what is kept of the old color is terminated.',
    ko: '되돌리기용으로 유지 중인 이전 색상의 인스턴스를 종료하고 전환을 마무리합니다.',
  },
  examples: { en: ['finish shop', 'finish shop --dry-run'], ko: ['마무리 shop', 'shop 마무리'] },
  options: ['dry-run', 'reason'],
  minWords: 1,
  changes: true,
  starts: 'finish',
  needs: ({ request }) => ({ action: 'finish', service: request.service }),
  parse({ words, options, catalogue }) {
    const only = onlyService(words, catalogue)
    if (!only.ok) return only
    const { service } = only
    if (service === undefined) return missingArgument('service', { form: 'finish', known: {}, options })
    return parsed({
      name: 'finish',
      request: { procedure: 'finish', service },
      ...defined({ why: options.reason }),
      dryRun: options['dry-run'] ?? false,
    })
  },
}
