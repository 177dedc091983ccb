/** What is wrong in a setting, so that who reads it can correct it at once. */
export interface Mistake {
  /** The variable's name, or `file:line:column path`. */
  readonly where: string
  readonly wrong: string
  readonly allowed: string
}

/** What reading a setting came to: it, or everything that is wrong with it. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }

/** Mistakes as the lines that stop the start. */
export const writeMistakes = (mistakes: readonly Mistake[]): string =>
  mistakes.map(({ where, wrong, allowed }) => `${where}: ${wrong}. Allowed: ${allowed}`).join('\n')
