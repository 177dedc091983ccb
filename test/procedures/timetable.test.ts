import * as fc from 'fast-check'
import { DateTime } from 'luxon'
import { isOn } from '../../src/domain/events/base'
import type { KnownEvent } from '../../src/domain/events/event'
import { occurrencesOf } from '../../src/domain/events/occurrences'
import { sizesWith } from '../../src/domain/events/timetable'
import type { Request } from '../../src/domain/operation/request'
import { hour, minute } from '../../src/domain/time/time'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { confirmPlans } from '../support/confirm-plans'

/** Something that people do with the events of a service, and how long nothing is done afterwards. */
type Doing =
  | { readonly kind: 'once'; readonly after: number; readonly lasts: number; readonly sizes: Sizes }
  | {
      readonly kind: 'every'
      readonly days: string
      readonly time: number
      readonly lasts: number
      readonly sizes: Sizes
    }
  | { readonly kind: 'cancel'; readonly which: number }
  | {
      readonly kind: 'move'
      readonly which: number
      readonly after: number
      readonly lasts: number
      readonly desired: number
    }
  | { readonly kind: 'resize'; readonly which: number; readonly desired: number }
  | { readonly kind: 'scale'; readonly desired: number }
interface Sizes {
  readonly desired: number
  readonly min?: number
  readonly max: number
}

const sizes = fc.record(
  {
    desired: fc.integer({ min: 2, max: 7 }),
    min: fc.integer({ min: 1, max: 2 }),
    max: fc.integer({ min: 7, max: 9 }),
  },
  { requiredKeys: ['desired', 'max'] },
) as fc.Arbitrary<Sizes>
const after = fc.integer({ min: 10, max: 12 * 60 })
const lasts = fc.integer({ min: 20, max: 9 * 60 })
const which = fc.nat(5)
const doings: fc.Arbitrary<readonly { doing: Doing; rest: number }[]> = fc.array(
  fc.record({
    doing: fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('once' as const), after, lasts, sizes }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('every' as const),
          days: fc.constantFrom('day', 'weekday', 'mon,wed', 'tuesday'),
          time: fc.integer({ min: 0, max: 24 * 60 - 1 }),
          lasts,
          sizes,
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('move' as const),
          which,
          after,
          lasts,
          desired: fc.integer({ min: 2, max: 7 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('resize' as const),
          which,
          desired: fc.integer({ min: 2, max: 7 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('scale' as const),
          desired: fc.integer({ min: 2, max: 4 }),
        }),
      },
    ),
    // Mostly soon, so that events lie across each other.
    rest: fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 90 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 * 60 }) },
    ),
  }),
  { minLength: 3, maxLength: 9 },
)

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const moment = (at: number) => DateTime.fromMillis(at, { zone: 'Asia/Seoul' }).toFormat("yyyy-MM-dd'T'HH:mm")

const requestOf = (doing: Doing, now: number, events: readonly KnownEvent[]): Request | undefined => {
  const known = 'which' in doing ? events[doing.which % Math.max(1, events.length)] : undefined
  const web = { service: 'web' }
  switch (doing.kind) {
    case 'once':
      return {
        procedure: 'schedule',
        ...web,
        said: `${moment(now + doing.after * minute)} ${doing.lasts}m`,
        ...doing.sizes,
      }
    case 'every':
      return {
        procedure: 'schedule',
        ...web,
        said: `every ${doing.days} ${clock(doing.time)} ${doing.lasts}m`,
        ...doing.sizes,
      }
    case 'scale':
      return events.some(({ event }) => isOn(event, now) || isOn(event, now + 5 * minute))
        ? undefined
        : { procedure: 'scale', ...web, ...doing }
    case 'cancel':
      return known && { procedure: 'unschedule', ...web, event: known.id }
    case 'move': {
      const said = `${moment(now + doing.after * minute)} ${doing.lasts}m`
      return known && { procedure: 'reschedule', ...web, event: known.id, said, desired: doing.desired }
    }
    case 'resize':
      return known && { procedure: 'reschedule', ...web, event: known.id, desired: doing.desired }
  }
}

/** Lets time pass, in which those who follow events do so. */
const live = async (simulation: Simulation, span: number) => {
  const until = simulation.clock.now() + span
  await simulation
    .untilEnded(span)
    .catch((error: Error) => expect(error.message).toMatch(/^not ended in time/))
  if (simulation.clock.now() < until) simulation.clock.advanceTo(until)
}

const group = ({ aws }: Simulation) => {
  const { min = 0, desired = 0, max = 0 } = aws.view().groups.find(({ name }) => name === 'Web-ASG') ?? {}
  return { min, desired, max }
}

/** An action runs up to two minutes late, and one that stands for one of a recurring event’s a minute beside it. */
const nearAnEdge = (events: readonly KnownEvent[], now: number): boolean =>
  events
    .flatMap(({ event }) => occurrencesOf(event, { from: now - hour, to: now + hour }))
    .flatMap(({ outAt, inAt }) => [outAt, inAt])
    .some((edge) => edge > now - 4 * minute && edge <= now + 2 * minute)

test('whatever is scheduled, changed and cancelled, the sizes are always what the rule says', async () => {
  const seen = { checks: 0, together: 0, done: 0 }
  await fc.assert(
    fc.asyncProperty(doings, async (all) => {
      const simulation = simulate({ catalogue: catalogueOf(webService()), meanwhile: confirmPlans })
      let base = { min: 2, desired: 2, max: 4 }
      const check = async () => {
        const now = simulation.clock.now()
        const events = await simulation.store.calendar.of('web')
        if (nearAnEdge(events, now)) return
        seen.checks += 1
        if (events.filter(({ event }) => isOn(event, now)).length > 1) seen.together += 1
        expect({ at: moment(now), ...group(simulation) }).toEqual({
          at: moment(now),
          ...sizesWith(base, events, now),
        })
      }
      for (const [index, { doing, rest }] of all.entries()) {
        const events = await simulation.store.calendar.of('web')
        const request = requestOf(doing, simulation.clock.now(), events)
        if (request) {
          const id = `web-aaaa${index}`
          await simulation.start({ ...newOperation(id), request })
          const { ending, plan } = await simulation.untilOver(id)
          expect(ending?.kind).toMatch(/^(succeeded|refused)$/)
          if (ending?.kind === 'succeeded') seen.done += 1
          const { after: scaled } = plan?.group ?? {}
          if (scaled && ending?.kind === 'succeeded')
            base = { min: scaled.min, desired: scaled.desired, max: scaled.max }
        }
        for (let passed = 0; passed < rest; passed += 17) {
          await live(simulation, 17 * minute)
          await check()
        }
      }
      for (let passed = 0; passed < 3 * 24 * 60; passed += 23) {
        await live(simulation, 23 * minute)
        await check()
      }
    }),
    // Shrinking one long history takes longer than finding it; the seed and the path are printed.
    { numRuns: 12, endOnFailure: true },
  )
  // It is about something: most was carried out, and events lay across each other.
  expect(seen.done).toBeGreaterThan(15)
  expect(seen.together).toBeGreaterThan(10)
  expect(seen.checks).toBeGreaterThan(1_000)
}, 300_000)
