import { essential } from './arguments'
import { parsed, type Spec } from './spec'
import type { Command } from '../domain/interaction/command'

export const help: Spec<Extract<Command, { name: 'help' }>> = {
  name: 'help',
  synonyms: { en: ['?', 'usage', 'commands', 'man'], ko: ['도움말', '도움', '사용법', '명령어'] },
  usage: 'help [<command>]',
  summary: { en: 'Lists the commands, or explains one.', ko: '명령 목록을 보여 주거나 하나를 설명합니다.' },
  examples: { en: ['help', 'help deploy'], ko: ['도움말', '도움말 배포'] },
  options: [],
  minWords: 0,
  changes: false,
  needs: () => ({ action: 'help' }),
  parse({ words, catalogue }) {
    const [topic] = essential(words, catalogue)
    return parsed({ name: 'help', ...(topic && { topic: topic.text }) })
  },
}
