import type { Operation } from '../cli/door/operation'
import type { ActionCopy } from './copy'

type Variables = Readonly<Record<string, string | undefined>>

/** A deployment on GitHub's page of the repository, written by the job's own token. */
export interface Deployment {
  /** The operation goes on. */
  begun(operation: Operation): void
  /** How it ended; undefined where that is not known. Resolves when GitHub has it, or has not. */
  ended(operation: Operation): Promise<void>
}

/** GitHub's word for each ending (REST API, "Create a deployment status"). */
const states: Readonly<Record<string, string>> = {
  succeeded: 'success',
  rolled_back: 'failure',
  failed_clean: 'failure',
  needs_attention: 'failure',
  refused: 'error',
  cancelled: 'inactive',
}
/** GitHub cuts nothing: a longer description is refused. */
const longestDescription = 140

interface Place {
  readonly environment: string
  readonly token: string
  readonly version: string | undefined
}

/** Nothing that goes wrong here changes the fleet or the step's result: it is a warning. */
export const deploymentOn = (
  variables: Variables,
  { environment, token, version }: Place,
  ask: typeof fetch,
  copy: ActionCopy,
  warn: (message: string) => void,
): Deployment => {
  const { GITHUB_API_URL: api = 'https://api.github.com', GITHUB_REPOSITORY: repository = '' } = variables
  const logUrl = `${variables['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/actions/runs/${variables['GITHUB_RUN_ID'] ?? ''}`
  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await ask(`${api}/repos/${repository}/deployments${path}`, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(20_000),
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'rollcall-action',
        'x-github-api-version': '2022-11-28',
      },
      body: JSON.stringify(body),
    })
    if (response.ok) return response.json()
    const hint = response.status === 403 ? `; ${copy.deploymentsRight}` : ''
    throw new Error(`HTTP ${response.status}${hint}`)
  }
  const statusOf = (state: string, { id, says }: Operation) => ({
    state,
    environment,
    log_url: logUrl,
    description: `${id}${says === undefined ? '' : `: ${says}`}`.slice(0, longestDescription),
  })
  let made: Promise<number | undefined> | undefined

  const make = async (operation: Operation): Promise<number | undefined> => {
    const created = await post('', {
      ref: variables['GITHUB_SHA'],
      environment,
      // The commit is deployed as it is, whatever else is still checked: Rollcall's rules decide.
      auto_merge: false,
      required_contexts: [],
      description: `Rollcall ${operation.id}`,
      payload: { operation: operation.id, ...(version !== undefined && { version }) },
    })
    const id =
      typeof created === 'object' && created !== null && 'id' in created && typeof created.id === 'number'
        ? created.id
        : undefined
    if (id === undefined) throw new Error('no id in the answer')
    await post(`/${id}/statuses`, statusOf('in_progress', operation))
    return id
  }
  const failed = (error: unknown): undefined => {
    warn(copy.notShown(error instanceof Error ? error.message : String(error)))
    return undefined
  }
  return {
    begun(operation) {
      made ??= make(operation).catch(failed)
    },
    async ended(operation) {
      const id = await made
      const state = operation.ending === undefined ? undefined : states[operation.ending]
      if (id === undefined || state === undefined) return
      await post(`/${id}/statuses`, statusOf(state, operation)).catch(failed)
    },
  }
}
