import type { Result } from '../domain/result'

/** What an issuer signed, read as it stands. */
export type Claims = Readonly<Record<string, unknown>>

/** Why a token proves nothing, or cannot be looked at now. */
export type TokenProblem =
  | 'unknown_issuer'
  | 'bad_token'
  | 'token_expired'
  | 'wrong_audience'
  | 'issuer_unreachable'

/** Tokens of the issuers that the catalogue names (OpenID Connect). */
export interface IdTokens {
  /** The claims of a token that is sound, for us and still valid. Never rejects. */
  verify(token: string): Promise<Result<Claims, TokenProblem>>
}
