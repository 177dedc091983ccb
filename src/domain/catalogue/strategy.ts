/** How a fleet is moved to another version. */
export const strategies = ['refresh', 'replace', 'surge', 'blue-green', 'canary'] as const
export type Strategy = (typeof strategies)[number]
