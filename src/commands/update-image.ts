import { defined } from '../domain/defined'
import { onlyService } from './arguments'
import { missingArgument, parsed, type Spec, type Starting } from './spec'

export const updateImage: Spec<Starting> = {
  name: 'update-image',
  synonyms: { en: ['newest', 'updateimage'], ko: ['이미지갱신'] },
  usage: 'update-image <service> [--security-groups-by-id] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Moves the launch template to the newest image, for instances launched from now on.',
    ko: '시작 템플릿을 최신 이미지로 바꿉니다. 이후 시작되는 인스턴스부터 적용됩니다.',
  },
  examples: {
    en: ['update-image web', 'update-image web --security-groups-by-id'],
    ko: ['이미지갱신 web', 'web 이미지 갱신'],
  },
  options: ['security-groups-by-id', 'dry-run', 'reason'],
  minWords: 1,
  changes: true,
  starts: 'update-image',
  needs: ({ request }) => ({ action: 'update-image', service: request.service }),
  parse({ words, options, catalogue }) {
    const only = onlyService(words, catalogue)
    if (!only.ok) return only
    const { service } = only
    if (service === undefined) return missingArgument('service', { form: 'update-image', known: {}, options })
    return parsed({
      name: 'update-image',
      request: {
        procedure: 'update-image',
        service,
        ...defined({ securityGroupsById: options['security-groups-by-id'] }),
      },
      ...defined({ why: options.reason }),
      dryRun: options['dry-run'] ?? false,
    })
  },
}
