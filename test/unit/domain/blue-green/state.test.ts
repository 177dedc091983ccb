import type { ColorGroups } from '../../../../src/domain/catalogue/catalogue'
import { pairUp } from '../../../../src/domain/blue-green/components'
import { liveColorOf } from '../../../../src/domain/blue-green/live-color'
import { groupOf } from './groups'

const four = ['InService', 'InService', 'InService', 'InService']
const region = 'ap-northeast-2'
const searched: ColorGroups = { prefix: 'shop-', tag: { 'docker:image:name': 'shop' } }

describe('the groups of two colors', () => {
  const names = (colors: ColorGroups, ...groups: readonly string[]) => {
    const found = pairUp(
      colors,
      groups.map((name) => groupOf(name)),
      region,
    )
    return found.ok
      ? found.value.map(({ name, blue, green }) => [name, blue.name, green.name])
      : [found.reason.code, found.reason.facts]
  }

  test.each<[string, ColorGroups, readonly string[], unknown]>([
    ['by name, one of each color', { blue: 'b', green: 'g' }, ['g', 'b'], [['b', 'b', 'g']]],
    [
      'by name, components in the order of the catalogue',
      { blue: ['shop-api-blue', 'w-blue'], green: ['shop-api-green', 'w-green'] },
      ['w-green', 'w-blue', 'shop-api-green', 'shop-api-blue'],
      [
        ['shop-api', 'shop-api-blue', 'shop-api-green'],
        ['w', 'w-blue', 'w-green'],
      ],
    ],
    ['by name, one gone', { blue: 'b', green: 'g' }, ['b'], ['group_not_found', { group: 'g', region }]],
    [
      'found, components by what stands before the color, others’ groups left out',
      searched,
      ['shop-worker-green', 'shop-api-blue', 'shop-worker-blue', 'shop-api-green', 'other-blue'],
      [
        ['shop-api', 'shop-api-blue', 'shop-api-green'],
        ['shop-worker', 'shop-worker-blue', 'shop-worker-green'],
      ],
    ],
    [
      'found, none',
      searched,
      ['other-blue'],
      ['colors_not_found', { prefix: 'shop-', tags: ['docker:image:name=shop'] }],
    ],
    [
      'found, one of no color',
      searched,
      ['shop-blue', 'shop-green', 'shop-cron'],
      ['group_without_color', { group: 'shop-cron' }],
    ],
    [
      'found, one without a twin',
      searched,
      ['shop-api-green'],
      ['twin_missing', { group: 'shop-api-green', missing: 'shop-api-blue' }],
    ],
  ])('%s', (_, colors, groups, expected) => {
    expect(names(colors, ...groups)).toEqual(expected)
  })
})

describe('which color is live', () => {
  const of = (
    blue: readonly string[],
    green: readonly string[],
    desired: Partial<Record<'blue' | 'green', number>> = {},
  ) => ({
    name: 'shop',
    blue: groupOf('shop-blue', blue, desired.blue === undefined ? {} : { desired: desired.blue }),
    green: groupOf('shop-green', green, desired.green === undefined ? {} : { desired: desired.green }),
  })
  const verdict = (...components: Parameters<typeof liveColorOf>[0]) => {
    const found = liveColorOf(components, 'shop')
    return found.ok ? [found.value.live, found.value.idle] : [found.reason.code, found.reason.facts['groups']]
  }

  test('the one with instances, or that wants some', () => {
    expect(verdict(of(four, []))).toEqual(['blue', 'green'])
    expect(verdict(of([], four))).toEqual(['green', 'blue'])
    expect(verdict(of([], [], { green: 2 }))).toEqual(['green', 'blue'])
    expect(verdict(of(['Pending'], [], { blue: 0 }))).toEqual(['blue', 'green'])
  })

  test('not one whose instances stand by, or leave', () => {
    expect(verdict(of(['Standby', 'EnteringStandby', 'Terminating:Wait'], four))).toEqual(['green', 'blue'])
  })

  test('both, none, or another one in each component is told as it was found', () => {
    expect(verdict(of(four, ['InService']))).toEqual(['both_colors_live', ['shop-blue: 4', 'shop-green: 1']])
    expect(verdict(of(['Standby'], []))).toEqual([
      'both_colors_idle',
      ['shop-blue: 0 + 1 Standby', 'shop-green: 0'],
    ])
    expect(verdict(of(four, []), of([], four))[0]).toBe('colors_crossed')
    // One component half way is worse than all of them crossed.
    expect(verdict(of(four, []), of(four, four))[0]).toBe('both_colors_live')
  })
})
