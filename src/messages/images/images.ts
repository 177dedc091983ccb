import type { TableBlock } from '@slack/types'
import type { Use } from '../../domain/images/uses'
import type { Message } from '../../ports/chat'
import { actions, context, header, section, type ButtonSpec } from '../kit/blocks'
import { message } from '../kit/message'
import { bilingual, type Locale } from '../locale'
import { age, duration } from '../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import { plain } from '../text/render'
import { useWords } from './uses'
import type { ImageEntry, ImageInventory } from '../../domain/images/inventory'

export interface ImagesFacts extends Locale {
  readonly images: ImageInventory
  /** What the reader may do. */
  readonly allowed: { readonly deploy: boolean; readonly updateImage: boolean; readonly prune: boolean }
}

/** AWS's states that ask for a word; any other is said as AWS says it. */
const states = bilingual<Readonly<Record<string, string>>>({
  en: { pending: 'being made', failed: 'failed', disabled: 'disabled' },
  ko: { pending: '생성 중', failed: '실패', disabled: '사용 중지' },
})

const text = bilingual({
  en: {
    title: (service: string) => `Images of ${service}`,
    none: (service: Phrase) =>
      say`No image of ${service} was found: bake one, or deploy a version and let it be baked.`,
    head: { version: 'Version', age: 'Age', size: 'Size', used: 'Used by' },
    deprecated: 'deprecated',
    prunable: 'nothing: can be pruned',
    unused: 'nothing',
    foreign: 'nothing; not made by Rollcall',
    backup: 'nothing; by AWS Backup',
    more: (count: number) => `and ${count} more`,
    newer: (name: Phrase) => say`${bold('Newer than what is launched:')} ${name}`,
    versions: (count: number, prunable: number) =>
      `${count === 1 ? '1 template version' : `${count} template versions`}${prunable > 0 ? `, ${prunable} can be pruned` : ''}`,
    keepRule: (count: number, span: string) =>
      `Kept in any case: the newest ${count} that Rollcall made, and all younger than ${span}. What others made is never pruned.`,
    deploy: 'Deploy…',
    deployVersion: (version: string) => `Deploy ${version}…`,
    refresh: 'Move to the newest…',
    prune: 'Prune…',
    ask: { deploy: 'Deploy this version?', refresh: 'Move to the newest image?' },
    deployText: (service: Phrase, version: Phrase) =>
      say`${service} is replaced with ${version}, new instances first. It goes back by itself if they do not get healthy.`,
    refreshText: (service: Phrase, name: Phrase) =>
      say`New instances of ${service} will launch ${name}. Those that run are not touched.`,
    yes: { deploy: 'Deploy', refresh: 'Move' },
    no: 'No, leave it',
  },
  ko: {
    title: (service: string) => `${service} 이미지`,
    none: (service: Phrase) =>
      say`${service} 이미지를 찾지 못했습니다. 이미지를 만들거나, 버전을 지정해 배포하여 새로 만드십시오.`,
    head: { version: '버전', age: '경과', size: '크기', used: '쓰이는 곳' },
    deprecated: '사용 중단 예정',
    prunable: '없음: 정리 가능',
    unused: '없음',
    foreign: '없음(Rollcall이 만들지 않음)',
    backup: '없음(AWS Backup 생성)',
    more: (count: number) => `외 ${count}개`,
    newer: (name: Phrase) => say`${bold('현재보다 새로운 이미지:')} ${name}`,
    versions: (count: number, prunable: number) =>
      `템플릿 버전 ${count}개${prunable > 0 ? `, 정리 가능 ${prunable}개` : ''}`,
    keepRule: (count: number, span: string) =>
      `Rollcall이 만든 최신 ${count}개와 ${span} 이내 항목은 항상 유지합니다. 다른 곳에서 만든 항목은 정리하지 않습니다.`,
    deploy: '배포…',
    deployVersion: (version: string) => `${version} 배포…`,
    refresh: '최신 이미지로 갱신…',
    prune: '정리…',
    ask: { deploy: '이 버전을 배포하시겠습니까?', refresh: '최신 이미지로 갱신하시겠습니까?' },
    deployText: (service: Phrase, version: Phrase) =>
      say`${service} 인스턴스를 ${version} 버전으로 교체합니다. 새 인스턴스를 먼저 시작하며, 정상이 되지 않으면 자동으로 되돌립니다.`,
    refreshText: (service: Phrase, name: Phrase) =>
      say`${service}의 새 인스턴스를 ${name} 이미지로 시작합니다. 실행 중인 인스턴스는 변경하지 않습니다.`,
    yes: { deploy: '배포', refresh: '갱신' },
    no: '아니요',
  },
})

/** More than these are not looked through in chat; a table takes a hundred rows. */
const mostShown = 20
/** A name may have 128 signs; a cell on a phone shows few, of which the first and the last tell it from others. */
const ofName = { first: 20, last: 8 }

/** How an image is called: by its version where it has one, else by its name. */
const called = ({ version, name }: ImageEntry): string => version ?? name
const shortly = (image: ImageEntry): string => {
  const whole = called(image)
  const { first, last } = ofName
  return whole.length <= first + last + 1 ? whole : `${whole.slice(0, first)}…${whole.slice(-last)}`
}

/** What a person wants to know first: an alias says enough of the group that follows it. */
const notableUses = (uses: readonly Use[]): readonly Use[] => {
  const isDefault = uses.some(({ kind }) => kind === 'default')
  const others = uses.filter((use) => use.kind !== 'latest')
  const short = others.filter((use) => !(isDefault && use.kind === 'group' && !use.pinned))
  return short.length > 0 ? short : uses
}

function usedBy(image: ImageEntry, locale: Locale): Phrase {
  const copy = text[locale.language]
  const state =
    image.state === 'available' ? undefined : (states[locale.language][image.state] ?? image.state)
  const unused = image.prunable
    ? copy.prunable
    : image.own
      ? copy.unused
      : image.backup
        ? copy.backup
        : copy.foreign
  const uses =
    image.uses.length > 0
      ? useWords(notableUses(image.uses), locale, 3)
      : words(state === undefined || image.prunable ? unused : '')
  return joined(
    [state === undefined ? nothing : words(state), image.deprecated ? words(copy.deprecated) : nothing, uses],
    ', ',
  )
}

/** The newest, and of the older ones those that are needed: what serves is never out of sight. */
const chosen = (images: readonly ImageEntry[]): readonly ImageEntry[] => {
  const needed = new Set(images.filter(({ uses }) => uses.length > 0).slice(0, mostShown / 2))
  const newest = images.filter((image) => !needed.has(image)).slice(0, mostShown - needed.size)
  return images.filter((image) => needed.has(image) || newest.includes(image))
}

const ageOf = ({ createdAt }: ImageEntry, { now, language }: Locale): string => age(now - createdAt, language)

const sizeOf = ({ sizeGiB }: ImageEntry): string => (sizeGiB === undefined ? '–' : `${sizeGiB} GiB`)

const cell = (content: string) => ({ type: 'raw_text' as const, text: content })

function table(shown: readonly ImageEntry[], locale: Locale): TableBlock {
  const { head } = text[locale.language]
  return {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { is_wrapped: true }, {}, { align: 'right' }],
    rows: [
      [head.version, head.used, head.age, head.size].map(cell),
      ...shown.map((image) =>
        [
          shortly(image),
          plain(usedBy(image, locale), { limit: 200 }),
          ageOf(image, locale),
          sizeOf(image),
        ].map(cell),
      ),
    ],
  }
}

/** The images of a service, newest first: how old, how large, and where each is used; with what can be done now. */
export function imagesMessage(facts: ImagesFacts): Message {
  const copy = text[facts.language]
  const { service, images, keep, newer, versions } = facts.images
  const title = words(copy.title(service))
  const specs = buttonsOf(facts)
  if (images.length === 0) {
    const none = copy.none(code(service))
    return message(lines(title, none), [header(title), section(none), buttons(specs)])
  }
  const shown = chosen(images)
  const remaining = images.length - shown.length
  const content = shown.map((image) =>
    joined(
      [
        say`• ${bold(called(image))}`,
        usedBy(image, facts),
        words(ageOf(image, facts)),
        words(sizeOf(image)),
        code(image.id),
      ],
      ' · ',
    ),
  )
  const more = remaining > 0 ? words(copy.more(remaining)) : nothing
  const news = newer === undefined ? nothing : copy.newer(code(newer))
  const counted = words(copy.versions(versions.count, versions.prunable))
  const keepRule = words(copy.keepRule(keep.count, duration(keep.for, facts.language)))
  return message(lines(title, news, ...content, more, counted, keepRule), [
    header(title),
    news.length > 0 ? section(news, { limit: 400 }) : undefined,
    table(shown, facts),
    context(more, counted, keepRule),
    buttons(specs),
  ])
}

const buttons = (specs: readonly ButtonSpec[]) => (specs.length > 0 ? actions(specs) : undefined)

function buttonsOf({ images: now, allowed, language }: ImagesFacts): readonly ButtonSpec[] {
  const copy = text[language]
  const { service, images, newer, versions } = now
  const confirm = (what: 'deploy' | 'refresh', consequence: Phrase) => ({
    title: copy.ask[what],
    text: consequence,
    yes: copy.yes[what],
    no: copy.no,
  })
  // The newest that could serve and does not: what one looks for after a bake.
  const [newest] = images.filter(({ version, state }) => version !== undefined && state === 'available')
  const idle = newest && !newest.uses.some(({ kind }) => kind === 'default' || kind === 'group')
  const offered: readonly (ButtonSpec | undefined)[] = [
    allowed.deploy && idle && newest.version !== undefined
      ? {
          verb: 'run_command',
          key: 'deploy',
          label: copy.deployVersion(newest.version),
          value: { line: `deploy ${service} ${newest.version}` },
          confirm: confirm('deploy', copy.deployText(code(service), code(newest.version))),
        }
      : undefined,
    allowed.deploy
      ? { verb: 'open_form', label: copy.deploy, value: { form: 'deploy', service } }
      : undefined,
    allowed.updateImage && newer !== undefined
      ? {
          verb: 'run_command',
          key: 'refresh',
          label: copy.refresh,
          value: { line: `update-image ${service}` },
          confirm: confirm('refresh', copy.refreshText(code(service), code(newer))),
        }
      : undefined,
    // Its plan is shown and confirmed before anything goes.
    allowed.prune && (versions.prunable > 0 || images.some(({ prunable }) => prunable))
      ? { verb: 'run_command', key: 'prune', label: copy.prune, value: { line: `prune ${service}` } }
      : undefined,
  ]
  return offered.filter((spec) => spec !== undefined)
}
