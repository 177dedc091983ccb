import type { Service } from '../domain/catalogue'
import { versionProblem } from '../domain/versions'
import { stem } from './arguments'
import { misunderstood, type Failure } from './shape'
import type { Word } from './words'

/** Reads a version for a service; where the service is not known yet, only the version's own form is checked. */
export function readVersion(
  word: Word,
  service: Service | undefined,
): { readonly ok: true; readonly version: string } | Failure {
  const version = stem(word)
  const allowed = versionProblem(service, version)
  return allowed === undefined
    ? { ok: true, version }
    : misunderstood({ code: 'bad_value', option: 'version', value: word.text, allowed })
}
