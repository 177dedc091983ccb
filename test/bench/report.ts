import { loadavg } from 'node:os'

/** One figure: a stable name, its value and unit, and what helps to judge it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'ratio' | 'ms' | 'calls' | 'calls/min' | 'MB' | 's' | 'events' | 'requests' | 'minutes'
  readonly [detail: string]: unknown
}

/** Prints a figure as a line of JSON: standard output carries nothing else. */
export const figure = ({ name, value, unit, ...details }: Figure): void => {
  const [load = 0] = loadavg()
  const line = { name, value: rounded(value), unit, ...details, load: rounded(load) }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Says on standard error what is being done. */
export const say = (words: string): void => void process.stderr.write(`bench: ${words}\n`)

/** Enough digits to compare by. */
export const rounded = (value: number): number => Number(value.toPrecision(4))
