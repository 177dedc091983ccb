import type { Lock } from '../domain/access/lock'
import type { Person } from '../domain/access/person'
import type { Message } from '../ports/chat'
import { actions, context, section } from './kit/blocks'
import { message } from './kit/message'
import { bilingual, type Locale } from './locale'
import { moment } from './text/moments'
import { honoredKo, subjectKo, who } from './text/who'
import { plain } from './text/render'
import { code, italic, joined, lines, nothing, say, words, type Phrase } from './text/phrase'

const text = bilingual({
  en: {
    all: 'Every service',
    set: (what: Phrase, who: Phrase) => say`🔒 ${what} is locked by ${who}.`,
    why: (why: Phrase) => say`Reason: ${why}`,
    until: (at: Phrase) => say`Until ${at}`,
    open: 'Until someone unlocks it',
    effect:
      'No new deploy starts while it is locked. What already runs carries on, and a rollback is always possible.',
    cleared: (what: Phrase, who: Phrase) => say`🔓 ${what} was unlocked by ${who}.`,
    thawed: (what: Phrase, who: Phrase) => say`🔓 ${who} allowed new deploys of ${what} again.`,
    was: (who: Phrase, why: Phrase) => say`It was set by ${who}: ${why}`,
    waited: (who: Phrase, operation: Phrase, why: Phrase) =>
      say`They had waited since ${who} rolled it back${operation.length > 0 ? say` (${operation})` : nothing}${why.length > 0 ? say`: ${why}` : words('.')}`,
    unlock: 'Unlock',
    ask: 'Unlock?',
    askText: 'New deploys may start as soon as it is unlocked.',
    yes: 'Yes, unlock',
    no: 'No, leave it',
    lock: (what: Phrase, who: Phrase) => say`🔒 ${what}: locked by ${who}`,
    freeze: (what: Phrase, who: Phrase) => say`❄️ ${what}: no new deploys since ${who} rolled it back`,
  },
  ko: {
    all: '모든 서비스',
    set: (what: Phrase, who: Phrase) => say`🔒 ${what}: ${subjectKo(who)} 잠갔습니다.`,
    why: (why: Phrase) => say`사유: ${why}`,
    until: (at: Phrase) => say`해제 예정: ${at}`,
    open: '직접 해제할 때까지 유지',
    effect:
      '잠금 중에는 새 배포를 시작할 수 없습니다. 진행 중인 작업은 계속되며, 되돌리기는 언제든 가능합니다.',
    cleared: (what: Phrase, who: Phrase) => say`🔓 ${what}: ${subjectKo(who)} 잠금을 해제했습니다.`,
    thawed: (what: Phrase, who: Phrase) => say`🔓 ${what}: ${subjectKo(who)} 새 배포를 다시 허용했습니다.`,
    was: (who: Phrase, why: Phrase) => say`잠금 설정: ${who}, 사유: ${why}`,
    waited: (who: Phrase, operation: Phrase, why: Phrase) =>
      say`${honoredKo(who)}의 되돌리기${operation.length > 0 ? say`(${operation})` : nothing} 이후 보류 중이었습니다.${why.length > 0 ? say` 사유: ${why}` : nothing}`,
    unlock: '잠금 해제',
    ask: '잠금을 해제하시겠습니까?',
    askText: '해제하면 바로 새 배포를 시작할 수 있습니다.',
    yes: '해제',
    no: '아니요',
    lock: (what: Phrase, who: Phrase) => say`🔒 ${what}: ${subjectKo(who)} 잠금`,
    freeze: (what: Phrase, who: Phrase) => say`❄️ ${what}: ${honoredKo(who)}의 되돌리기 이후 새 배포 보류`,
  },
})

const subject = (lock: Lock, locale: Locale): Phrase =>
  lock.service === '*' ? words(text[locale.language].all) : code(lock.service)
const reasonOf = (lock: Lock): Phrase => (lock.why.trim() === '' ? nothing : italic(lock.why.trim()))

/** A lock in one line: what, who, why, until when. For lists. */
export const lockRow = (lock: Lock, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const head = copy[lock.kind](subject(lock, locale), who(lock.by))
  return joined(
    [
      head,
      reasonOf(lock),
      lock.operation === undefined ? nothing : code(lock.operation),
      lock.until === undefined ? nothing : copy.until(moment(lock.until, locale)),
    ],
    ' · ',
  )
}

/** Tells the channel that a lock was set, with the way to clear it. */
export function lockSetMessage(lock: Lock, locale: Locale): Message {
  const copy = text[locale.language]
  const content = joined(
    [
      copy.set(subject(lock, locale), who(lock.by)),
      copy.why(reasonOf(lock)),
      lock.until === undefined ? words(copy.open) : copy.until(moment(lock.until, locale)),
    ],
    '\n',
  )
  return message(joined([content, words(copy.effect)], '\n'), [
    section(content),
    actions([
      {
        verb: 'unlock',
        label: copy.unlock,
        value: { service: lock.service, since: String(lock.since) },
        confirm: { title: copy.ask, text: words(copy.askText), yes: copy.yes, no: copy.no },
      },
    ]),
    context(words(copy.effect)),
  ])
}

/** Tells the channel that a lock, or the freeze after a rollback, was cleared, and what it had been. */
export function lockClearedMessage(facts: Locale & { readonly lock: Lock; readonly by: Person }): Message {
  const copy = text[facts.language]
  const { lock } = facts
  const setBy = who(lock.by)
  const expired =
    lock.kind === 'freeze'
      ? copy.waited(setBy, lock.operation === undefined ? nothing : code(lock.operation), reasonOf(lock))
      : copy.was(setBy, reasonOf(lock))
  const content = joined([clearedHead(lock, facts), expired], '\n')
  return message(content, [section(content)])
}

const clearedHead = (lock: Lock, facts: Locale & { readonly by: Person }): Phrase => {
  const copy = text[facts.language]
  return copy[lock.kind === 'freeze' ? 'thawed' : 'cleared'](subject(lock, facts), who(facts.by))
}

/** The same for what reads no message. */
export const lockText = (lock: Lock, locale: Locale): string => plain(lockRow(lock, locale), locale)

/** Answers who locked, in a line: the channel has the message itself. */
export function lockAcknowledgement(lock: Lock, locale: Locale): Message {
  const content = lockRow(lock, locale)
  return message(content, [section(content)])
}

/** Answers who cleared locks, a line each: the channel has the message itself. */
export function unlockAcknowledgement(
  facts: Locale & { readonly locks: readonly Lock[]; readonly by: Person },
): Message {
  const content = clearedRows(facts)
  return message(content, [section(content)])
}

const clearedRows = (facts: Locale & { readonly locks: readonly Lock[]; readonly by: Person }): Phrase =>
  lines(...facts.locks.map((lock) => clearedHead(lock, facts)))

/** The same for what reads no message. */
export const unlockText = (facts: Parameters<typeof clearedRows>[0]): string =>
  plain(clearedRows(facts), facts)
