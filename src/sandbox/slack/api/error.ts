import type { Obj } from '../json'

/** An answer `{ok: false, error}` of the Web API, with what Slack adds to it. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly extra: Obj = {},
  ) {
    super(code)
  }
}

/** `invalid_arguments` with Slack's messages of what is wrong with them. */
export function invalidArguments(...faults: string[]): ApiError {
  return new ApiError('invalid_arguments', {
    response_metadata: { messages: faults.map((fault) => `[ERROR] ${fault}`) },
  })
}
