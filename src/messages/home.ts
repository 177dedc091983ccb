import type { KnownBlock } from '@slack/types'
import type { Operation } from '../domain/operation'
import type { Home } from '../ports/chat'
import { actions, button, context, divider, header, section } from './kit/blocks'
import { both, type Voice } from './language'
import { operationLine } from './operation/line'
import { serviceSections, type ServiceStatus } from './status'
import { moment } from './text/moments'
import { say, words, type Phrase } from './text/phrase'

export interface HomeFacts extends Voice {
  readonly services: readonly ServiceStatus[]
  /** Operations that wait for this reader's word: a confirmation, an approval, a choice. */
  readonly waiting: readonly Operation[]
  /** Operations that run now or stand in line. */
  readonly running: readonly Operation[]
  /** Operations that ended lately, newest first. */
  readonly recent: readonly Operation[]
}

const text = both({
  en: {
    waiting: 'Waiting for you',
    running: 'Running',
    services: 'Services',
    recent: 'Recent',
    none: 'Nothing is running.',
    noServices: 'There is no service that you may see.',
    deploy: 'Deploy…',
    all: 'All commands…',
    open: 'Open',
    asOf: (at: Phrase) => say`As of ${at}`,
  },
  ko: {
    waiting: '확인이 필요한 작업',
    running: '진행 중',
    services: '서비스',
    recent: '최근 작업',
    none: '진행 중인 작업이 없습니다.',
    noServices: '조회할 수 있는 서비스가 없습니다.',
    deploy: '배포…',
    all: '전체 명령…',
    open: '열기',
    asOf: (at: Phrase) => say`${at} 기준`,
  },
})

/** Each list is short enough that all of them stay below the hundred blocks of a Home. */
const most = { waiting: 10, running: 15, recent: 10 }

const operations = (list: readonly Operation[], voice: Voice): readonly KnownBlock[] =>
  list.map((operation) =>
    section(operationLine(operation, voice), {
      limit: 600,
      accessory: button({
        verb: 'show',
        label: text[voice.language].open,
        value: { operation: operation.id },
      }),
    }),
  )

/** What a person sees on the app's Home: what waits for them, what runs, their services, what ended lately. */
export function homeView(facts: HomeFacts): Home {
  const say_ = text[facts.language]
  const { services, waiting, running, recent } = facts
  const part = (title: string, blocks: readonly KnownBlock[]): readonly KnownBlock[] =>
    blocks.length === 0 ? [] : [header(words(title)), ...blocks]
  const blocks: readonly (KnownBlock | undefined)[] = [
    actions([
      { verb: 'open_form', key: 'deploy', label: say_.deploy, value: { form: 'deploy' }, style: 'primary' },
      { verb: 'open_form', key: 'choose', label: say_.all, value: {} },
    ]),
    ...part(say_.waiting, operations(waiting.slice(0, most.waiting), facts)),
    header(words(say_.running)),
    ...(running.length > 0 ? operations(running.slice(0, most.running), facts) : [section(words(say_.none))]),
    header(words(say_.services)),
    ...(services.length > 0 ? serviceSections(services, facts) : [section(words(say_.noServices))]),
    ...part(say_.recent, operations(recent.slice(0, most.recent), facts)),
    divider(),
    context(say_.asOf(moment(facts.now, facts))),
  ]
  return { type: 'home', blocks: blocks.filter((block): block is KnownBlock => block !== undefined) }
}
