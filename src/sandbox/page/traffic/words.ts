/** What is said of each reason for which a request got no answer of an application. */
const reasons: { [reason: string]: string } = {
  'no-target': 'no target',
  'dead-instance': 'sent to a dead instance',
  cut: 'cut while it was served',
  overloaded: 'refused by a full instance',
  'too-slow': 'no answer before the time-out',
}

/** Why requests were lost, most first; nothing where none was. */
export const lossWords = (lostBy: { [reason: string]: number }, locale: string): string =>
  Object.entries(lostBy)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count.toLocaleString(locale)} ${reasons[reason] ?? reason}`)
    .join(', ')

/** A share in percent: with a decimal where it is small, and never 0 where it is not. */
export const percent = (share: number, locale: string): string => {
  const value = share * 100
  if (value > 0 && value < 0.1) return '<0.1 %'
  return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })} %`
}
