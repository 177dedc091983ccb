/** A line of text from elsewhere, without signs that would command the terminal. */
export const plain = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- that is what is taken out
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trimEnd()

/** East Asian wide signs take two columns of a terminal (Unicode, UAX #11). */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u

/** As much of a text as fits into so many columns, with `…` where something is cut. */
export const fit = (text: string, columns: number): string => {
  let used = 0
  let fitting = ''
  for (const sign of text) {
    used += wide.test(sign) ? 2 : 1
    // One column stays free: a full line makes some terminals break it.
    if (used > columns - 2) return `${fitting}…`
    fitting += sign
  }
  return fitting
}
