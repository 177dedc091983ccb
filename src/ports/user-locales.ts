import type { Language } from '../domain/catalogue/catalogue'

/** How one person reads: as far as Slack tells. */
export interface UserLocale {
  readonly language?: Language
  /** IANA name, e.g. `Asia/Seoul`. */
  readonly timezone?: string
}

/** Gives how a person reads and is called. Never fails and never waits long: what is not known is left out. */
export interface UserLocales {
  of(user: string): Promise<UserLocale>
  /** What a person is called, as far as it is known by now; who is not known is asked after for the next time. */
  nameOf(user: string): string | undefined
}
