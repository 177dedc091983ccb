/**
 * How probable it is that the new values are so much, or more, above the old ones, were both drawn alike: the
 * one-sided test of Mann and Whitney, exact. Equal values count for the old side, which makes it a little slower to
 * call something worse. 1 where one side has no value.
 */
export const higherProbability = (older: readonly number[], newer: readonly number[]): number => {
  if (older.length === 0 || newer.length === 0) return 1
  const pairs = older.length * newer.length
  const above = newer.reduce((sum, value) => sum + older.filter((one) => value > one).length, 0)
  const ways = waysToOrder(newer.length, older.length)
  // As many orders have `below` pairs the other way round as have `above` this way.
  const below = pairs - above
  let extreme = 0
  let all = 0
  for (const [count, number] of ways.entries()) {
    all += number
    if (count <= below) extreme += number
  }
  return extreme / all
}

/**
 * In how many orders of `m` and `n` values so many pairs stand the wrong way round, from 0 on: the coefficients of the
 * Gaussian binomial (Andrews, The Theory of Partitions, 3.2).
 */
const waysToOrder = (m: number, n: number): readonly number[] => {
  const [few, many] = m < n ? [m, n] : [n, m]
  const size = few * many + 1
  const ways = new Float64Array(size)
  ways[0] = 1
  for (let i = 1; i <= few; i++) {
    // Times (1 − x^(many + i)), then divided by (1 − x^i).
    for (let k = size - 1; k >= many + i; k--) ways[k] = (ways[k] ?? 0) - (ways[k - many - i] ?? 0)
    for (let k = i; k < size; k++) ways[k] = (ways[k] ?? 0) + (ways[k - i] ?? 0)
  }
  return [...ways]
}

/** The middle one of some values; undefined of none. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
