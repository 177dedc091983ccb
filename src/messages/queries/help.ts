import type { Language } from '../../domain/catalogue/catalogue'
import type { Message } from '../../ports/chat'
import { slashCommandText } from '../text/command-text'
import { actions, context, header, section, type ButtonSpec } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { bold, code, lines, say, words, type Phrase } from '../text/phrase'

/** What help tells of a command; every command of the registry is one. */
export interface HelpEntry {
  readonly name: string
  readonly usage: string
  readonly summary: Readonly<Record<Language, string>>
  readonly examples: Readonly<Record<Language, readonly string[]>>
}

const text = bilingual({
  en: {
    title: 'Rollcall',
    intro: 'Deploy to Auto Scaling groups from chat. Type a command, or start with a button.',
    examples: 'For example',
    deploy: 'Deploy…',
    choose: 'All commands…',
    status: 'Status',
    form: (name: string) => `Open the form of ${name}`,
    run: (line: string) => `Run ${line}`,
    more: (line: Phrase, planned: string) =>
      say`${line} tells more about one. With ${code('--dry-run')} these show their plan and change nothing: ${planned}.`,
  },
  ko: {
    title: 'Rollcall',
    intro: '채팅에서 오토 스케일링 그룹에 배포합니다. 명령을 입력하거나 아래 버튼으로 시작하십시오.',
    examples: '예시',
    deploy: '배포…',
    choose: '전체 명령…',
    status: '상태',
    form: (name: string) => `${name} 양식 열기`,
    run: (line: string) => `${line} 실행`,
    more: (line: Phrase, planned: string) =>
      say`명령별 자세한 설명: ${line}. ${code('--dry-run')} 옵션을 붙이면 변경 없이 계획만 확인할 수 있는 명령: ${planned}`,
  },
})

const perSection = 8

/** What can be said to the bot: every command in a line, and buttons that begin. */
export function helpMessage(facts: Locale & { readonly entries: readonly HelpEntry[] }): Message {
  const { entries, language } = facts
  const copy = text[language]
  const tell = (usage: string, { summary }: HelpEntry) =>
    say`${code(slashCommandText(usage, facts))}\n${summary[language]}`
  const content = entries.map((entry) => tell(entry.usage, entry))
  const groups = Array.from({ length: Math.ceil(content.length / perSection) }, (_, index) =>
    lines(...content.slice(index * perSection, (index + 1) * perSection)),
  )
  const planned = entries.filter(({ usage }) => usage.includes('--dry-run')).map(({ name }) => name)
  const more = copy.more(code(slashCommandText(`help ${entries[0]?.name ?? ''}`, facts)), planned.join(', '))
  // All options of all commands would not fit into a notification; what a command needs does.
  const inShort = entries.map((entry) => tell(entry.usage.split(' [')[0] ?? entry.name, entry))
  return message(lines(words(copy.intro), ...inShort, more), [
    header(words(copy.title)),
    section(words(copy.intro)),
    actions([
      { verb: 'open_form', key: 'deploy', label: copy.deploy, value: { form: 'deploy' }, style: 'primary' },
      { verb: 'run_command', key: 'status', label: copy.status, value: { line: 'status' } },
      { verb: 'open_form', key: 'choose', label: copy.choose, value: {} },
    ]),
    ...groups.map((group) => section(group)),
    context(more),
  ])
}

/** Commands that have a form of their own. */
export const withForm: readonly string[] = [
  'deploy',
  'bake',
  'roll',
  'rollback',
  'images',
  'update-image',
  'prune',
  'provision',
  'teardown',
  'swap',
  'finish',
  'schedule',
  'cancel',
  'lock',
  'unlock',
]
/** Examples of these may be run by a click: they only look. */
const readOnlyCommands: readonly string[] = ['status', 'history', 'schedules', 'help']

/** One command: usage, what it does, examples. */
export function helpTopicMessage(facts: Locale & { readonly entry: HelpEntry }): Message {
  const { entry, language } = facts
  const copy = text[language]
  const examples = entry.examples[language].map((line) => say`• ${code(slashCommandText(line, facts))}`)
  const content = lines(code(slashCommandText(entry.usage, facts)), words(entry.summary[language]))
  const shown = examples.length > 0 ? lines(bold(copy.examples), ...examples) : undefined
  const buttons: readonly ButtonSpec[] = [
    ...(withForm.includes(entry.name)
      ? [{ verb: 'open_form', label: copy.form(entry.name), value: { form: entry.name } } as const]
      : []),
    ...(readOnlyCommands.includes(entry.name)
      ? [
          {
            verb: 'run_command',
            label: copy.run(slashCommandText(entry.name, facts)),
            value: { line: entry.name },
          } as const,
        ]
      : []),
  ]
  return message(lines(content, shown), [
    section(content),
    shown && section(shown),
    buttons.length > 0 ? actions(buttons) : undefined,
  ])
}
