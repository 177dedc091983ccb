/** Structured logs: facts first, then one sentence. No secrets, no payloads. A pino logger is one. */
export interface Log {
  debug(facts: object, sentence: string): void
  info(facts: object, sentence: string): void
  warn(facts: object, sentence: string): void
  error(facts: object, sentence: string): void
}
