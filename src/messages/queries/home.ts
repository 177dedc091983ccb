import type { KnownBlock } from '@slack/types'
import type { Operation } from '../../domain/operation/operation'
import type { Home } from '../../ports/chat'
import { actions, button, context, divider, header, section } from '../kit/blocks'
import { bilingual, type Locale } from '../locale'
import { operationSummary } from '../operation/summary'
import { moreServices, serviceSections } from '../status/status'
import { moment } from '../text/moments'
import { say, words, type Phrase } from '../text/phrase'
import type { ServiceStatus } from '../../domain/fleet/service-status'

export interface HomeFacts extends Locale {
  readonly services: readonly ServiceStatus[]
  /** Operations that ended lately, newest first. */
  readonly history: readonly Operation[]
}

const text = bilingual({
  en: {
    waiting: 'Waiting for a decision',
    services: 'Services',
    recent: 'Recent',
    noServices: 'There is no service that you may see.',
    deploy: 'Deploy…',
    all: 'All commands…',
    open: 'Open',
    asOf: (at: Phrase) => say`As of ${at}`,
  },
  ko: {
    waiting: '결정을 기다리는 작업',
    services: '서비스',
    recent: '최근 작업',
    noServices: '조회할 수 있는 서비스가 없습니다.',
    deploy: '배포…',
    all: '전체 명령…',
    open: '열기',
    asOf: (at: Phrase) => say`${at} 기준`,
  },
})

/** Each list is short enough that all of them stay below the hundred blocks of a Home. */
const most = { waiting: 10, recent: 10 }

const operations = (list: readonly Operation[], locale: Locale): readonly KnownBlock[] =>
  list.map((operation) =>
    section(operationSummary(operation, locale), {
      limit: 600,
      accessory: button({
        verb: 'show',
        label: text[locale.language].open,
        value: { operation: operation.id },
      }),
    }),
  )

/** Whether it goes on only with a person's word. */
const waits = ({ phase, ending }: Operation): boolean =>
  !ending && (phase === 'confirming' || phase === 'approving' || phase === 'held')

/** What a person sees on the app's Home: what waits for a decision, the services, what ended lately. */
export function homeView(facts: HomeFacts): Home {
  const copy = text[facts.language]
  const { services, history } = facts
  const part = (title: string, blocks: readonly KnownBlock[]): readonly KnownBlock[] =>
    blocks.length === 0 ? [] : [header(words(title)), ...blocks]
  const waiting = services.flatMap(({ running }) => (running && waits(running) ? [running] : []))
  const blocks: readonly (KnownBlock | undefined)[] = [
    actions([
      { verb: 'open_form', key: 'deploy', label: copy.deploy, value: { form: 'deploy' }, style: 'primary' },
      { verb: 'open_form', key: 'choose', label: copy.all, value: {} },
    ]),
    ...part(copy.waiting, operations(waiting.slice(0, most.waiting), facts)),
    header(words(copy.services)),
    ...(services.length > 0 ? serviceSections(services, facts) : [section(words(copy.noServices))]),
    moreServices(services, facts),
    ...part(copy.recent, operations(history.slice(0, most.recent), facts)),
    divider(),
    context(copy.asOf(moment(facts.now, facts))),
  ]
  return { type: 'home', blocks: blocks.filter((block): block is KnownBlock => block !== undefined) }
}
