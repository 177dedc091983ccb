import { defined } from '../domain/defined'
import type { Command } from '../domain/interaction/command'
import type { ProcedureName, RequestOf } from '../domain/operation/request'
import { onlyService } from './arguments'
import { missingArgument, type Outcome, parsed, type ParseInput, type Spec, type Starting } from './spec'

type Words = Pick<Spec, 'synonyms' | 'usage' | 'summary' | 'examples'>

/** What differs between two commands that start an operation. */
interface StartingSpec<Name extends ProcedureName>
  extends Words,
    Partial<Pick<Spec, 'options' | 'minWords'>> {
  readonly name: Name
  /** `start` makes the command of a request that is understood. */
  parse(input: ParseInput, start: (request: RequestOf<Name>) => Outcome): Outcome
}

/**
 * What can be said of a closed window by who asks for what it holds. No usage names them: a refusal offers both as
 * buttons, and nobody needs them before.
 */
export const windowOptions = ['override', 'wait-for-window'] as const

/** A command that starts the procedure of its own name; each takes `--dry-run` and `--reason`. */
export const starting = <Name extends ProcedureName>(spec: StartingSpec<Name>): Spec<Starting> => ({
  minWords: 1,
  ...spec,
  // Windows hold not all of them, but whoever types `rollback web --override` in a hurry shall not be stopped by that.
  options: [...(spec.options ?? []), 'dry-run', 'reason', ...windowOptions],
  changes: true,
  starts: spec.name,
  needs: ({ request }) => ({ action: spec.name, service: request.service }),
  parse: (input) =>
    spec.parse(input, (request) => {
      const { reason, 'dry-run': dryRun = false, override, 'wait-for-window': waits } = input.options
      const atWindow = override === undefined && !waits ? undefined : defined({ override, waits })
      return parsed({ name: spec.name, request, ...defined({ why: reason, atWindow }), dryRun })
    }),
})

/** The one service that a command names; where it names none its form opens. */
export const withService = (
  { words, options, catalogue }: ParseInput,
  form: Spec['name'],
  then: (service: string) => Outcome,
): Outcome => {
  const only = onlyService(words, catalogue)
  if (!only.ok) return only
  return only.service === undefined
    ? missingArgument('service', { form, known: {}, options })
    : then(only.service)
}

type LookingName = 'history' | 'schedules' | 'status' | 'windows' | 'handover' | 'stats'

/** A command that only looks, at one service or at all that the person may see. */
export const looking = (
  spec: Words & { readonly name: LookingName },
): Spec<Extract<Command, { name: LookingName }>> => ({
  ...spec,
  options: [],
  minWords: 0,
  changes: false,
  needs: ({ service }) => ({ action: spec.name, ...defined({ service }) }),
  parse({ words, catalogue }) {
    const only = onlyService(words, catalogue)
    return only.ok ? parsed({ name: spec.name, ...defined({ service: only.service }) }) : only
  },
})
