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

interface Named {
  readonly task: Task
  readonly name: string
  readonly suffix?: string
}
interface Visible<V extends boolean> extends Named {
  readonly visible: V
}
interface Waiting<E extends Effect, V extends boolean> extends Visible<V> {
  readonly effect?: E
  readonly ends?: true
}
interface Changing<E extends Effect, V extends boolean> extends Visible<V> {
  readonly effect: E
  readonly ends?: true
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

const silent = { suffix: '', visible: false, effect: 'none', ends: false } as const

/** A change to AWS, or to Rollcall's own store. */
export const step = Object.assign(
  <E extends Effect, V extends boolean>(fields: Changing<E, V>) =>
    fixed({ kind: 'step', suffix: '', ends: false, ...fields }),
  {
    per: <const S extends Scope, E extends Effect, V extends boolean>(
      scope: readonly S[],
      fields: Changing<E, V>,
    ) => scoped({ kind: 'step', suffix: '', ends: false, ...fields, scope }),
  },
)

/** Something that AWS, or time, has to bring about. */
export const wait = Object.assign(
  <V extends boolean, E extends Effect = 'none'>(fields: Waiting<E, V>) =>
    fixed({ kind: 'wait', ...silent, ...fields }),
  {
    per: <const S extends Scope, V extends boolean, E extends Effect = 'none'>(
      scope: readonly S[],
      fields: Waiting<E, V>,
    ) => scoped({ kind: 'wait', ...silent, ...fields, scope }),
  },
)

/** Facts that later steps count on. */
export const record = Object.assign(
  <V extends boolean>(fields: Visible<V>) => fixed({ kind: 'record', ...silent, ...fields }),
  {
    per: <const S extends Scope, V extends boolean>(scope: readonly S[], fields: Visible<V>) =>
      scoped({ kind: 'record', ...silent, ...fields, scope }),
  },
)

/** Something worth telling that decides nothing: its reason is told, not the step. */
export const note = Object.assign((fields: Named) => fixed({ kind: 'note', ...silent, ...fields }), {
  per: <const S extends Scope>(scope: readonly S[], fields: Named) =>
    scoped({ kind: 'note', ...silent, ...fields, scope }),
})

/** The point at which a procedure gives up. */
export const failure = Object.assign((fields: Named) => fixed({ kind: 'failure', ...silent, ...fields }), {
  per: <const S extends Scope>(scope: readonly S[], fields: Named) =>
    scoped({ kind: 'failure', ...silent, ...fields, scope }),
})

/** A pause for a person's word, after what ran was stopped. */
export const pause = {
  per: <const S extends Scope>(scope: readonly S[], fields: Named) =>
    scoped({ kind: 'pause', ...silent, ...fields, scope }),
}
