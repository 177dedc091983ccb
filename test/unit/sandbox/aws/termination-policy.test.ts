import { array, assert, constantFrom, nat, property } from 'fast-check'
import { countByZone } from '../../../../src/sandbox/aws/autoscaling/common'
import { chooseVictims } from '../../../../src/sandbox/aws/autoscaling/termination-policy'
import type { Member } from '../../../../src/sandbox/aws/autoscaling/state'
import { group as groupOf, lab } from '../../../contract/simulator/lab'

const hour = 3_600_000

function choose(policies: string[], members: Partial<Member>[], count: number, now = 100 * hour): string[] {
  const { aws } = lab()
  const group = groupOf(aws)
  group.terminationPolicies = policies
  const full = members.map(
    (member, at): Member => ({
      id: `i-${at}`,
      lifecycle: 'InService',
      health: 'Healthy',
      zone: 'a',
      type: 't2.micro',
      template: { id: group.template.id, name: 'Web', version: 1 },
      weight: 1,
      spot: false,
      protected: false,
      joinedAt: 0,
      graceUntil: 0,
      waits: [],
      ...member,
    }),
  )
  return chooseVictims(aws.world, group, full, count, now, () => 0).map((member) => member.id)
}

const version = (number: number) => ({
  template: { id: 'lt-0a1b2c3d4e5f60001', name: 'Web', version: number },
})

describe('who goes when a group scales in', () => {
  test('zones are balanced first, whatever the policies say', () => {
    const members = [
      { zone: 'a', joinedAt: 1 },
      { zone: 'b', joinedAt: 2 },
      { zone: 'b', joinedAt: 3 },
    ]
    expect(choose(['OldestInstance'], members, 1)).toEqual(['i-1'])
  })

  test.each([
    ['OldestInstance', ['i-1']],
    ['NewestInstance', ['i-2']],
  ])('%s takes %s', (policy, expected) => {
    expect(choose([policy], [{ joinedAt: 5 }, { joinedAt: 1 }, { joinedAt: 9 }], 1)).toEqual(expected)
  })

  test('OldestLaunchTemplate takes a foreign template first, then the oldest version', () => {
    const foreign = { template: { id: 'lt-other', name: 'Other', version: 9 } }
    expect(choose(['OldestLaunchTemplate'], [version(1), foreign, version(2)], 2)).toEqual(['i-1', 'i-0'])
  })

  test('Default takes the oldest version, then the one closest to its next hour', () => {
    const members = [
      { ...version(1), joinedAt: 0 },
      { ...version(1), joinedAt: hour / 2 },
      { ...version(2), joinedAt: 0 },
    ]
    expect(choose(['Default'], members, 1, 100 * hour + 60_000)).toEqual(['i-1'])
  })

  test('what is protected from scale-in stays, even if fewer go than should', () => {
    expect(choose(['Default'], [{ protected: true }, {}, { protected: true }], 2)).toEqual(['i-1'])
  })

  test('without protection, zones end no further apart than they were, and at most one where they can', () => {
    assert(
      property(
        array(constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
        nat(11),
        (zones, count) => {
          const taken = Math.min(count, zones.length)
          const victims = new Set(
            choose(
              ['Default'],
              zones.map((zone) => ({ zone })),
              taken,
            ),
          )
          expect(victims.size).toBe(taken)
          const before = [...countByZone(zones.map((zone) => ({ zone }) as Member)).values()]
          const left = zones.filter((_, at) => !victims.has(`i-${at}`))
          const after = [...countByZone(left.map((zone) => ({ zone }) as Member)).values()]
          const spread = (counts: number[]) => Math.max(0, ...counts) - Math.min(...counts, Infinity)
          if (after.length === before.length)
            expect(spread(after)).toBeLessThanOrEqual(Math.max(1, spread(before)))
        },
      ),
    )
  })
})
