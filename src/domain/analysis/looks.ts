/**
 * How much error each test may make over all its looks: errors side by side, errors before and after, latency. Together
 * they stay below one good version in a hundred.
 */
export const errorOf = { errors: 0.002, latency: 0.005 } as const

/**
 * What a test may spend at its `look`, counted from 1, one a minute: nothing at the first, which is never bad. 1/(k(k − 1))
 * sums up to 1 from the second on however often it is looked, so that the whole never exceeds what the test may spend
 * (Bonferroni's inequality; an alpha-spending function in the sense of Lan and DeMets).
 */
export const spentAt = (test: keyof typeof errorOf, look: number): number =>
  look < 2 ? 0 : errorOf[test] / ((look - 1) * look)

/** A single bad minute is nothing: so many must point the same way. */
export const fewestBadMinutes = 2
