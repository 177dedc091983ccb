import { stem } from './arguments'
import { commands } from './index'
import { nearest } from '../domain/interaction/nearest'
import { bareWord, type Word } from './words'
import type { Catalogue } from '../domain/catalogue/catalogue'
import type { Spec } from './spec'

/** What Korean puts behind a noun to make it a request. */
const endings = ['', '해', '해줘', '해주세요', '하기', '하자', '할게', '요청', '부탁']

const byWord = new Map(
  commands.flatMap((spec) => [
    ...[spec.name, ...spec.synonyms.en].map((word) => [word, spec] as const),
    ...spec.synonyms.ko.flatMap((noun) => endings.map((ending) => [`${noun}${ending}`, spec] as const)),
  ]),
)

/** Two words that are one. Where a service has the name of the second, they stay two. */
const phrases = new Map([
  ['roll back', 'rollback'],
  ['dry run', '--dry-run'],
  ['because of', 'because-of'],
  ['cancel deploy', 'cancel'],
  ['잠금 해제', 'unlock'],
  ['배포 취소', 'cancel'],
  ['롤백 취소', 'cancel'],
  ['이미지 갱신', 'update-image'],
  ['이미지 목록', 'images'],
  ['이미지 조회', 'images'],
  ['버전 목록', 'images'],
  ['이미지 정리', 'prune'],
  ['색상 전환', 'swap'],
  ['리소스 철거', 'teardown'],
  ['tear down', 'teardown'],
  ['take down', 'teardown'],
  ['일정 변경', 'reschedule'],
  ['예약 변경', 'reschedule'],
  ['일정 취소', 'unschedule'],
  ['예약 취소', 'unschedule'],
  ['일정 목록', 'schedules'],
  ['일정 조회', 'schedules'],
])

/** The command that a word names exactly, letter case aside. */
export const verbOf = (word: Word): Spec | undefined =>
  word.quoted ? undefined : (byWord.get(word.text.toLowerCase()) ?? byWord.get(stem(word).toLowerCase()))

/** The command that a word was probably meant to name. */
export const nearestVerb = (word: Word): string | undefined => {
  const suggestion = word.quoted ? undefined : nearest(word.text, byWord.keys())
  // A Korean word is offered as it is, an English synonym by the command's own name.
  return suggestion && /^[\x20-\x7e]+$/.test(suggestion) ? byWord.get(suggestion)?.name : suggestion
}

/** Joins the two-word forms that people use for one. */
export function joinPhrases(words: readonly Word[], catalogue: Catalogue): readonly Word[] {
  const joined: Word[] = []
  for (let at = 0; at < words.length; at += 1) {
    const [word, next] = [words[at], words[at + 1]]
    if (!word) continue
    const pair = next && !word.quoted && !next.quoted ? `${word.text} ${next.text}`.toLowerCase() : ''
    const one = phrases.get(pair.replace(/(?<=취소|해제|갱신|정리)(?:해줘|해주세요|해)$/u, ''))
    if (one && next && !catalogue.services.has(next.text.toLowerCase())) {
      joined.push(bareWord(one))
      at += 1
    } else joined.push(word)
  }
  return joined
}
