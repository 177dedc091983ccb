import type { Strategy } from '../catalogue/strategy'
import type { ProcedureName } from './request'

/** Strategies as they were called before; journals hold these words, people and catalogues may still write them. */
export const formerStrategies: Readonly<Record<string, Strategy>> = {
  colors: 'blue-green',
  weighted: 'canary',
}

/** Procedures as they were called before; journals and timers hold these words, catalogues may still write them. */
export const formerProcedures: Readonly<Record<string, ProcedureName>> = {
  refresh: 'update-image',
  follow: 'monitor-event',
  audit: 'detect-drift',
}

interface WithStrategy {
  readonly strategy?: unknown
}
interface WithProcedure extends WithStrategy {
  readonly procedure?: unknown
}

const renamed = (names: Readonly<Record<string, string>>, name: unknown): unknown =>
  typeof name === 'string' && Object.hasOwn(names, name) ? names[name] : name

/** A stored plan with its strategy's name of today. */
export const withPresentStrategy = <T extends object>(plan: T & WithStrategy): T =>
  plan.strategy === undefined ? plan : { ...plan, strategy: renamed(formerStrategies, plan.strategy) }

/** A stored request with its procedure's and its strategy's names of today. */
export const withPresentNames = <T extends object>(request: T & WithProcedure): T => ({
  ...withPresentStrategy(request),
  procedure: renamed(formerProcedures, request.procedure),
})
