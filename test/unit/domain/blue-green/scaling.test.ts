import {
  copyOf,
  dueBy,
  disabledPolicy,
  standsAs,
  translated,
} from '../../../../src/domain/blue-green/scaling'
import type { ScalingPolicy, ScheduledAction } from '../../../../src/domain/fleet/fleet'
import { hour, minute, second } from '../../../../src/domain/time/time'
import { canonicalJson } from '../../../../src/domain/json'

/** A Monday, 10:00 in Seoul. */
const now = Date.parse('2026-03-02T01:00:00Z')
const arn = (name: string) =>
  `arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/${name}/0123456789abcdef`
const friday: ScheduledAction = {
  name: 'friday',
  min: 2,
  desired: 8,
  recurrence: '0 20 * * 5',
  timezone: 'Asia/Seoul',
}
/** 20:00 on Friday, in Seoul. */
const nextFriday = Date.parse('2026-03-06T11:00:00Z')

describe('a scheduled action on the other color', () => {
  it('keeps its zone, its end and its sizes, and not the start that AWS told for what recurs', () => {
    const told = { ...friday, startAt: nextFriday, endAt: now + 1_000 * hour }
    expect(copyOf(told, now)).toEqual({ ...friday, endAt: now + 1_000 * hour })
    expect(copyOf(friday, now)).toEqual(friday)
  })

  it('keeps a start that a person has set: later than the next run would be', () => {
    const later = { ...friday, startAt: nextFriday + 7 * 24 * hour }
    expect(copyOf(later, now)).toEqual(later)
  })

  it('reads the cron in its zone: the same start is AWS’s own in one and a person’s in another', () => {
    const { timezone: _, ...utc } = friday
    const nine = 9 * hour
    expect(copyOf({ ...utc, startAt: nextFriday + nine }, now)?.startAt).toBeUndefined()
    expect(copyOf({ ...friday, startAt: nextFriday + nine }, now)?.startAt).toBe(nextFriday + nine)
  })

  it('is not made where its one time has come, or would before it stood', () => {
    const once = (startAt: number) => copyOf({ name: 'once', desired: 3, startAt }, now)
    expect(once(now + hour)).toEqual({ name: 'once', desired: 3, startAt: now + hour })
    expect(once(now + 30 * second)).toBeUndefined()
    expect(once(now - minute)).toBeUndefined()
  })

  it('whose cron cannot be read is made without the start: it recurs as it is written', () => {
    expect(copyOf({ ...friday, recurrence: 'whenever', startAt: nextFriday }, now)).not.toHaveProperty(
      'startAt',
    )
  })

  it('stands as wanted whatever start AWS computes for it, and not with another size, zone or end', () => {
    expect(standsAs({ ...friday, startAt: nextFriday }, friday)).toBe(true)
    expect(standsAs({ ...friday, timezone: 'UTC' }, friday)).toBe(false)
    expect(standsAs({ ...friday, desired: 9 }, friday)).toBe(false)
    expect(standsAs({ ...friday, endAt: now }, friday)).toBe(false)
  })

  it('falls due when it starts within the time, or should have', () => {
    const at = (startAt: number) => ({ name: String(startAt), startAt })
    const all = [at(now - minute), at(now + minute), at(now + hour), friday]
    expect(dueBy(all, now + 10 * minute)).toEqual([at(now - minute), at(now + minute)])
  })
})

describe('a scaling policy on the other color', () => {
  const policy = (settings: object, type = 'TargetTrackingScaling'): ScalingPolicy => ({
    name: 'requests',
    type,
    enabled: true,
    settings: canonicalJson(settings),
  })
  const blue = { name: 'shop-blue', targetGroups: [arn('blue-tg')] }
  const green = { name: 'shop-green', targetGroups: [arn('green-tg')] }
  const read = ({ settings }: ScalingPolicy): unknown => JSON.parse(settings)

  it('follows the metrics of the group that it is on: name and target group are exchanged, all else stays', () => {
    const found = policy({
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: 'app/shop/50dc6c495c0c9188/targetgroup/blue-tg/0123456789abcdef',
        },
        CustomizedMetricSpecification: {
          Dimensions: [
            { Name: 'AutoScalingGroupName', Value: 'shop-blue' },
            { Name: 'Other', Value: 'shop-blue-2' },
          ],
        },
        TargetValue: 50,
      },
    })
    expect(read(translated(found, blue, green))).toEqual({
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: 'app/shop/50dc6c495c0c9188/targetgroup/green-tg/0123456789abcdef',
        },
        CustomizedMetricSpecification: {
          Dimensions: [
            { Name: 'AutoScalingGroupName', Value: 'shop-green' },
            { Name: 'Other', Value: 'shop-blue-2' },
          ],
        },
        TargetValue: 50,
      },
    })
    expect(translated(translated(found, blue, green), green, blue)).toEqual(found)
  })

  it('is held back by its alarms alone, but a forecast, which has none', () => {
    expect(disabledPolicy(policy({}))).toMatchObject({ enabled: true })
    expect(disabledPolicy(policy({}, 'PredictiveScaling'))).toMatchObject({ enabled: false })
  })
})
