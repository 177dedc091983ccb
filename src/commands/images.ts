import { parsed, type Spec } from './spec'
import { withService } from './starting'
import type { Command } from '../domain/interaction/command'

export const images: Spec<Extract<Command, { name: 'images' }>> = {
  name: 'images',
  synonyms: { en: ['amis', 'versions'], ko: ['이미지목록', '버전목록', '이미지조회'] },
  usage: 'images <service>',
  summary: {
    en: 'Lists the versions that have an image: how old, how large, and where each is used.',
    ko: '이미지가 있는 버전을 만든 시각, 크기, 쓰이는 곳과 함께 보여 줍니다.',
  },
  examples: { en: ['images web'], ko: ['이미지 목록 web', 'web 버전 목록'] },
  options: [],
  minWords: 1,
  changes: false,
  needs: ({ service }) => ({ action: 'images', service }),
  parse: (input) => withService(input, 'images', (service) => parsed({ name: 'images', service })),
}
