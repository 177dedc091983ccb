import { isMachine, type Person } from '../../domain/access/person'
import type { Language } from '../../domain/catalogue/catalogue'
import { mention, nothing, say, words, type Phrase } from './phrase'

type Who = Pick<Person, 'user' | 'caller'>

/** Whoever asked: a person as a mention, a machine by its pipeline and run, with the way to see it. */
export const who = ({ user, caller }: Who): Phrase => {
  if (caller?.title === undefined) return mention(user)
  return caller.url === undefined
    ? words(caller.title)
    : [{ kind: 'link', url: caller.url, text: caller.title }]
}

/** The person who is spoken to about what was asked: who stands behind a machine, where one is known. */
const spokenTo = (person: Who): Phrase | undefined => {
  if (person.caller?.behind !== undefined) return mention(person.caller.behind)
  return isMachine(person) ? undefined : mention(person.user)
}

/** How a sentence to whoever asked begins; no machine is spoken to. */
export const addressed = (person: Who, language: Language): Phrase => {
  const to = spokenTo(person)
  if (to === undefined) return nothing
  return language === 'ko' ? say`${to} 님, ` : say`${to}, `
}

/** Whether a phrase is somebody of Slack, and no machine. */
const isSomebody = (phrase: Phrase): boolean => phrase.length === 1 && phrase[0]?.kind === 'person'

/** Who, in Korean: a person with the honorific, a machine without. */
export const honoredKo = (phrase: Phrase): Phrase => (isSomebody(phrase) ? say`${phrase} 님` : phrase)

/** Who, as the one who did it, in Korean: a person with the honorific, a machine as where it came from. */
export const subjectKo = (phrase: Phrase): Phrase =>
  say`${honoredKo(phrase)}${isSomebody(phrase) ? '이' : '에서'}`
