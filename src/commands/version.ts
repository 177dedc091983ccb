import type { Service } from '../domain/catalogue/catalogue'
import { versionProblem } from '../domain/images/image-names'
import { stem } from './arguments'
import { parseFailure, type Failure } from './spec'
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
    : parseFailure({ code: 'bad_value', option: 'version', value: word.text, allowed })
}
