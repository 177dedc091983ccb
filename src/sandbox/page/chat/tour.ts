import { computed, signal } from '@preact/signals'
import { setFault } from '../state/api'
import { bots } from '../state/account'
import { typeForThem } from '../state/place'
import { killWorker } from '../tools/worker'

export interface Stop {
  id: string
  title: string
  about: string
  button: string
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

/** What a newcomer may try, one after the other. */
const stops: Stop[] = [
  {
    id: 'deploy',
    title: 'Deploy something',
    about: 'One line replaces a whole fleet without dropping a request. Watch the right side.',
    button: '/asg deploy web v2',
    go: () => typeForThem('/asg deploy web v2'),
  },
  {
    id: 'kill',
    title: 'Now pull the plug',
    about: 'Kill the worker in the middle of the deploy. When it is back, it goes on where it was.',
    button: 'Kill the worker',
    go: () => void killWorker(),
  },
  {
    id: 'break',
    title: 'Deploy something broken',
    about: 'New instances will never get healthy. Rollcall notices, and brings the old fleet back by itself.',
    button: '/asg deploy web v3',
    go: () => {
      void setFault({ kind: 'never-healthy' })
      typeForThem('/asg deploy web v3')
    },
  },
]

/** The next stop that has not been taken; none where there is no bot to answer. */
export const nextStop = computed(() =>
  bots.value.length === 0 ? undefined : stops.find((stop) => !done.value.has(stop.id)),
)
