import type { Series } from './statistics'

/** A number for all periods, one series, or several of them: what `METRICS()` gives. */
type Value = number | Series | readonly Series[]

/** What an expression may refer to: the series of metrics and of other expressions, by id. */
export interface Scope {
  readonly series: (id: string) => Series
  readonly metrics: () => readonly (readonly [id: string, series: Series])[]
}

/**
 * Evaluates a metric math expression: numbers, ids, + - * / ^, parentheses, SUM, AVG, MIN, MAX, FILL, IF, ABS, CEIL,
 * FLOOR, METRICS. Throws an Error with what cannot be read.
 * aws: CloudWatch, "Use metric math".
 */
export function evaluate(expression: string, scope: Scope): Series {
  const tokens = expression.match(/\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|"[^"]*"|[<>=!]=|[-+*/^(),<>]/g) ?? []
  if (tokens.join('') !== expression.replace(/\s+/g, '')) throw new Error(`"${expression}" cannot be read`)
  let at = 0
  const peek = () => tokens[at]
  const take = (wanted?: string) => {
    const token = tokens[at]
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`${wanted ?? 'more'} is missing after "${tokens.slice(0, at).join(' ')}"`)
    at += 1
    return token
  }
  const binary = (next: () => Value, operators: Readonly<Record<string, Operator>>) => () => {
    let left = next()
    for (let operator = operators[peek() ?? '']; operator; operator = operators[peek() ?? '']) {
      take()
      left = each(operator, left, next())
    }
    return left
  }
  const factor = (): Value => {
    const token = take()
    if (token === '(') {
      const inner = compared()
      take(')')
      return inner
    }
    if (token === '-') return each((a, b) => a - b, 0, factor())
    if (/^\d/.test(token)) return Number(token)
    if (token.startsWith('"')) throw new Error(`${token} stands where no text can`)
    return peek() === '(' ? call(token) : scope.series(token)
  }
  const power = binary(factor, { '^': (a, b) => a ** b })
  const product = binary(power, { '*': (a, b) => a * b, '/': (a, b) => (b === 0 ? undefined : a / b) })
  const sum = binary(product, { '+': (a, b) => a + b, '-': (a, b) => a - b })
  const compared = binary(sum, {
    '>': (a, b) => Number(a > b),
    '<': (a, b) => Number(a < b),
    '>=': (a, b) => Number(a >= b),
    '<=': (a, b) => Number(a <= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  })
  const call = (name: string): Value => {
    take('(')
    if (name === 'METRICS') {
      const prefix = peek()?.startsWith('"') ? take().slice(1, -1) : ''
      take(')')
      return scope.metrics().flatMap(([id, series]) => (id.includes(prefix) ? [series] : []))
    }
    const given: Value[] = []
    while (peek() !== ')') {
      given.push(compared())
      if (peek() !== ')') take(',')
    }
    take(')')
    const apply = Object.hasOwn(functions, name) ? functions[name] : undefined
    if (!apply) throw new Error(`The function ${name} is not known to the simulator`)
    return apply(given)
  }
  const value = compared()
  if (at < tokens.length) throw new Error(`"${tokens.slice(at).join(' ')}" is left over`)
  if (isList(value) || typeof value === 'number')
    throw new Error('The expression gives no single time series')
  return value
}

type Operator = (a: number, b: number) => number | undefined

const isList = (value: Value | undefined): value is readonly Series[] => Array.isArray(value)

/** An operator period by period: where one side has no value, there is none. */
function each(operator: Operator, left: Value, right: Value): Value {
  if (isList(left) || isList(right)) throw new Error('A list of series stands where one series should')
  if (typeof left === 'number' && typeof right === 'number') return operator(left, right) ?? Number.NaN
  const result = new Map<number, number>()
  const [main] = [left, right].filter((one) => typeof one !== 'number')
  for (const [at] of main ?? []) {
    const a = typeof left === 'number' ? left : left.get(at)
    const b = typeof right === 'number' ? right : right.get(at)
    const value = a === undefined || b === undefined ? undefined : operator(a, b)
    if (value !== undefined) result.set(at, value)
  }
  return result
}

const functions: Readonly<Record<string, (given: readonly Value[]) => Value>> = {
  SUM: over((values) => values.reduce((total, one) => total + one, 0)),
  AVG: over((values) => values.reduce((total, one) => total + one, 0) / values.length),
  MIN: over((values) => Math.min(...values)),
  MAX: over((values) => Math.max(...values)),
  ABS: ([one]) => mapped(one, Math.abs),
  CEIL: ([one]) => mapped(one, Math.ceil),
  FLOOR: ([one]) => mapped(one, Math.floor),
  /** Gaps between the first and the last value that anyone has are filled. */
  FILL([series, filler]) {
    if (!(series instanceof Map)) throw new Error('FILL takes a series')
    if (typeof filler !== 'number') throw new Error('FILL takes a number here')
    return new Filled(series as Series, filler)
  },
  IF([condition, yes, no]) {
    if (!(condition instanceof Map)) throw new Error('IF takes a series as its condition')
    const result = new Map<number, number>()
    for (const [at, holds] of condition as Series) {
      const side = holds === 0 ? no : yes
      const value = typeof side === 'number' ? side : (side as Series | undefined)?.get(at)
      if (value !== undefined) result.set(at, value)
    }
    return result
  },
}

/** A series that has a value wherever it is asked for one. */
class Filled extends Map<number, number> {
  constructor(
    series: Series,
    private readonly filler: number,
  ) {
    super(series)
  }
  override get(at: number): number {
    return super.get(at) ?? this.filler
  }
}

function mapped(value: Value | undefined, change: (one: number) => number): Series {
  if (!(value instanceof Map)) throw new Error('A series is missing')
  return new Map([...(value as Series)].map(([at, one]) => [at, change(one)]))
}

/** Over several series: period by period those that have a value. */
function over(combine: (values: readonly number[]) => number): (given: readonly Value[]) => Value {
  return ([first]) => {
    if (first === undefined || typeof first === 'number') throw new Error('A series is missing')
    if (!isList(first)) {
      const all = [...first.values()]
      return all.length === 0 ? new Map() : new Map([...first.keys()].map((at) => [at, combine(all)]))
    }
    const times = [...new Set(first.flatMap((series) => [...series.keys()]))].sort((a, b) => a - b)
    return new Map(times.map((at) => [at, combine(first.flatMap((series) => series.get(at) ?? []))]))
  }
}
