import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { lacking, understood, type Spec, type Starting } from './shape'

export const swap: Spec<Starting> = {
  name: 'swap',
  synonyms: { en: ['exchange', 'flip'], ko: ['전환', '색상전환', '스왑'] },
  usage: 'swap <service> [--dry-run] [--reason "…"]',
  summary: {
    en: 'Brings the idle color up on the version that serves and takes the other one out, kept warm for a while.',
    ko: '현재 버전으로 유휴 색상을 시작해 서비스를 넘기고, 기존 색상은 한동안 되돌리기용으로 유지합니다.',
  },
  examples: { en: ['swap shop', 'swap shop --dry-run'], ko: ['전환 shop', 'shop 색상 전환'] },
  options: ['dry-run', 'reason'],
  least: 1,
  changes: true,
  starts: 'swap',
  needs: ({ request }) => ({ action: 'swap', service: request.service }),
  parse({ words, options, catalogue }) {
    const only = onlyService(words, catalogue)
    if (!only.ok) return only
    const { service } = only
    if (service === undefined) return lacking('service', { form: 'swap', known: {}, options })
    return understood({
      name: 'swap',
      request: { procedure: 'swap', service },
      ...defined({ why: options.reason }),
      dryRun: options['dry-run'] ?? false,
    })
  },
}
