import { minute } from '../../src/domain/time/time'
import { newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'
import { confirmPlans } from '../support/confirm-plans'
import { criticalTime, type Evening, type Gone, most, watchHealth } from './evening'

/** Schedules events one after the other, each when the last is over, and follows each as the worker does. */
export const scheduled = async (seed: number, all: readonly Evening[]): Promise<readonly Gone[]> => {
  const simulation = simulate({ catalogue: catalogueOf(webService()), meanwhile: confirmPlans, seed })
  const { aws, clock } = simulation
  const watch = watchHealth(aws, () => clock.now())
  const first = clock.now()
  const gone: Gone[] = []
  for (const evening of all) {
    const id = `web-bench${evening.day}`
    await simulation.start({ ...newOperation(id), request: requestOf(evening, first) })
    const { ending, plan } = await simulation.untilOver(id)
    const times = plan?.schedule?.event?.times
    if (ending?.kind !== 'succeeded' || times?.kind !== 'once')
      throw new Error(`${id} ended ${ending?.kind}: ${JSON.stringify(ending?.reason)}`)
    const { from: start, outAt: dueAt, inAt } = times
    watch.expect(evening.desired)
    await simulation.pass(inAt + 30 * minute - clock.now())
    const healthyAt = watch.healthyAt()
    gone.push({
      start,
      dueAt,
      healthyAt,
      knownAt: await toldAt(simulation, start),
      critical: criticalTime(aws, dueAt, healthyAt),
      leadFrom: plan?.schedule?.leadFrom ?? '',
    })
  }
  return gone
}

const requestOf = ({ day, hour, minute: minutes, hours, desired }: Evening, first: number) => {
  const date = new Date(first + day * 24 * 60 * minute).toISOString().slice(0, 10)
  const time = [hour, minutes].map((part) => String(part).padStart(2, '0')).join(':')
  return {
    procedure: 'schedule',
    service: 'web',
    said: `${date}T${time} ${hours}h`,
    desired,
    max: most,
  } as const
}

/** When the follower of an event wrote down that all were healthy. */
const toldAt = async ({ store }: Simulation, start: number): Promise<number> => {
  const all = await store.journal.history('web', 5)
  const follower = all.find(({ plan }) => plan?.follow?.occurrence.from === start)
  const seen = follower?.steps
    .filter(({ key }) => key.startsWith('out/healthy'))
    .map(({ outcome }) => outcome as { readonly end: string; readonly at: number })
    .find(({ end }) => end === 'on')
  return seen?.at ?? Number.NaN
}
