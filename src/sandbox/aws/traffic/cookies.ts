/** What a load balancer's cookie remembers: where, and until when it counts (simulated epoch milliseconds). */
interface Bond {
  readonly to: string
  readonly until: number
}

/**
 * A bond in a cookie of this name, where it still counts. AWS encrypts what stands in its cookies; here it is only
 * encoded. One that cannot be read counts as none.
 * aws: Application Load Balancers, "Sticky sessions".
 */
export function boundTo(cookies: ReadonlyMap<string, string>, name: string, now: number): string | undefined {
  const text = cookies.get(name)
  if (text === undefined) return undefined
  try {
    const bond = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Bond>
    return typeof bond.to === 'string' && Number(bond.until) > now ? bond.to : undefined
  } catch {
    return undefined
  }
}

/** How long a browser keeps a load balancer's cookie: 7 days, which cannot be changed. */
const keptSeconds = 7 * 86_400

/** The cookies that bind a client, with the CORS twin that AWS sends beside them. `realNow`: for `Expires`. */
export function bind(
  name: string,
  { to, until }: Bond,
  { path, realNow }: { readonly path: string; readonly realNow: number },
): string[] {
  const value = Buffer.from(JSON.stringify({ to, until })).toString('base64url')
  const expires = new Date(realNow + keptSeconds * 1000).toUTCString()
  return [
    `${name}=${value}; Expires=${expires}; Path=${path}`,
    `${name}CORS=${value}; Expires=${expires}; Path=${path}; SameSite=None; Secure`,
  ]
}

export function readCookies(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0) cookies.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
  return cookies
}
