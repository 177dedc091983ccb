import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'

/** An issuer of id tokens on loopback, as a forge is one: configuration, keys, and a token for each who asks. */
export interface OidcIssuer {
  readonly url: string
  /** What a job of the forge is given, to ask for its id token. */
  readonly jobVariables: Readonly<Record<string, string>>
  /** Audiences that were asked for. */
  readonly audiences: readonly string[]
  close(): Promise<void>
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const startOidcIssuer = async (claims: Readonly<Record<string, unknown>>): Promise<OidcIssuer> => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const audiences: string[] = []
  const idToken = (issuer: string, audience: string): string => {
    const now = Math.floor(Date.now() / 1_000)
    const payload = {
      iss: issuer,
      aud: audience,
      jti: randomUUID(),
      iat: now,
      nbf: now,
      exp: now + 300,
      ...claims,
    }
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'k1' })}.${part(payload)}`
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
  }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (pathname === '/.well-known/openid-configuration')
      return answer(200, { issuer: url, jwks_uri: `${url}/keys` })
    if (pathname === '/keys')
      return answer(200, {
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
      })
    if (pathname !== '/token' || request.headers.authorization !== 'bearer of-the-runner')
      return answer(404, {})
    const audience = searchParams.get('audience') ?? ''
    audiences.push(audience)
    return answer(200, { value: idToken(url, audience) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    jobVariables: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-runner',
    },
    audiences,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
