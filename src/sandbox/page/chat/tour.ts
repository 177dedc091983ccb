import { computed, signal } from '@preact/signals'
import { bots, calls, fleet } from '../state/account'
import { setFault } from '../state/api'
import { typeForThem } from '../state/place'
import { become, user } from '../state/session'
import { messages, personas } from '../state/workspace'
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
/** Whether the two colors of shop have changed places before, or do now. */
const swapped = () =>
  calls.value.some(({ action }) => action === 'EnterStandby') ||
  (fleet.value?.groups.some(({ name, instances }) => name === 'shop-green' && instances.length > 0) ?? false)

const bob = () => personas.value.find(({ name }) => name === 'bob')

/** Whether an operation waits for somebody's approval: its message has the button for it. */
const awaited = () =>
  Object.values(messages.value).some((channel) =>
    channel.some(({ blocks }) =>
      (blocks as { elements?: { action_id?: string }[] }[]).some(({ elements }) =>
        elements?.some(({ action_id = '' }) => /^approve\b/.test(action_id)),
      ),
    ),
  )

/** Whether a fleet is being moved: what only drains has left it already, and so has what stands by. */
const working = () => {
  const now = fleet.value
  if (now === null) return false
  const leaving = new Set(
    now.instances.filter(({ lifecycle = '' }) => /^(Terminat|Standby$)/.test(lifecycle)).map(({ id }) => id),
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

/** Whether the fleet of lab stands. */
const hasLab = () => fleet.value?.groups.some(({ name }) => name === 'Lab-ASG') ?? false

/** What a newcomer may try, one after the other. */
const stops: Stop[] = [
  {
    id: 'approve',
    title: 'Somebody else has to agree',
    about: 'Whoever asks cannot approve it. bob can: become him, and click Approve in the message.',
    button: 'Become bob',
    when: () => awaited() && user.value !== bob()?.id,
    go: () => {
      const approver = bob()
      if (approver) become(approver.id)
    },
  },
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
    id: 'colors',
    title: 'Swap two colors',
    about:
      'The idle group of shop comes up beside the live one. That stands by then, for a way back in a minute.',
    button: '/asg deploy shop v2',
    when: () => changed() && !working() && !awaited() && !swapped(),
    go: () => typeForThem('/asg deploy shop v2'),
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
    id: 'build',
    title: 'Build a fleet from nothing',
    about: 'One line shows every piece with its price a month. Say Run, and watch it grow piece by piece.',
    button: '/asg provision lab',
    when: () => changed() && !working() && !hasLab(),
    go: () => typeForThem('/asg provision lab'),
  },
  {
    id: 'teardown',
    title: 'And take it down again',
    about:
      'Its name has to be typed. It drains first; the security groups go last, when nothing carries them.',
    button: '/asg teardown lab',
    when: () => !working() && hasLab(),
    go: () => typeForThem('/asg teardown lab'),
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
