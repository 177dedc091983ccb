import type { Use } from '../../domain/images/uses'
import { bilingual, type Locale } from '../locale'
import { list } from '../text/numbers'
import { code, say, words, type Phrase } from '../text/phrase'

type Kind = Use['kind']
type Sentence<K extends Kind> = (use: Extract<Use, { kind: K }>) => Phrase

const text = bilingual<{ readonly [K in Kind]: Sentence<K> }>({
  en: {
    running: ({ count }) => words(count === 1 ? '1 instance' : `${count} instances`),
    default: () => words('default'),
    latest: () => words('newest version'),
    group: ({ group, pinned }) =>
      pinned ? say`${code(group)} is pinned to it` : say`${code(group)} launches it`,
    refresh: ({ group }) => say`an instance refresh of ${code(group)}`,
    rollback: ({ operation }) => say`way back of ${code(operation)}`,
    pending: ({ operation }) => say`${code(operation)} works with it`,
    version: ({ template, number }) =>
      number === undefined ? say`template ${code(template)}` : say`version ${number} of ${code(template)}`,
    configuration: () => words('a launch configuration'),
    shared: ({ accounts }) => say`shared with ${accounts.join(', ')}`,
  },
  ko: {
    running: ({ count }) => words(`인스턴스 ${count}대`),
    default: () => words('기본 버전'),
    latest: () => words('최신 버전'),
    group: ({ group, pinned }) => (pinned ? say`${code(group)} 고정` : say`${code(group)} 시작 버전`),
    refresh: ({ group }) => say`${code(group)} 인스턴스 새로 고침`,
    rollback: ({ operation }) => say`${code(operation)} 되돌리기용`,
    pending: ({ operation }) => say`${code(operation)} 작업 중`,
    version: ({ template, number }) =>
      number === undefined ? say`템플릿 ${code(template)}` : say`${code(template)} 버전 ${number}`,
    configuration: () => words('시작 구성'),
    shared: ({ accounts }) => say`${accounts.join(', ')} 공유`,
  },
})

const useWord = (use: Use, locale: Locale): Phrase => {
  const sentence: (one: never) => Phrase = text[locale.language][use.kind]
  return sentence(use as never)
}

/** What needs a thing, in a few words each, the nearest to the fleet first. */
export const useWords = (uses: readonly Use[], locale: Locale, most = 4): Phrase =>
  list(
    uses.map((use) => useWord(use, locale)),
    locale.language,
    most,
  )
