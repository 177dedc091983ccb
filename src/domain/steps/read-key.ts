import { ways } from './fleet'
import { allSteps } from './index'
import { isOnWayBack, ownKey } from './key'
import type { Declaration, Scope } from './step'

/** What a stored key says. */
export interface ReadKey {
  readonly declaration: Declaration
  /** A part of the scope as it stands in the key; undefined where the declaration has no such part. */
  readonly scope: { readonly [name in Scope]?: string }
  readonly onWayBack: boolean
}

const text = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A number, one of few words, or a name that AWS knows: where two names follow each other, the first is one word. */
const partOf = (name: Scope, isLastName: boolean): string => {
  if (name === 'round' || name === 'share') return String.raw`(\d+)`
  if (name === 'way') return `(${ways.join('|')})`
  return isLastName ? '(.+)' : String.raw`(\S+)`
}

const patternOf = ({ task, name, scope, suffix }: Declaration): RegExp => {
  const isName = (part: Scope) => !['round', 'share', 'way'].includes(part)
  const last = scope.findLast(isName)
  const parts = [text(name), ...scope.map((part) => partOf(part, part === last)), text(suffix)]
  return new RegExp(`^${task}/${parts.filter((part) => part !== '').join(' ')}$`)
}

/** The more of a key a declaration says by itself, the surer it is meant; then the more parts it tells apart. */
const bySpecificity = (a: Declaration, b: Declaration): number =>
  b.name.length + b.suffix.length - a.name.length - a.suffix.length || b.scope.length - a.scope.length

const topics: readonly Readonly<Record<string, Declaration>>[] = Object.values(allSteps)

const patterns = topics
  .flatMap((topic) => Object.values(topic))
  .toSorted(bySpecificity)
  .map((declaration) => ({ declaration, pattern: patternOf(declaration) }))

/** Reads a stored key; undefined where no step has such a key, as in a journal of another version. */
export const readKey = (key: string): ReadKey | undefined => {
  const own = ownKey(key)
  for (const { declaration, pattern } of patterns) {
    const match = own.startsWith(`${declaration.task}/`) ? pattern.exec(own) : null
    if (!match) continue
    const [, ...values] = match
    const scope = Object.fromEntries(declaration.scope.map((name, index) => [name, values[index] ?? '']))
    return { declaration, scope, onWayBack: isOnWayBack(key) }
  }
  return undefined
}
