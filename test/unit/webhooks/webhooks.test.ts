import { assert, integer, property } from 'fast-check'
import { mayReach } from '../../../src/adapters/webhooks/addresses'
import { eventsOf, typesOf } from '../../../src/domain/webhooks/event'
import { messageOf } from '../../../src/domain/webhooks/message'
import { delayAfter, maxTries, triedFor } from '../../../src/domain/webhooks/retry'
import { webhookEventTypes, webhookFormats } from '../../../src/domain/webhooks/webhook'
import type { LiveEvent } from '../../../src/domain/events/event'
import type { Operation, StepRecord } from '../../../src/domain/operation/operation'
import type { Plan } from '../../../src/domain/operation/plan'
import { hour, minute, second } from '../../../src/domain/time/time'
import { newOperation, newStep } from '../../support/operations'

const operation: Operation = {
  ...newOperation('web-k7f3q'),
  phase: 'queued',
  steps: [],
  signals: [],
  notes: [],
  fence: 1,
  revision: 3,
}

describe('addresses', () => {
  it.each([
    ['93.184.216.34', true, true],
    ['8.8.8.8', true, true],
    ['2606:4700::1111', true, true],
    ['100.63.255.255', true, true],
    // One's own network: where it is said.
    ['10.1.2.3', false, true],
    ['172.31.255.255', false, true],
    ['192.168.0.1', false, true],
    ['100.64.0.1', false, true],
    ['127.0.0.1', false, true],
    ['::1', false, true],
    ['fd12:3456::1', false, true],
    // Never.
    ['169.254.169.254', false, false],
    ['169.254.170.2', false, false],
    ['100.100.100.200', false, false],
    ['fd00:ec2::254', false, false],
    ['fd00:ec2::23', false, false],
    ['fe80::1', false, false],
    ['fe80::1%eth0', false, false],
    ['0.0.0.0', false, false],
    ['255.255.255.255', false, false],
    ['224.0.0.1', false, false],
    ['::', false, false],
    ['::ffff:8.8.8.8', false, false],
    ['::ffff:10.0.0.1', false, false],
    ['64:ff9b::808:808', false, false],
    ['2002:808:808::1', false, false],
    ['2001:0:808:808::1', false, false],
    ['2001:db8::1', false, false],
    ['ff02::1', false, false],
    ['no address', false, false],
  ])('%s: public %s, in one’s own network %s', (address, open, own) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([open, own])
  })

  it('no IPv4 address passes by another spelling of it in IPv6 that does not pass itself', () => {
    const part = integer({ min: 0, max: 255 })
    assert(
      property(part, part, part, part, (a, b, c, d) => {
        const address = `${a}.${b}.${c}.${d}`
        for (const wrapped of [`::ffff:${address}`, `::${address}`, `64:ff9b::${address}`])
          expect(mayReach(wrapped, false)).toBe(false)
      }),
    )
  })
})

describe('the schedule', () => {
  it('is the one that Standard Webhooks gives for example, with up to a tenth taken off', () => {
    const delays = [5 * second, 5 * minute, 30 * minute, ...[2, 5, 10, 14, 20, 24].map((h) => h * hour)]
    expect(triedFor).toBe(delays.reduce((sum, delay) => sum + delay, 0))
    expect(maxTries).toBe(10)
    delays.forEach((delay, at) => {
      const drawn = ['a', 'b', 'c', 'd', 'e', 'f'].map((of) => delayAfter(at + 1, of))
      expect(drawn.every((one) => one <= delay && one >= delay * 0.9)).toBe(true)
      expect(new Set(drawn).size).toBeGreaterThan(1)
    })
    expect(delayAfter(30, 'a')).toBeLessThanOrEqual(24 * hour)
  })
  it('waits for as long as the receiver asks, but not for ever', () => {
    expect(delayAfter(1, 'a', 10 * minute)).toBe(10 * minute)
    expect(delayAfter(1, 'a', 1_000 * hour)).toBe(hour)
  })
})

describe('events', () => {
  const overriding = { override: { window: 'year end', why: 'the site is down' } } as unknown as Plan

  it('tells once that it began, and which window it overrides', () => {
    const begun = { phase: 'running', startedAt: 5_000, plan: overriding } as const
    expect(eventsOf(operation, begun, 6_000).map(({ type, data }) => [type, data['window']])).toEqual([
      ['window.overridden', 'year end'],
      ['operation.started', undefined],
    ])
    expect(eventsOf({ ...operation, plan: overriding }, { startedAt: 5_000 }, 6_000)).toHaveLength(2)
    expect(eventsOf({ ...operation, startedAt: 5_000 }, begun, 6_000)).toEqual([])
    expect(JSON.stringify(eventsOf(operation, begun, 6_000))).not.toContain('the site is down')
  })

  it('tells of a step once, when it is over', () => {
    const known = { ...operation, steps: [newStep('image/create', 1, 'done')] }
    const types = (before: Operation, state: 'intended' | 'waiting' | 'done' | 'failed') =>
      eventsOf(before, { step: newStep('image/create', 1, state) }, 6_000).map(({ data }) => data['outcome'])
    expect(types(operation, 'intended')).toEqual([])
    expect(types(operation, 'waiting')).toEqual([])
    expect(types(operation, 'done')).toEqual(['done'])
    expect(types(operation, 'failed')).toEqual(['failed'])
    expect(types(known, 'done')).toEqual([])
  })

  it('comes to no type that the change alone does not foretell, and stays small', () => {
    const changes = [
      { phase: 'approving' },
      { phase: 'running', startedAt: 5_000, plan: overriding },
      { step: newStep('image/create', 1, 'done') },
      { ending: { kind: 'needs attention', at: 7_000, left: [] } },
      { phase: 'queued' },
    ] as const
    for (const change of changes) {
      const events = eventsOf(operation, change, 6_000)
      expect(typesOf(change)).toEqual(expect.arrayContaining(events.map(({ type }) => type)))
      for (const event of events)
        for (const format of webhookFormats)
          expect(messageOf({ sequence: 1, event }, format).body.length).toBeLessThan(20_000)
    }
  })

  describe('of live events', () => {
    const event: LiveEvent = {
      name: 'secret name',
      times: {
        kind: 'once',
        from: 10 * hour,
        to: 12 * hour,
        zone: 'Asia/Seoul',
        outAt: 9 * hour,
        inAt: 13 * hour,
      },
      lead: hour,
      desired: 10,
      max: 12,
      base: { min: 2, desired: 2, max: 4 },
    }
    const weekly: LiveEvent = {
      ...event,
      times: {
        kind: 'every',
        days: [1, 3],
        hour: 9,
        minute: 5,
        lasts: 90 * minute,
        zone: 'Asia/Seoul',
        back: 0,
        since: 0,
      },
    }
    const scheduling = (
      procedure: 'schedule' | 'reschedule' | 'unschedule',
      planned: LiveEvent,
      id?: string,
    ) =>
      ({
        ...operation,
        request: { procedure, service: 'web', event: id, said: 'secret words' },
        plan: { schedule: { group: 'Web-ASG', event: planned, ...(id !== undefined && { id }) } },
      }) as unknown as Operation
    const endingOf = (of: Operation, kind: 'succeeded' | 'rolled back' = 'succeeded') => {
      const change = { ending: { kind, at: 7_000, left: [] } } as const
      const events = eventsOf(of, change, 6_000)
      expect(typesOf(change)).toEqual(expect.arrayContaining(events.map(({ type }) => type)))
      expect(JSON.stringify(events)).not.toContain('secret')
      return events
        .filter(({ type }) => type.startsWith('event.'))
        .map(({ type, data }) => ({ type, ...data }))
    }

    it('tells what was scheduled, changed and taken away, once it stands', () => {
      const sizes = { desired: 10, max: 12, timezone: 'Asia/Seoul' }
      const at = { from: '1970-01-01T10:00:00.000Z', to: '1970-01-01T12:00:00.000Z' }
      const { id } = operation
      expect(endingOf(scheduling('schedule', event))).toEqual([
        { type: 'event.scheduled', operation: id, event: id, ...sizes, ...at },
      ])
      expect(endingOf(scheduling('reschedule', weekly, 'web-aaaaa'))).toEqual([
        {
          type: 'event.scheduled',
          operation: id,
          event: 'web-aaaaa',
          ...sizes,
          days: [1, 3],
          time: '09:05',
          minutes: 90,
        },
      ])
      expect(endingOf(scheduling('unschedule', event, 'web-aaaaa'))).toEqual([
        { type: 'event.unscheduled', operation: id, event: 'web-aaaaa' },
      ])
      expect(endingOf(scheduling('schedule', event), 'rolled back')).toEqual([])
    })

    it('tells when it has begun and when it is over, and whether the group was out and is in', () => {
      const monitoring = (...steps: Operation['steps']): Operation => ({
        ...operation,
        request: { procedure: 'monitor-event', service: 'web', event: 'web-aaaaa', from: 10 * hour },
        plan: {
          follow: {
            id: 'web-aaaaa',
            event,
            occurrence: { from: 10 * hour, to: 12 * hour, outAt: 9 * hour, inAt: 13 * hour, day: 4 },
          },
        } as unknown as Plan,
        steps,
      })
      const over = (key: string, end: string): StepRecord => ({
        ...newStep(key, 1, 'done'),
        outcome: { end },
        endedAt: 9_000,
      })
      const told = (of: Operation, step: StepRecord) => {
        expect(typesOf({ step })).toEqual(
          expect.arrayContaining(eventsOf(of, { step }, 6_000).map(({ type }) => type)),
        )
        return eventsOf(of, { step }, 6_000).map(({ type, at, data: { event: id, ready, scaledIn } }) => [
          type,
          at,
          id,
          ready ?? scaledIn,
        ])
      }
      const out = over('out/healthy', 'on')
      expect(told(monitoring(), out)).toEqual([['event.started', 9_000, 'web-aaaaa', true]])
      expect(told(monitoring(), over('out/healthy', 'late'))).toEqual([
        ['event.started', 9_000, 'web-aaaaa', false],
      ])
      expect(told(monitoring(out), out)).toEqual([])
      expect(told(monitoring(), over('out/healthy', 'gone'))).toEqual([])
      expect(told(monitoring(out), over('in/back', 'back'))).toEqual([
        ['event.ended', 9_000, 'web-aaaaa', true],
      ])
      expect(told(monitoring(out), over('in/back', 'late'))).toEqual([
        ['event.ended', 9_000, 'web-aaaaa', false],
      ])
      expect(told(monitoring(over('out/healthy', 'gone')), over('in/back', 'back'))).toEqual([])
      expect(told(monitoring(out), over('end/over', 'on'))).toEqual([])
    })
  })

  it('has names that Standard Webhooks takes', () => {
    for (const type of webhookEventTypes) expect(type).toMatch(/^[a-z_]+(\.[a-z_]+)+$/)
  })
})
