import { type Aws, createAws } from '../../../src/sandbox/aws'
import { seedFleet } from '../../../src/sandbox/aws/seed'
import { createJumpingClock, type JumpingClock } from '../../../src/sandbox/clock'
import { clientsOn } from './clients'

export const start = Date.parse('2026-03-02T09:00:00Z')
export const minute = 60_000
export const hour = 60 * minute

export type Lab = ReturnType<typeof lab>

/** The seed fleet on a clock that jumps, behind the real SDK clients. */
export function lab(seed = 1) {
  const clock = createJumpingClock(start)
  const aws = createAws({ clock, seed })
  seedFleet(aws)
  return { clock, aws, ...clientsOn(aws) }
}

/** Lets simulated time pass, event by event, until the condition holds; fails after `limit` milliseconds of it. */
export function passUntil(clock: JumpingClock, condition: () => boolean, limit = 2 * hour): void {
  const deadline = clock.now() + limit
  while (!condition()) {
    const next = clock.nextEventAt()
    if (next === undefined || next > deadline) throw new Error('It did not come to pass within the limit')
    clock.advanceTo(next)
  }
}

/** The group of a name, from inside. */
export function group(aws: Aws, name = 'Web-ASG') {
  const found = aws.world.groups.get(name)
  if (!found) throw new Error(`No group ${name}`)
  return found
}

export const members = (aws: Aws, name = 'Web-ASG') => [...group(aws, name).members.values()]

/** How many members are in each lifecycle state. */
export function states(aws: Aws, name = 'Web-ASG'): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { lifecycle } of members(aws, name)) counts[lifecycle] = (counts[lifecycle] ?? 0) + 1
  return counts
}

/** Every member in service and no other left. */
export const settled = (aws: Aws, name = 'Web-ASG') =>
  members(aws, name).length === group(aws, name).desired &&
  members(aws, name).every((member) => member.lifecycle === 'InService')

/** The wire code of an error that a call gave; the call must fail. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught as { Code?: string; name: string },
  )
  if (!error) throw new Error('The call went through')
  return error.Code ?? error.name
}
