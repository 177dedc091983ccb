import type { Person } from '../../domain/access/person'
import { mention, words, type Phrase } from './phrase'

type Who = Pick<Person, 'user' | 'caller'>

/** Whoever asked: a person as a mention, a machine by its pipeline and run, with the way to see it. */
export const who = ({ user, caller }: Who): Phrase => {
  if (caller?.title === undefined) return mention(user)
  return caller.url === undefined
    ? words(caller.title)
    : [{ kind: 'link', url: caller.url, text: caller.title }]
}

/** Who is spoken to about what was asked: the person who stands behind a machine, where one is known. */
export const addressee = (person: Who): Phrase =>
  person.caller?.behind === undefined ? who(person) : mention(person.caller.behind)
