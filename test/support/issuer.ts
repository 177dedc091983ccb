import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

interface SignOptions {
  /** Another key than the issuer's own, under the issuer's key id unless `kid` says otherwise. */
  readonly key?: CryptoKey
  readonly kid?: string
  readonly alg?: string
}

/** An issuer of ID tokens, as OpenID Connect Discovery describes one, on loopback. */
export const startIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }
  const asked: string[] = []
  let down = false
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (down) return void response.writeHead(500).end()
    const body =
      request.url === '/.well-known/openid-configuration'
        ? { issuer: url(), jwks_uri: `${url()}/jwks` }
        : { keys: [jwk] }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const now = () => Math.floor(Date.now() / 1_000)
  return {
    url: url(),
    /** The paths that were asked for. */
    asked,
    fail: (is: boolean) => {
      down = is
    },
    /** A token of five minutes for Rollcall, with these claims in place of the usual ones. */
    sign: (
      claims: Readonly<Record<string, unknown>> = {},
      { key = privateKey, kid = 'key-1', alg = 'RS256' }: SignOptions = {},
    ) =>
      new SignJWT({
        iss: url(),
        aud: 'rollcall',
        jti: 'token-1',
        iat: now(),
        nbf: now(),
        exp: now() + 300,
        ...claims,
      })
        .setProtectedHeader({ alg, kid })
        .sign(key),
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
