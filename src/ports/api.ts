/** A request at the door, as far as it is worth anything: the server holds sizes and deadlines. */
export interface ApiRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: { readonly text: string } | 'too large'
  /** Fires when whoever asked is gone, or the server stops: nobody waits for the answer. */
  readonly gone: AbortSignal
}

export interface ApiResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Written as JSON; absent where there is nothing to say. */
  readonly body?: object
}

/** Answers what comes to the door. Never rejects. */
export type Door = (request: ApiRequest) => Promise<ApiResponse>
