/** What the door says no to by itself, each with its HTTP status; beside these stand the reasons that chat gives. */
export const doorProblems = {
  no_token: 401,
  bad_token: 401,
  token_expired: 401,
  unknown_issuer: 401,
  wrong_audience: 401,
  token_used: 401,
  no_machine: 403,
  read_token_only: 403,
  issuer_unreachable: 503,
  too_many_requests: 429,
  too_many_changes: 429,
  store_unavailable: 503,
  worker_silent: 503,
  not_found: 404,
  unknown_webhook: 404,
  method_not_allowed: 405,
  not_json: 400,
  invalid_request: 400,
  not_json_type: 415,
  body_too_large: 413,
  key_missing: 400,
  key_invalid: 400,
  key_reused: 422,
  key_in_progress: 409,
  door_busy: 503,
  unexpected: 500,
} as const

export type DoorProblemCode = keyof typeof doorProblems

/** What a sentence of the door may name. */
export interface DoorProblemFacts {
  /** Real seconds. */
  readonly wait?: number
  /** How many there may be. */
  readonly most?: number
  readonly reference?: string
  readonly allowed?: readonly string[]
}
