import type { Webhook } from '../domain/webhooks/webhook'
import type { Mistake, Read } from './mistake'

const allowed = 'whsec_ and 24 to 64 bytes in Base64, as `echo whsec_$(openssl rand -base64 32)` makes it'

/** Standard Webhooks, "Signature scheme": symmetric secrets. */
const isSecret = (text: string): boolean => {
  const [, encoded = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  const { length } = Buffer.from(encoded, 'base64')
  return encoded.length % 4 === 0 && length >= 24 && length <= 64
}

/** The secrets of webhooks by their names, from the variables that the catalogue names. No value stands in a mistake. */
export const readWebhookSecrets = (
  webhooks: readonly Pick<Webhook, 'name' | 'secrets'>[] = [],
  source: Readonly<Record<string, string | undefined>> = process.env,
): Read<ReadonlyMap<string, readonly string[]>> => {
  const mistakes: Mistake[] = []
  const value = new Map<string, readonly string[]>()
  for (const { name, secrets } of webhooks) {
    const found: string[] = []
    for (const variable of secrets) {
      const text = source[variable]?.trim() ?? ''
      const wrong = text === '' ? 'is missing' : isSecret(text) ? undefined : 'is no such secret'
      if (wrong === undefined) found.push(text)
      else {
        const where = `${variable} (webhook ${name})`
        mistakes.push({ where, wrong: `${wrong}${text === '' ? '' : ' (the value is not shown)'}`, allowed })
      }
    }
    value.set(name, found)
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, value }
}
