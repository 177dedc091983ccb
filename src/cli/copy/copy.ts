import { english } from './copy.en'
import { korean } from './copy.ko'

/** The sentences of the command line, in one language. */
export type Copy = typeof english

export interface Language {
  readonly code: 'en' | 'ko'
  readonly copy: Copy
}

/** Korean where the terminal says so (POSIX: LC_ALL before LC_MESSAGES before LANG), else English. */
export const languageOf = (environment: Readonly<Record<string, string | undefined>>): Language => {
  const said = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return /^ko(?![a-z])/i.test(said) ? { code: 'ko', copy: korean } : { code: 'en', copy: english }
}
