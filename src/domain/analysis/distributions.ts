/** ln 0!, ln 1!, … as far as Stirling's series is not exact enough. */
const small: readonly number[] = Array.from({ length: 32 }).reduce<number[]>(
  (table, _, n) => [...table, (table[n - 1] ?? 0) + Math.log(Math.max(1, n))],
  [],
)

/** ln n! of a whole number: by table, and by Stirling's series beyond (error below 1e-12). */
export const logFactorial = (n: number): number => {
  const known = small[n]
  if (known !== undefined) return known
  return (
    (n + 0.5) * Math.log(n) -
    n +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * n) -
    1 / (360 * n ** 3) +
    1 / (1260 * n ** 5)
  )
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/**
 * How `marked` of all fall on one side by chance alone, of which `side` of `all` are: the hypergeometric distribution,
 * from its least value (`from`) on.
 */
export const hypergeometric = (
  all: number,
  side: number,
  marked: number,
): { readonly from: number; readonly weights: readonly number[] } => {
  const from = Math.max(0, marked - (all - side))
  const to = Math.min(marked, side)
  const total = logChoose(all, marked)
  const weights: number[] = []
  for (let k = from; k <= to; k++)
    weights.push(Math.exp(logChoose(side, k) + logChoose(all - side, marked - k) - total))
  return { from, weights }
}

/**
 * The share of a normal distribution above `z`, right to seven digits in its far tail too (Press et al., Numerical
 * Recipes, 6.2: erfc by Chebyshev's fit).
 */
export const normalTail = (z: number): number => {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ].reduceRight((sum, coefficient) => coefficient + t * sum, 0)
  const tail = (t * Math.exp(-x * x + series)) / 2
  return z >= 0 ? tail : 1 - tail
}
