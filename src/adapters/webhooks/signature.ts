import { createHmac } from 'node:crypto'

/** A secret as Standard Webhooks writes it: 24 to 64 bytes in Base64 behind `whsec_` ("Signature scheme", symmetric). */
export const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

/** The headers of one attempt, signed with each of the secrets: a receiver needs one that it knows. */
export const signedHeaders = (
  keys: readonly Buffer[],
  { id, body }: { readonly id: string; readonly body: string },
  /** Real milliseconds: receivers refuse what is older than minutes. */
  now: number,
): Readonly<Record<string, string>> => {
  const timestamp = Math.floor(now / 1_000).toString()
  const signed = keys.map(
    (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signed.join(' '),
  }
}
