import { languageOf } from '../cli/copy/copy'
import { isFields, textIn } from '../cli/door/json'
import { readOperation, type Operation } from '../cli/door/operation'
import { exitCode } from '../cli/exit-code'
import { run } from '../cli/run'
import type { Surroundings } from '../cli/surroundings'
import { actionCopyOf } from './copy'
import { deploymentOn } from './deployment'
import { hasEnvironment, requestIdToken } from './id-token'
import { readInputs, type Inputs } from './inputs'
import { runnerOf } from './runner'
import { summaryOf } from './summary'

/** Runs the step; gives what its process ends with. */
export const runAction = async (
  surroundings: Omit<Surroundings, 'words' | 'saw' | 'anotherToken' | 'columns'>,
): Promise<number> => {
  const { environment: variables, print } = surroundings
  const inputs = readInputs(variables)
  const copy = actionCopyOf(variables)
  const runner = runnerOf(variables, print)
  const idToken = async (): Promise<string | undefined> => {
    const asked = await requestIdToken(variables, inputs.audience, surroundings.fetch, copy)
    if (!asked.ok) runner.error('Rollcall', asked.why)
    else runner.mask(asked.token)
    return asked.ok ? asked.token : undefined
  }
  const token = inputs.token ?? (await idToken())
  if (token === undefined) return exitCode.notReached
  const { environment, githubToken, version } = inputs
  const shown =
    environment !== undefined && githubToken !== undefined && !inputs.dryRun && !hasEnvironment(token)
  const deployment = shown
    ? deploymentOn(
        variables,
        { environment, token: githubToken, version },
        surroundings.fetch,
        copy,
        runner.warning,
      )
    : undefined

  let operation: Operation | undefined
  let problem: string | undefined
  let last: unknown
  const end = runner.asText()
  const exit = await run(
    {
      ...surroundings,
      words: inputs.words,
      environment: {
        ...variables,
        ...(inputs.url !== undefined && { ROLLCALL_URL: inputs.url }),
        ROLLCALL_TOKEN: token,
      },
      // What goes wrong is told in the log in its place: the runner mixes the two streams up.
      warn: print,
      saw(object) {
        last = object
        const seen = readOperation(object)
        if (seen) {
          operation = seen
          if (seen.ending === undefined) deployment?.begun(seen)
        } else if (isFields(object)) problem = textIn(object, 'detail')
      },
      ...(inputs.token === undefined && {
        async anotherToken() {
          const another = await requestIdToken(variables, inputs.audience, surroundings.fetch, copy)
          return another.ok ? another.token : undefined
        },
      }),
    },
    '',
  )
  end()
  if (operation) await deployment?.ended(operation)
  await runner.outputs(outputsOf(exit, operation, last))
  await runner.summary(
    summaryOf({ copy: languageOf(variables).copy, task: copy.task }, titleOf(inputs), operation, problem),
  )
  if (exit !== exitCode.succeeded)
    runner.error(titleOf(inputs), failureOf(operation) ?? problem ?? copy.seeLog)
  return exit
}

const titleOf = ({ action, service, version }: Inputs): string =>
  ['Rollcall:', action, service, version].filter((word) => word !== undefined).join(' ')

const failureOf = (operation: Operation | undefined): string | undefined =>
  operation &&
  [`${operation.id} ${operation.ending ?? operation.state}`, operation.says, ...operation.left]
    .filter((part) => part !== undefined)
    .join('\n')

/** `result` is versioned: fields are added to it, none is renamed or taken away. */
const outputsOf = (
  exit: number,
  operation: Operation | undefined,
  last: unknown,
): Readonly<Record<string, string>> => ({
  operation: operation?.id ?? '',
  ending: operation?.ending ?? '',
  'reason-code': operation?.code ?? (isFields(last) ? (textIn(last, 'code') ?? '') : ''),
  url: operation?.url ?? '',
  result: JSON.stringify({ version: 1, exit, answer: operation?.whole ?? last ?? null }),
})
