import type { Told } from '../../../ports/receiver'

/** Real milliseconds that another system has to answer. */
const timeout = 10_000
/** Answers after which the same may be taken later (OTLP specification, "Retryable Response Codes"; PagerDuty: 429 and 5xx). */
const retryable = (status: number): boolean => status === 408 || status === 429 || status >= 500

/** Posts JSON. A redirect is not followed: what is sent, with its secrets, is meant for this address alone. */
export const post = async (
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { ...headers, 'content-type': 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    await answer.body?.cancel()
    if (answer.ok) return 'told'
    return retryable(answer.status) ? 'again' : 'refused'
  } catch {
    return 'again'
  }
}
