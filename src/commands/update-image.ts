import { defined } from '../domain/defined'
import { starting, withService } from './starting'

export const updateImage = starting({
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
  options: ['security-groups-by-id'],
  parse: (input, start) =>
    withService(input, 'update-image', (service) =>
      start({
        procedure: 'update-image',
        service,
        ...defined({ securityGroupsById: input.options['security-groups-by-id'] }),
      }),
    ),
})
