import { type AskableAction, askableActions } from '../../../src/commands/structured'
import { commands } from '../../../src/commands'
import type { ApiResponse } from '../../../src/ports/api'
import type { IdTokens } from '../../../src/ports/id-tokens'
import { doorDesk, told } from '../../support/door'
import { memoryApiRecords } from '../../support/memory-api-records'

// Who may do what at the door: every caller, action, service and path. `ci` has a rule for all of web, `pipeline` one for
// deploys of shop, `nobody` none.

const claims = {
  iss: 'https://token.actions.githubusercontent.com',
  aud: 'rollcall',
  repository_id: '456789',
  ref: 'refs/heads/main',
}
const idTokens: IdTokens = {
  verify: async (token) => ({
    ok: true,
    // Each call has a token of its own.
    value: { ...claims, ref: token.startsWith('main.') ? claims.ref : 'refs/heads/other', jti: token },
  }),
}

/** One that is understood, for each action: about a service, or an operation of it. */
const bodies: Readonly<Record<AskableAction, (service: string, operation: string) => object>> = {
  deploy: (service) => ({ service, version: 'v2' }),
  rollback: (service) => ({ service }),
  swap: (service) => ({ service }),
  finish: (service) => ({ service }),
  cancel: (_, operation) => ({ operation }),
  bake: (service) => ({ service, version: 'v2' }),
  roll: (service) => ({ service, version: 3 }),
  scale: (service) => ({ service, desired: 3 }),
  schedule: (service) => ({ service, when: 'tomorrow 8pm for 3h', desired: 3 }),
  reschedule: (_, operation) => ({ operation, desired: 4 }),
  unschedule: (_, operation) => ({ operation }),
  'update-image': (service) => ({ service }),
  prune: (service) => ({ service }),
  provision: (service) => ({ service }),
  teardown: (service) => ({ service }),
  lock: (service) => ({ service, reason: 'incident' }),
  unlock: (service) => ({ service }),
}

const world = async () => {
  const desk = doorDesk({ idTokens, apiRecords: { ...memoryApiRecords(), count: async () => 0 } })
  const asked = await desk.post({ action: 'deploy', service: 'web', version: 'v1' }, { key: 'of web' })
  const shop = await desk.post(
    { action: 'deploy', service: 'shop', version: 'v1' },
    { key: 'of shop', token: 'main.of.shop' },
  )
  const ids = { web: String(told(asked)['id']), shop: String(told(shop)['id']) }
  let nth = 0
  const callers = {
    ci: () => 'token_of_ci',
    nobody: () => 'token_of_nobody',
    pipeline: () => `main.${++nth}.x`,
    'a token of another branch': () => `other.${++nth}.x`,
    'the reader of an operation of web': () => String(told(asked)['readToken']),
    'an expired token': () => 'token_of_nightly',
    stranger: () => 'made-up',
  }
  return { desk, ids, callers }
}
type World = Awaited<ReturnType<typeof world>>
type Caller = keyof World['callers']

const unknown: readonly Caller[] = ['an expired token', 'stranger']
const services = ['web', 'shop'] as const

/** What is recorded: nothing that is denied may change any of it. */
const state = async ({ desk }: World): Promise<string> =>
  JSON.stringify([await desk.operations(), await desk.locks.all(), desk.woken.length])

const isLetIn = ({ status }: ApiResponse): boolean => status !== 401 && status !== 403

test('every command that changes something can be asked for, but for the approval', () => {
  const changing = commands.filter(({ changes }) => changes).map(({ name }) => name as string)
  expect([...askableActions, 'approve'].toSorted()).toEqual(changing.toSorted())
})

test('at the door everybody does what the rules say, and nothing else', async () => {
  let count = 0
  const wrong: string[] = []
  const expectIn = async (
    what: string,
    caller: Caller,
    may: boolean,
    at: World,
    call: () => Promise<ApiResponse>,
  ) => {
    count += 1
    const before = await state(at)
    const answer = await call()
    if (isLetIn(answer) !== may) wrong.push(`${caller}: ${what} was answered ${answer.status}`)
    if (!may && answer.status !== (unknown.includes(caller) ? 401 : 403))
      wrong.push(`${caller}: ${what} was denied as ${answer.status}`)
    if (!may && (await state(at)) !== before)
      wrong.push(`${caller}: ${what} was denied and changed something`)
  }
  for (const caller of Object.keys((await world()).callers) as Caller[]) {
    let at = await world()
    for (const service of services) {
      for (const action of askableActions) {
        for (const dryRun of [false, true]) {
          if (dryRun && !commands.find(({ name }) => name === action)?.starts) continue
          const may =
            (caller === 'ci' && service === 'web') ||
            // What it has asked for itself it may cancel.
            (caller === 'pipeline' && service === 'shop' && (action === 'deploy' || action === 'cancel'))
          const body = { action, ...bodies[action](service, at.ids[service]), ...(dryRun && { dryRun }) }
          await expectIn(`${action} of ${service}${dryRun ? ', dry' : ''}`, caller, may, at, () =>
            at.desk.post(body, { key: `${service} ${action}`, token: at.callers[caller]() }),
          )
          if (may) at = await world()
        }
      }
    }
    const isMachine = ['ci', 'nobody', 'pipeline'].includes(caller)
    const paths: readonly (readonly [string, boolean])[] = [
      ['/v1/services', isMachine],
      ['/v1/history', isMachine],
      ...services.flatMap((service) => [
        [`/v1/services/${service}`, caller === 'ci' && service === 'web'] as const,
        [`/v1/history?service=${service}`, caller === 'ci' && service === 'web'] as const,
      ]),
      [`/v1/operations/${at.ids.web}`, caller === 'ci' || caller === 'the reader of an operation of web'],
      [`/v1/operations/${at.ids.shop}`, caller === 'pipeline'],
    ]
    for (const [path, may] of paths)
      await expectIn(path, caller, may, at, () => at.desk.get(path, { token: at.callers[caller]() }))
  }
  expect(wrong).toEqual([])
  expect(count).toBeGreaterThan(400)
  process.stdout.write(`the door: ${count} of caller, action, service and path are as the rules say\n`)
})
