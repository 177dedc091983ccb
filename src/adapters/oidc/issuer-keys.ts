import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import type { RealTime } from '../../ports/real-time'

/** The issuer's keys could not be had: nothing is known of the token. */
export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable'
}

/** Real milliseconds. */
const timeout = 5_000
/** A stranger's key id has the keys fetched anew, but not more often than this. */
const cooldown = 30_000
/** A known set of keys is believed for so long. */
const freshFor = 10 * 60_000
/** After a failure nobody is asked for so long. */
const failurePause = 5_000
/** Where the keys are is asked again after so long. */
const knownFor = 60 * 60_000

interface Keys {
  readonly get: ReturnType<typeof createRemoteJWKSet>
  readonly until: number
}

/**
 * An issuer's keys, found by its configuration (OpenID Connect Discovery 1.0, section 4) and kept. The address is made of
 * the issuer's name in the catalogue, never of what a token says. Rejects with IssuerUnreachable.
 */
export const issuerKeys = ({
  issuer,
  time,
}: {
  readonly issuer: string
  readonly time: RealTime
}): JWTVerifyGetKey => {
  let keys: Promise<Keys> | undefined
  let failed = Number.NEGATIVE_INFINITY

  const found = async (): Promise<Keys> => {
    if (time.now() - failed < failurePause) throw new IssuerUnreachable('it did not answer a moment ago')
    keys ??= discover(issuer).then((address) => ({
      get: createRemoteJWKSet(address, {
        timeoutDuration: timeout,
        cooldownDuration: cooldown,
        cacheMaxAge: freshFor,
      }),
      until: time.now() + knownFor,
    }))
    return keys
  }

  return async (header, token) => {
    try {
      const known = await found()
      if (time.now() > known.until) keys = undefined
      return await known.get(header, token)
    } catch (error) {
      if (error instanceof IssuerUnreachable) {
        keys = undefined
        if (time.now() - failed >= failurePause) failed = time.now()
        throw error
      }
      // What is wrong with the token or its key id is the token's affair; all else, that the keys did not come.
      if (isAboutToken(error)) throw error
      failed = time.now()
      throw new IssuerUnreachable(String(error), { cause: error })
    }
  }
}

const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported ||
  error instanceof errors.JWSInvalid

const discover = async (issuer: string): Promise<URL> => {
  try {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: { accept: 'application/json' },
    })
    if (!response.ok) throw new Error(`it answers ${response.status}`)
    const { issuer: named, jwks_uri: address } = (await response.json()) as Readonly<Record<string, unknown>>
    // Section 4.3: the issuer that it names must be the one that was asked.
    if (named !== issuer || typeof address !== 'string') throw new Error('it speaks of another issuer')
    const url = new URL(address)
    if (url.protocol !== 'https:' && url.origin !== new URL(issuer).origin)
      throw new Error('its keys come in clear')
    return url
  } catch (error) {
    throw new IssuerUnreachable(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
