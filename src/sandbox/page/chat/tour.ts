import { computed, signal } from '@preact/signals'
import { bots, calls, fleet } from '../state/account'
import { setFault } from '../state/api'
import { typeForThem } from '../state/place'
import { become } from '../state/session'
import { personas } from '../state/workspace'
import { killWorker } from '../tools/worker'

interface Stop {
  id: string
  title: string
  about: string
  button: string
  /** Whether it makes sense now. */
  when: () => boolean
  go: () => void
}

const key = 'rollcall.tour'

const stored = (): string[] => (localStorage.getItem(key) ?? '').split(',').filter((id) => id !== '')

/** Stops that were taken or waved away. */
const done = signal<ReadonlySet<string>>(new Set(stored()))

export const finish = (id: string) => {
  done.value = new Set([...done.value, id])
  localStorage.setItem(key, [...done.value].join(','))
}

const changed = () => calls.value.some((call) => call.mutating)
/** Whether a fleet is being moved: what only drains has left it already. */
const working = () => {
  const now = fleet.value
  if (now === null) return false
  const leaving = new Set(
    now.instances.filter(({ lifecycle = '' }) => lifecycle.startsWith('Terminat')).map(({ id }) => id),
  )
  return (
    now.images.some((image) => image.state === 'pending') ||
    now.groups.some(
      ({ instances, desired, templatePin = '' }) =>
        // Pinned to a number for as long as something rolls.
        /^\d+$/.test(templatePin) || instances.filter((id) => !leaving.has(id)).length !== desired,
    )
  )
}

/** What a newcomer may try, one after the other. */
const stops: Stop[] = [
  {
    id: 'deploy',
    title: 'Deploy something',
    about: 'One line replaces a whole fleet without dropping a request. Then watch the fleet.',
    button: '/asg deploy web v2',
    when: () => !changed(),
    go: () => typeForThem('/asg deploy web v2'),
  },
  {
    id: 'kill',
    title: 'Now pull the plug',
    about: 'Kill the worker in the middle of the deploy. When it is back, it goes on where it was.',
    button: 'Kill the worker',
    when: () => changed() && working(),
    go: () => void killWorker(),
  },
  {
    id: 'break',
    title: 'Deploy something broken',
    about: 'New instances will never get healthy. Rollcall notices, and brings the old fleet back by itself.',
    button: '/asg deploy web v3',
    when: () => changed() && !working(),
    go: () => {
      void setFault({ kind: 'never-healthy' })
      typeForThem('/asg deploy web v3')
    },
  },
  {
    id: 'refused',
    title: 'Be somebody else',
    about: 'mallory may look, but not touch. See what a refusal says.',
    button: 'Become mallory',
    when: () => changed() && !working(),
    go: () => {
      const mallory = personas.value.find((person) => person.name === 'mallory')
      if (mallory) become(mallory.id)
      typeForThem('/asg deploy web v2')
    },
  },
]

/** The first stop that has not been taken and makes sense now; none where there is no bot to answer. */
export const nextStop = computed(() =>
  bots.value.length === 0 ? undefined : stops.find((stop) => !done.value.has(stop.id) && stop.when()),
)
