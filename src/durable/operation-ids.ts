import { randomInt } from 'node:crypto'
import type { OperationId } from '../domain/operation/id'

/** Crockford's base 32, without the letters that are mistaken for digits: https://www.crockford.com/base32.html */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id of a service's operation: short enough to say and to type, one of 33 million. */
export const newOperationId = (service: string): OperationId =>
  `${service}-${Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')}`
