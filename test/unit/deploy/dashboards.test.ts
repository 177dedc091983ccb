import { parse } from 'yaml'
import { createMetrics } from '../../../src/adapters/http/metrics'
import { found, read } from '../../support/pages'

interface Panel {
  readonly id: number
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[]
}
const dashboard = JSON.parse(read('deploy/grafana-dashboard.json')) as {
  readonly uid: string
  readonly panels: readonly Panel[]
}
const rules = parse(read('deploy/prometheus-rules.yaml')) as {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string
      readonly expr: string
      readonly annotations: Readonly<Record<string, string>>
    }[]
  }[]
}
const alerts = rules.groups.flatMap((group) => group.rules)

/** Every name that `/metrics` tells, with the labels that it may carry. */
const told = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { registry } = createMetrics()
  const all = new Map<string, readonly string[]>()
  for (const metric of registry.getMetricsAsArray()) {
    const labels = Reflect.get(metric, 'labelNames') as readonly string[]
    const { name } = metric
    all.set(name, labels)
    if ((await registry.getMetricsAsJSON()).find((one) => one.name === name)?.type.toString() === 'histogram')
      for (const part of ['bucket', 'sum', 'count']) all.set(`${name}_${part}`, [...labels, 'le'])
  }
  return all
}

const queries: readonly (readonly [string, string])[] = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
]

it.each(queries)('%s asks for metrics, labels and values that there are: %s', async (_title, expr) => {
  const known = await told()
  const names = found(expr, /\b(rollcall_\w+)/g)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !known.has(name))).toEqual([])
  for (const [, name = '', matchers = ''] of expr.matchAll(/(rollcall_\w+)\{([^}]*)\}/g))
    for (const [, label = ''] of matchers.matchAll(/(\w+)\s*(?:=|!=|=~|!~)\s*"/g))
      expect([name, known.get(name)]).toEqual([name, expect.arrayContaining([label])])
  const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/,\s*/))
  const carried = names.flatMap((name) => known.get(name) ?? [])
  expect(grouped.filter((label) => !carried.includes(label))).toEqual([])
  const endings = [...expr.matchAll(/ending(?:=|!=|=~|!~)"([^"]*)"/g)].flatMap(([, words = '']) =>
    words.split('|'),
  )
  const kinds = ['succeeded', 'rolled back', 'failed clean', 'needs attention', 'refused', 'cancelled']
  expect(endings.filter((word) => !kinds.includes(word))).toEqual([])
  expect((expr.match(/\(/g) ?? []).length).toBe((expr.match(/\)/g) ?? []).length)
})

test('the dashboard has a fixed name, and no two panels of one number or on one place', () => {
  const { uid, panels } = dashboard
  expect(uid).toBe('rollcall')
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
})

test('every alert says what is the matter, and has its row in the docs', () => {
  const page = read('docs/telemetry.md')
  const rows = found(page, /^\| `(Rollcall\w+)`/gm)
  expect([...rows].sort()).toEqual(alerts.map(({ alert }) => alert).sort())
  expect(alerts.filter(({ annotations }) => !annotations['summary']).map(({ alert }) => alert)).toEqual([])
})
