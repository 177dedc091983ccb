import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { procedureNames } from '../../../src/domain/procedures'
import { read, root } from '../../support/pages'

/* docs/features-together.md: each pair of features stands there once, and each test that it names is there. */

const features = [
  'deploy',
  'rollback',
  'event',
  'schedule',
  'nightly update',
  'lock',
  'two colors',
  'window',
  'scale',
  'prune',
  'cancel',
  'closed window',
  'teardown',
  'provision',
  'machine',
  'approval',
  'checks',
] as const
type Feature = (typeof features)[number]

/** Which feature of the page a procedure is; a new procedure that is none does not compile. */
const featureOf: { readonly [name in (typeof procedureNames)[number]]: Feature } = {
  deploy: 'deploy',
  bake: 'deploy',
  roll: 'deploy',
  swap: 'two colors',
  rollback: 'rollback',
  finish: 'window',
  scale: 'scale',
  schedule: 'schedule',
  reschedule: 'schedule',
  unschedule: 'schedule',
  'monitor-event': 'event',
  'detect-drift': 'event',
  'monitor-window': 'window',
  'update-image': 'nightly update',
  prune: 'prune',
  provision: 'provision',
  teardown: 'teardown',
}

const rows = read('docs/features-together.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:pair|-)/.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
const pairs = features.flatMap((one, index) => features.slice(index + 1).map((other) => `${one}, ${other}`))

/** The file of a reference, and the names that stand behind it. */
const references = (cell: string) =>
  cell.split('; ').map((reference) => {
    const [, file = '', names = ''] = /^`([^`]+)`: (.+)$/.exec(reference) ?? []
    const path = ['test/procedures', 'test']
      .map((folder) => join(folder, file))
      .find((one) => existsSync(join(root, one)))
    return { reference, path, names: [...names.matchAll(/_([^_]+)_/g)].map(([, name = '']) => name) }
  })

test(`each of the ${pairs.length} pairs stands there once, and every procedure is a feature of it`, () => {
  expect(rows.map(([pair]) => pair).filter((pair) => pair !== undefined && pairs.includes(pair))).toEqual(
    pairs,
  )
  expect(procedureNames.map((name) => featureOf[name]).every((feature) => features.includes(feature))).toBe(
    true,
  )
})

test.each(rows.map(([pair = '', what = '', tests = '']) => [pair, what, tests] as const))(
  '%s: what it does, and a test that is there',
  (_, what, tests) => {
    expect(what.length).toBeGreaterThan(3)
    for (const { reference, path, names } of references(tests)) {
      expect([reference, path === undefined ? 'no such file' : 'is there']).toEqual([reference, 'is there'])
      expect([reference, names.length > 0]).toEqual([reference, true])
      const file = read(path ?? '')
      expect([reference, names.filter((name) => !file.includes(name))]).toEqual([reference, []])
    }
  },
)
