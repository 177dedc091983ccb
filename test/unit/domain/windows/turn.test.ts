import { constantFrom, assert, integer, property } from 'fast-check'
import type { ChangeWindow } from '../../../../src/domain/windows/change-window'
import { occurrenceAt } from '../../../../src/domain/windows/change-window'
import { turnOf, type Told, type WindowTurn } from '../../../../src/domain/windows/turn'
import { hour, minute } from '../../../../src/domain/time/time'

const window = (times: ChangeWindow['times']): ChangeWindow => ({
  name: 'nights',
  services: ['*'],
  except: [],
  timezone: 'Europe/London',
  times,
})
const once = (from: number, until: number) => window({ kind: 'once', from, until })

/** All turns of somebody who looks so often. */
const turnsOf = (one: ChangeWindow, { from, to, every }: { from: number; to: number; every: number }) => {
  const turns: WindowTurn[] = []
  let told: Told | undefined
  for (let at = from; at <= to; at += every) {
    const found = turnOf(one, told, at)
    turns.push(...found.turns)
    told = found.told
  }
  return turns
}

test('one that closes and opens is told of once each, with the instants of the window', () => {
  expect(turnsOf(once(5 * minute + 1, 90 * minute), { from: 0, to: 2 * hour, every: minute })).toEqual([
    { closed: true, at: 5 * minute + 1, until: 90 * minute },
    { closed: false, at: 90 * minute },
  ])
})

test('of what nobody was there to see the state now is told', () => {
  const short = once(10, 20)
  expect(turnOf(short, undefined, 30)).toEqual({ turns: [], told: 'open' })
  expect(turnOf(short, { closedUntil: 20 }, 9_000).turns).toEqual([{ closed: false, at: 20 }])
  const later = once(100, 200)
  expect(turnOf(later, { closedUntil: 20 }, 150).turns).toEqual([
    { closed: false, at: 20 },
    { closed: true, at: 100, until: 200 },
  ])
})

test('one that ends later than was thought, or sooner, is told of no second time, or at once', () => {
  expect(turnOf(once(10, 500), { closedUntil: 200 }, 100)).toEqual({ turns: [], told: { closedUntil: 500 } })
  expect(turnOf(once(10, 50), { closedUntil: 200 }, 100).turns).toEqual([{ closed: false, at: 100 }])
})

test('closed and opened take turns, and fit what holds at each look, whatever the cron', () => {
  const crons = ['0 22 * * *', '30 1 * * 0', '0 0 1 * *', '*/90 * * * *', '0 * * * *']
  assert(
    property(
      constantFrom(...crons),
      integer({ min: 1, max: 40 }),
      integer({ min: 15, max: 400 }),
      (cron, hours, every) => {
        const one = window({ kind: 'recurring', cron, lasts: { days: 0, rest: hours * hour } })
        const from = Date.parse('2026-10-20T00:00:00Z')
        const to = from + 6 * 24 * hour
        const turns = turnsOf(one, { from, to, every: every * minute })
        for (const [index, turn] of turns.entries()) {
          expect(turn.closed).toBe(index % 2 === 0)
          expect(turn.at).toBeGreaterThanOrEqual(turns[index - 1]?.at ?? 0)
        }
        const last = from + Math.floor((to - from) / (every * minute)) * every * minute
        expect(turns.at(-1)?.closed ?? false).toBe(occurrenceAt(one, last) !== undefined)
      },
    ),
    { numRuns: 25 },
  )
})
