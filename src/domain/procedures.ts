import type { Lock } from './access/lock'
import type { ProcedureName, Request } from './operation/request'

/** What the rest of Rollcall must know of a procedure without knowing what it does. */
type Descriptor =
  /** Only looks: it stands in no queue, waits for nobody's word and holds nothing up. */
  | { readonly readsOnly: true }
  | {
      readonly readsOnly: false
      /** Locks that hold it back. What reduces harm passes all; the freeze holds only what goes forward again. */
      readonly heldBackBy: readonly Lock['kind'][]
      /** Whether a closed window of the calendar holds it back: all that goes forward; of a change of size, a scale-in. */
      readonly heldByWindows: boolean | 'scale-in'
      /** Whether it replaces what serves: only the newest of these offers a rollback by a button. */
      readonly movesFleet: boolean
      /** Whether it brings something new, which a rollback without a name goes back from. */
      readonly goesForward: boolean
      /** Whether what it has done is undone when it fails or is cancelled. Where not, its button warns of that. */
      readonly undoable: boolean
      /** Whether its plan is confirmed by typing the service's name, in a form. */
      readonly confirmedByName?: true
    }

const readsOnly = { readsOnly: true } as const
const forward = {
  readsOnly: false,
  heldBackBy: ['lock', 'freeze'],
  heldByWindows: true,
  goesForward: true,
  undoable: true,
} as const
const lockable = {
  readsOnly: false,
  heldBackBy: ['lock'],
  heldByWindows: true,
  movesFleet: false,
  goesForward: false,
  undoable: true,
} as const

/** What windows are made for, or what is only the end of something that passed. */
const passesWindows = { ...lockable, heldByWindows: false } as const

/** Every procedure, described. */
const procedures: Readonly<Record<ProcedureName, Descriptor>> = {
  deploy: { ...forward, movesFleet: true },
  bake: lockable,
  roll: { ...forward, movesFleet: true },
  swap: { ...forward, movesFleet: true },
  rollback: { ...lockable, heldBackBy: [], heldByWindows: false, movesFleet: true },
  finish: passesWindows,
  scale: { ...lockable, heldByWindows: 'scale-in' },
  schedule: passesWindows,
  reschedule: passesWindows,
  unschedule: passesWindows,
  'monitor-event': readsOnly,
  'detect-drift': readsOnly,
  'monitor-window': readsOnly,
  'update-image': { ...forward, movesFleet: false },
  prune: { ...lockable, undoable: false },
  provision: lockable,
  teardown: { ...lockable, movesFleet: true, undoable: false, confirmedByName: true },
}

export const isProcedure = (name: string): name is ProcedureName => Object.hasOwn(procedures, name)

export const procedureNames: readonly ProcedureName[] = Object.keys(procedures).filter(isProcedure)

const changing = (name: ProcedureName) => {
  const described = procedures[name]
  return described.readsOnly ? undefined : described
}

type Asked = Pick<Request, 'procedure'>

export const isReadOnly = ({ procedure }: Asked): boolean => procedures[procedure].readsOnly

/** The locks that hold a procedure back; none where it only looks or reduces harm. */
export const locksHolding = (name: ProcedureName): readonly Lock['kind'][] => changing(name)?.heldBackBy ?? []

/** What of a procedure a closed window holds back: all, nothing, or what makes a fleet smaller. */
export const heldByWindows = (name: ProcedureName): boolean | 'scale-in' =>
  changing(name)?.heldByWindows ?? false

/** Whether a request replaces what serves. */
export const movesFleet = ({ procedure }: Asked): boolean => changing(procedure)?.movesFleet ?? false

/** Whether a request goes forward of its own accord; a rollback is gone back from only where it is named. */
export const goesForward = ({ procedure }: Asked): boolean => changing(procedure)?.goesForward ?? false

/** Whether a click is not enough to confirm its plan: the service's name has to be typed. */
export const isConfirmedByName = ({ procedure }: Asked): boolean =>
  changing(procedure)?.confirmedByName ?? false

/** Whether what a request has done is undone when it fails or is cancelled. */
export const canBeUndone = ({ procedure }: Asked): boolean => changing(procedure)?.undoable ?? true
