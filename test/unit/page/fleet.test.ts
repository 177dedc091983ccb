import type { CallRecord } from '../../../src/sandbox/protocol'
import { given, tickerLines } from '../../../src/sandbox/page/fleet/lines'
import { lanes, strays, tileState, unrouted } from '../../../src/sandbox/page/fleet/model'
import { shortName, versionOf } from '../../../src/sandbox/page/fleet/version'
import { fleetAt, instance } from '../../support/page-fixture/fleet'

const fleet = fleetAt({ after: 0, web: [[instance('3a', 1), 'healthy'], [instance('3b', 1)]] })

describe('the fleet as lanes', () => {
  test('one a load balancer, with its target groups and groups; what stands alone is apart', () => {
    expect(
      lanes(fleet).map((lane) => [lane.balancer?.name, ...lane.groups.map(({ group }) => group.name)]),
    ).toEqual([
      ['Web-ALB', 'Web-ASG'],
      ['shop-ALB', 'shop-blue', 'shop-green'],
    ])
    expect(strays(fleet).map((one) => one.tags['Name'])).toEqual(['ASG-Web-Instance'])
  })

  test('a group behind no load balancer has a lane of its own', () => {
    const bare = { ...fleet, loadBalancers: [] }
    expect(lanes(bare).map((lane) => lane.key)).toEqual(['Web-ASG', 'shop-green', 'shop-blue'])
  })

  test('a target group that nobody forwards to is apart, unless a group is drawn with it', () => {
    const [one] = fleet.targetGroups
    const fresh = { ...one, arn: 'tg/lab', name: 'Lab-TG', inUse: false, drainSeconds: 300, targets: [] }
    const growing = { ...fleet, targetGroups: [...fleet.targetGroups, fresh] }
    expect(unrouted(growing).map(({ name }) => name)).toEqual(['Lab-TG'])
    const [web] = fleet.groups
    const groups = web ? [{ ...web, targetGroups: ['tg/lab'] }] : []
    expect(unrouted({ ...growing, groups })).toEqual([])
  })

  test('terminated instances are gone', () => {
    const [first] = fleet.instances
    const after = { ...fleet, instances: first ? [{ ...first, state: 'terminated' }] : [] }
    expect(
      lanes(after)
        .flatMap((lane) => lane.groups)
        .flatMap((group) => group.instances),
    ).toEqual([])
  })
})

describe('what an instance is at', () => {
  test.each([
    ['booting', { lifecycle: 'Pending', state: 'pending' }, []],
    ['booting', { lifecycle: 'Pending:Wait' }, []],
    ['checking', {}, ['initial']],
    ['serving', {}, ['healthy']],
    ['checking', {}, ['healthy', 'initial']],
    ['unhealthy', {}, ['unhealthy']],
    ['unhealthy', { healthStatus: 'Unhealthy' }, ['healthy']],
    ['draining', { lifecycle: 'Terminating' }, ['draining']],
    ['leaving', { lifecycle: 'Terminating' }, []],
    ['leaving', { state: 'shutting-down' }, []],
    ['draining', { lifecycle: 'EnteringStandby' }, ['draining']],
    ['standby', { lifecycle: 'Standby' }, []],
    ['warm', { lifecycle: 'Warmed:Stopped', state: 'stopped' }, []],
    ['warm', { lifecycle: 'Warmed:Running' }, []],
    ['booting', { lifecycle: 'Warmed:Pending' }, []],
    ['leaving', { lifecycle: 'Warmed:Terminating' }, []],
    ['idle', {}, []],
    ['idle', {}, ['unused']],
  ])('%s', (state, more, targets) => {
    const one = instance('3a', 1, more)
    const said = targets.map((target) => ({ instance: one.id, port: 80, state: target }))
    expect(tileState(one, said)).toBe(state)
  })
})

describe('the name of a version', () => {
  test.each([
    ['Web Server v2', 'v2'],
    ['web-1.4.0', '1.4.0'],
    ['AWSBackup_nightly', 'AWSBackup_nightly'],
    ['base image', 'image'],
  ])('of an image called %s is %s', (name, version) => {
    expect(shortName(name)).toBe(version)
  })

  test('is the container’s where one is tagged', () => {
    expect(versionOf(instance('3a', 1, { tags: { 'docker:image:version': '42' } }))).toBe('42')
  })
})

describe('the ticker', () => {
  const call = (sequence: number, action: string, more: Partial<CallRecord> = {}): CallRecord => ({
    time: 0,
    sequence,
    service: 'ec2',
    action,
    mutating: false,
    input: {},
    ...more,
  })

  test('folds reads of one kind between two changes, never changes or errors, the newest first', () => {
    const calls = [
      call(1, 'DescribeImages'),
      call(2, 'DescribeSnapshots'),
      call(3, 'DescribeImages'),
      call(4, 'CreateTags', { mutating: true }),
      call(5, 'CreateTags', { mutating: true }),
      call(6, 'DescribeImages', { error: 'RequestLimitExceeded' }),
      call(7, 'DescribeImages'),
    ]
    expect(tickerLines(calls, false).map((line) => [line.call.sequence, line.times])).toEqual([
      [7, 1],
      [6, 1],
      [5, 1],
      [4, 1],
      [3, 2],
      [2, 1],
    ])
    expect(tickerLines(calls, true).map((line) => line.call.sequence)).toEqual([6, 5, 4])
  })

  test('says in a line what a call was given', () => {
    const input = { Name: 'Web Server v2', InstanceId: 'i-1', DryRun: false, Ids: ['a', 'b', 'c'] }
    expect(given(call(1, 'CreateImage', { input }))).toBe('Name=Web Server v2 InstanceId=i-1 Ids=a, b +1')
  })
})
