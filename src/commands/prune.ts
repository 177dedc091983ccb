import { starting, withService } from './starting'

export const prune = starting({
  name: 'prune',
  synonyms: { en: ['cleanup', 'clean'], ko: ['정리', '이미지정리', '청소'] },
  usage: 'prune <service> [--dry-run] [--reason "…"]',
  summary: {
    en: 'Deletes old images, snapshots and template versions that Rollcall made and nobody needs, once you said yes.',
    ko: 'Rollcall이 만들었고 더 이상 쓰이지 않는 이미지, 스냅샷, 템플릿 버전을 확인을 받은 뒤 삭제합니다.',
  },
  examples: { en: ['prune web', 'prune web --dry-run'], ko: ['정리 web', 'web 이미지 정리'] },
  parse: (input, start) => withService(input, 'prune', (service) => start({ procedure: 'prune', service })),
})
