import type { Effect } from './effects'
import type { Task } from './tasks'

/** Which method of a run a declaration is for. */
export type Kind = 'step' | 'wait' | 'record' | 'note' | 'failure' | 'pause'

/** What the key of a step names besides its task and name, where it is done for several things or several times. */
export type Scope =
  | 'group'
  | 'component'
  | 'template'
  | 'policy'
  | 'action'
  | 'route'
  | 'share'
  | 'image'
  | 'snapshot'
  | 'resource'
  | 'fingerprint'
  | 'way'
  | 'round'

/** What all steps of one kind have in common. */
export interface Declaration<
  K extends Kind = Kind,
  E extends Effect = Effect,
  V extends boolean = boolean,
  S extends Scope = Scope,
> {
  readonly kind: K
  readonly task: Task
  /** What it does, as its key has it; may be empty where the scope says it. */
  readonly name: string
  readonly scope: readonly S[]
  /** What its key has behind the scope. */
  readonly suffix: string
  /** Whether the log has a sentence for it when it went well. */
  readonly visible: V
  /** What it may leave in AWS. */
  readonly effect: E
  /** Whether it takes that back: nothing of the kind is left once it is done. */
  readonly ends: boolean
}

/** A step with its scope: what a run records under one key. */
export interface Step<
  K extends Kind = Kind,
  E extends Effect = Effect,
  V extends boolean = boolean,
  S extends Scope = Scope,
> extends Declaration<K, E, V, S> {
  /** `<task>/<name>[ scope…][ suffix]`. Stored: its text never changes. */
  readonly key: string
  /** The key without rounds: what people are told of it. */
  readonly label: string
}

/** A declaration that needs its scope to become a step. */
export interface ScopedStep<
  K extends Kind = Kind,
  E extends Effect = Effect,
  V extends boolean = boolean,
  S extends Scope = Scope,
> extends Declaration<K, E, V, S> {
  at(scope: { readonly [name in S]: string | number }): Step<K, E, V, S>
}

interface Details {
  readonly suffix?: string
}
interface Visible<V extends boolean> extends Details {
  readonly visible: V
}
interface Leaves<E extends Effect> {
  /** What it may leave in AWS. */
  readonly effect: E
  readonly ends?: undefined
}
interface Ends<E extends Effect> {
  /** Of what nothing is left once it is done. */
  readonly ends: E
}
type Changing<E extends Effect, V extends boolean> = Visible<V> & (Leaves<E> | Ends<E>)
interface Waiting<E extends Effect, V extends boolean> extends Visible<V> {
  readonly ends?: E
}

const keyOf = ({ task, name, suffix }: Declaration, values: readonly string[]): string =>
  `${task}/${[name, ...values, suffix].filter((part) => part !== '').join(' ')}`

const fixed = <K extends Kind, E extends Effect, V extends boolean>(
  declared: Omit<Declaration<K, E, V, never>, 'scope'>,
): Step<K, E, V, never> => {
  const declaration: Declaration<K, E, V, never> = { ...declared, scope: [] }
  const key = keyOf(declaration, [])
  return { ...declaration, key, label: key }
}

const scoped = <K extends Kind, E extends Effect, V extends boolean, S extends Scope>(
  declaration: Declaration<K, E, V, S>,
): ScopedStep<K, E, V, S> => ({
  ...declaration,
  at: (scope) => {
    const { scope: names } = declaration
    return {
      ...declaration,
      key: keyOf(
        declaration,
        names.map((name) => String(scope[name])),
      ),
      label: keyOf(
        declaration,
        names.filter((name) => name !== 'round').map((name) => String(scope[name])),
      ),
    }
  },
})

const isEnding = <E extends Effect>(fields: Leaves<E> | Ends<E>): fields is Ends<E> =>
  fields.ends !== undefined

const changing = <E extends Effect, V extends boolean>(fields: Changing<E, V>) => ({
  suffix: '',
  ...fields,
  effect: isEnding(fields) ? fields.ends : fields.effect,
  ends: isEnding(fields),
})
const awaited = <E extends Effect, V extends boolean>(fields: Waiting<E, V>) => ({
  suffix: '',
  ...fields,
  effect: fields.ends ?? ('none' as const),
  ends: fields.ends !== undefined,
})
const silent = { suffix: '', visible: false, effect: 'none', ends: false } as const

/** The steps of a task are declared with these: each by its name, and `per` what its key names besides. */
export const stepsOf = (task: Task) => {
  /** What neither changes anything nor waits, and has no sentence of its own. */
  const silently = <K extends Kind>(kind: K) =>
    Object.assign(
      (name: string, details: Details = {}) => fixed({ kind, task, name, ...silent, ...details }),
      {
        per: <const S extends Scope>(scope: readonly S[], name: string, details: Details = {}) =>
          scoped({ kind, task, name, scope, ...silent, ...details }),
      },
    )
  return {
    /** A change to AWS, or to Rollcall's own store. */
    step: Object.assign(
      <E extends Effect, V extends boolean>(name: string, fields: Changing<E, V>) =>
        fixed({ kind: 'step', task, name, ...changing(fields) }),
      {
        per: <const S extends Scope, E extends Effect, V extends boolean>(
          scope: readonly S[],
          name: string,
          fields: Changing<E, V>,
        ) => scoped({ kind: 'step', task, name, scope, ...changing(fields) }),
      },
    ),
    /** Something that AWS, or time, has to bring about. */
    wait: Object.assign(
      <V extends boolean, E extends Effect = 'none'>(name: string, fields: Waiting<E, V>) =>
        fixed({ kind: 'wait', task, name, ...awaited(fields) }),
      {
        per: <const S extends Scope, V extends boolean, E extends Effect = 'none'>(
          scope: readonly S[],
          name: string,
          fields: Waiting<E, V>,
        ) => scoped({ kind: 'wait', task, name, scope, ...awaited(fields) }),
      },
    ),
    /** Facts that later steps count on. */
    record: Object.assign(
      <V extends boolean>(name: string, fields: Visible<V>) =>
        fixed({ kind: 'record', task, name, ...silent, ...fields }),
      {
        per: <const S extends Scope, V extends boolean>(
          scope: readonly S[],
          name: string,
          fields: Visible<V>,
        ) => scoped({ kind: 'record', task, name, scope, ...silent, ...fields }),
      },
    ),
    /** Something worth telling that decides nothing: its reason is told, not the step. */
    note: silently('note'),
    /** The point at which a procedure gives up. */
    failure: silently('failure'),
    /** A pause for a person's word, after what ran was stopped. */
    pause: silently('pause'),
  }
}
