import type { ActionCopy } from './copy'

type Variables = Readonly<Record<string, string | undefined>>

type IdToken = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly why: string }

/**
 * Asks GitHub for an id token of the job (GitHub Docs, "OpenID Connect reference": requesting the JWT using environment
 * variables). Only a job with `permissions: id-token: write` has the two variables.
 */
export const requestIdToken = async (
  variables: Variables,
  audience: string,
  ask: typeof fetch,
  copy: ActionCopy,
): Promise<IdToken> => {
  const address = variables['ACTIONS_ID_TOKEN_REQUEST_URL']
  const bearer = variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN']
  if (!address || !bearer) return { ok: false, why: copy.noIdToken }
  const url = new URL(address)
  url.searchParams.set('audience', audience)
  try {
    const response = await ask(url, {
      headers: { authorization: `bearer ${bearer}`, accept: 'application/json' },
      signal: AbortSignal.timeout(20_000),
    })
    const body: unknown = response.ok ? await response.json() : undefined
    const token =
      typeof body === 'object' && body !== null && 'value' in body && typeof body.value === 'string'
        ? body.value
        : undefined
    return token === undefined
      ? { ok: false, why: copy.idTokenFailed(`HTTP ${response.status}`) }
      : { ok: true, token }
  } catch (error) {
    return { ok: false, why: copy.idTokenFailed(error instanceof Error ? error.message : String(error)) }
  }
}

/** Whether the job has an `environment:`, as its id token says: GitHub then shows a deployment by itself. */
export const hasEnvironment = (token: string): boolean => {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return (
      typeof claims === 'object' &&
      claims !== null &&
      'environment' in claims &&
      typeof claims.environment === 'string' &&
      claims.environment !== ''
    )
  } catch {
    return false
  }
}
