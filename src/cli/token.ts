import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { parseDuration } from '../domain/time/duration'

const day = 86_400_000
const longest = 366 * day
const usual = 365 * day

/** Base58: letters and digits that nobody takes for another (no 0, O, I, l). */
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

const base58 = (bytes: Uint8Array): string => {
  let number = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = `${alphabet[Number(number % 58n)]}${text}`
  // A leading zero byte is a leading `1`, so that no two keys read the same.
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return alphabet[0]?.repeat(zeros < 0 ? bytes.length : zeros) + text
}

export interface NewToken {
  readonly token: string
  readonly sha256: string
  /** A date, `2027-06-01`. */
  readonly expires: string
}

/**
 * A token of ours: `rc_<id>_<32 random bytes>_<crc>`. The prefix and the sum let scanners of secrets find it; the bot
 * keeps its SHA-256 alone, which needs no slow hash before 256 random bits.
 */
export const newToken = (random: (count: number) => Uint8Array, expires: string): NewToken => {
  const body = `rc_${base58(random(6))}_${base58(random(32))}`
  const token = `${body}_${crc32(body).toString(16).padStart(8, '0')}`
  return { token, sha256: createHash('sha256').update(token).digest('hex'), expires }
}

/** The day on which a token ends, in a year at the latest; undefined where that is no day to come, or too late. */
export const expiryOf = (given: string | undefined, today: Date): string | undefined => {
  const span = given === undefined ? usual : parseDuration(given)
  const at = span === undefined ? Date.parse(`${given}T00:00:00Z`) : today.getTime() + span
  if (!(at > today.getTime()) || at - today.getTime() > longest) return undefined
  return new Date(at).toISOString().slice(0, 10)
}
