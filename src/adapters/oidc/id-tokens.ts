import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { failure, ok, type Result } from '../../domain/result'
import type { Claims, IdTokens, TokenProblem } from '../../ports/id-tokens'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import { issuerKeys, IssuerUnreachable } from './issuer-keys'

interface Options {
  /** The issuers that the catalogue names, each with the audiences that are ours. No other is ever asked for keys. */
  readonly issuers: readonly { readonly issuer: string; readonly audience: string }[]
  readonly time: RealTime
  readonly log: Log
}

/** Bytes; tokens of GitHub are about 2 KiB. */
const maxSize = 8 * 1_024
/** Signatures by a public key: never one by a secret, and never none (RFC 8725, section 3.1). */
const algorithms = ['RS256', 'ES256']
/** Seconds by which clocks may differ. */
const leeway = 60
/** Seconds: what lives longer is no token of a job. */
const longestLife = 3_600

/**
 * Verifies tokens in this order: size, algorithm, issuer, signature with audience, `exp` and `nbf`, and how long it lives.
 * Which machine its claims are is not decided here.
 */
export const oidcTokens = ({ issuers, time, log }: Options): IdTokens => {
  const audiences = new Map<string, string[]>()
  for (const { issuer, audience } of issuers)
    audiences.set(issuer, [...(audiences.get(issuer) ?? []), audience])
  const keys = new Map([...audiences.keys()].map((issuer) => [issuer, issuerKeys({ issuer, time })]))

  return {
    async verify(token) {
      if (token.length > maxSize) return failure('bad_token')
      const issuer = issuerOf(token)
      if (issuer === undefined) return failure('bad_token')
      const ours = audiences.get(issuer)
      const key = keys.get(issuer)
      if (!ours || !key) return failure('unknown_issuer')
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer,
          audience: ours,
          algorithms,
          clockTolerance: leeway,
          requiredClaims: ['exp', 'iat'],
          currentDate: new Date(time.now()),
        })
        return lifeOf(payload)
      } catch (error) {
        return failure(problemOf(error, issuer, log))
      }
    },
  }
}

/** The issuer that a token names, where it is signed in a way that is taken at all. */
const issuerOf = (token: string): string | undefined => {
  try {
    const { alg } = decodeProtectedHeader(token)
    if (alg === undefined || !algorithms.includes(alg)) return undefined
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}

const lifeOf = (payload: Claims): Result<Claims, TokenProblem> => {
  const { exp, iat } = payload
  const isShort = typeof exp === 'number' && typeof iat === 'number' && exp - iat <= longestLife
  return isShort ? ok(payload) : failure('bad_token')
}

const problemOf = (error: unknown, issuer: string, log: Log): TokenProblem => {
  if (error instanceof errors.JWTExpired) return 'token_expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'wrong_audience'
    return error.claim === 'nbf' ? 'token_expired' : 'bad_token'
  }
  // Nobody is let in because nobody could be asked.
  if (error instanceof IssuerUnreachable) {
    log.warn({ issuer, error: error.message }, 'the keys of an issuer of tokens cannot be fetched')
    return 'issuer_unreachable'
  }
  return 'bad_token'
}
