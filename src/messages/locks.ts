import type { Lock } from '../domain/lock'
import type { Message } from '../ports/chat'
import { actions, context, section } from './kit/blocks'
import { message } from './kit/message'
import { both, type Voice } from './language'
import { moment } from './text/moments'
import { code, italic, joined, lines, mention, nothing, say, words, type Phrase } from './text/phrase'

const text = both({
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
    set: (what: Phrase, who: Phrase) => say`🔒 ${what}: ${who} 님이 잠갔습니다.`,
    why: (why: Phrase) => say`사유: ${why}`,
    until: (at: Phrase) => say`해제 예정: ${at}`,
    open: '직접 해제할 때까지 유지',
    effect:
      '잠금 중에는 새 배포를 시작할 수 없습니다. 진행 중인 작업은 계속되며, 되돌리기는 언제든 가능합니다.',
    cleared: (what: Phrase, who: Phrase) => say`🔓 ${what}: ${who} 님이 잠금을 해제했습니다.`,
    thawed: (what: Phrase, who: Phrase) => say`🔓 ${what}: ${who} 님이 새 배포를 다시 허용했습니다.`,
    was: (who: Phrase, why: Phrase) => say`잠금 설정: ${who}, 사유: ${why}`,
    waited: (who: Phrase, operation: Phrase, why: Phrase) =>
      say`${who} 님의 되돌리기${operation.length > 0 ? say`(${operation})` : nothing} 이후 보류 중이었습니다.${why.length > 0 ? say` 사유: ${why}` : nothing}`,
    unlock: '잠금 해제',
    ask: '잠금을 해제하시겠습니까?',
    askText: '해제하면 바로 새 배포를 시작할 수 있습니다.',
    yes: '해제',
    no: '아니요',
    lock: (what: Phrase, who: Phrase) => say`🔒 ${what}: ${who} 님이 잠금`,
    freeze: (what: Phrase, who: Phrase) => say`❄️ ${what}: ${who} 님의 되돌리기 이후 새 배포 보류`,
  },
})

const subject = (lock: Lock, voice: Voice): Phrase =>
  lock.service === '*' ? words(text[voice.language].all) : code(lock.service)
const reasonOf = (lock: Lock): Phrase => (lock.why.trim() === '' ? nothing : italic(lock.why.trim()))

/** A lock in one line: what, who, why, until when. For lists. */
export const lockLine = (lock: Lock, voice: Voice): Phrase => {
  const speech = text[voice.language]
  const head = speech[lock.kind](subject(lock, voice), mention(lock.by.user))
  return joined(
    [
      head,
      reasonOf(lock),
      lock.operation === undefined ? nothing : code(lock.operation),
      lock.until === undefined ? nothing : speech.until(moment(lock.until, voice)),
    ],
    ' · ',
  )
}

/** Tells the channel that a lock was set, with the way to clear it. */
export function lockSetMessage(lock: Lock, voice: Voice): Message {
  const speech = text[voice.language]
  const told = joined(
    [
      speech.set(subject(lock, voice), mention(lock.by.user)),
      speech.why(reasonOf(lock)),
      lock.until === undefined ? words(speech.open) : speech.until(moment(lock.until, voice)),
    ],
    '\n',
  )
  return message(joined([told, words(speech.effect)], '\n'), [
    section(told),
    actions([
      {
        verb: 'unlock',
        label: speech.unlock,
        value: { service: lock.service },
        confirm: { title: speech.ask, text: words(speech.askText), yes: speech.yes, no: speech.no },
      },
    ]),
    context(words(speech.effect)),
  ])
}

/** Tells the channel that a lock, or the freeze after a rollback, was cleared, and what it had been. */
export function lockClearedMessage(facts: Voice & { readonly lock: Lock; readonly by: string }): Message {
  const speech = text[facts.language]
  const { lock } = facts
  const who = mention(lock.by.user)
  const past =
    lock.kind === 'freeze'
      ? speech.waited(who, lock.operation === undefined ? nothing : code(lock.operation), reasonOf(lock))
      : speech.was(who, reasonOf(lock))
  const told = joined([clearedHead(lock, facts), past], '\n')
  return message(told, [section(told)])
}

const clearedHead = (lock: Lock, facts: Voice & { readonly by: string }): Phrase => {
  const speech = text[facts.language]
  return speech[lock.kind === 'freeze' ? 'thawed' : 'cleared'](subject(lock, facts), mention(facts.by))
}

/** Answers who locked, in a line: the channel has the message itself. */
export function lockTakenMessage(lock: Lock, voice: Voice): Message {
  const told = lockLine(lock, voice)
  return message(told, [section(told)])
}

/** Answers who cleared locks, a line each: the channel has the message itself. */
export function unlockTakenMessage(
  facts: Voice & { readonly locks: readonly Lock[]; readonly by: string },
): Message {
  const told = lines(...facts.locks.map((lock) => clearedHead(lock, facts)))
  return message(told, [section(told)])
}
