import { endedEntry } from '../../src/domain/record/entry'
import type { ChangingCall, Operation } from '../../src/domain/operation/operation'
import { bob, newOperation } from '../support/operations'
import { catalogueOf, type Simulation, simulate, webService } from '../support/simulation'

/** Calls that changed something, as the simulated AWS counts them. */
const changesIn = ({ aws }: Simulation) =>
  aws
    .calls()
    .filter(({ mutating, error }) => mutating && error === undefined)
    .map(({ action }) => action)

const callsOf = ({ steps }: Operation): readonly ChangingCall[] => steps.flatMap(({ calls = [] }) => calls)

const entryOf = (operation: Operation) => {
  if (!operation.ending) throw new Error(`${operation.id} has not ended`)
  return JSON.parse(JSON.stringify(endedEntry(operation, operation.ending))) as Record<string, unknown>
}

const deploy = { procedure: 'deploy', service: 'web', version: 'v2' } as const

test.each(['refresh', 'replace', 'surge'] as const)(
  'a deploy by %s has every call by which it changed AWS, under the step that made it',
  async (strategy) => {
    const simulation = simulate({ catalogue: catalogueOf(webService()), hearsChanges: true })
    await simulation.start({ ...newOperation('web-aaaaa'), request: { ...deploy, strategy } })
    await simulation.untilEnded()
    const operation = await simulation.operation('web-aaaaa')
    expect(operation.ending?.kind).toBe('succeeded')
    const calls = callsOf(operation).filter(({ error }) => error === undefined)
    expect(calls.map(({ action }) => action).toSorted()).toEqual([...changesIn(simulation)].toSorted())
    // Each by an id of AWS's own.
    expect(new Set(calls.map(({ request }) => request)).size).toBe(calls.length)
    expect(entryOf(operation)).toMatchObject({
      steps: expect.arrayContaining([
        expect.objectContaining({
          key: 'image/create',
          calls: [{ action: 'CreateImage', request: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
        }),
      ]),
    })
  },
)

test('what AWS refused stands there with its code, and so does what was undone then', async () => {
  const simulation = simulate({
    catalogue: catalogueOf(webService()),
    hearsChanges: true,
    prepare: (aws) => {
      aws.setFault({
        kind: 'error-before',
        action: 'StartInstanceRefresh',
        code: 'LimitExceeded',
        status: 400,
      })
    },
  })
  await simulation.start({ ...newOperation('web-aaaaa'), request: deploy })
  await simulation.untilEnded()
  const operation = await simulation.operation('web-aaaaa')
  expect(operation.ending?.kind).not.toBe('succeeded')
  const calls = callsOf(operation)
  expect(calls).toContainEqual(
    expect.objectContaining({ action: 'StartInstanceRefresh', error: 'LimitExceeded' }),
  )
  expect(calls.filter(({ error }) => error === undefined)).toHaveLength(changesIn(simulation).length)
  expect(operation.steps.some(({ key, calls: own }) => key.startsWith('return/') && own)).toBe(true)
})

test('the rule that let it through stands there as it was then, with who agreed', async () => {
  const { services } = catalogueOf(webService())
  const simulation = simulate({
    catalogue: {
      sha256: 'c0ffee',
      services,
      people: new Map([
        ['operators', { users: ['U0ALICE'], groups: [] }],
        ['approvers', { users: ['U0BOB'], groups: [] }],
      ]),
      rules: [
        { service: 'shop', actions: ['*'], allow: ['operators'] },
        {
          service: 'web',
          actions: ['deploy', 'roll'],
          allow: ['approvers', 'operators'],
          approval: { by: 'approvers', count: 1, expires: 3_600_000 },
        },
      ],
    },
    meanwhile: async ({ signal, operation }) => {
      const { phase, plan } = await operation('web-aaaaa')
      if (phase === 'approving' && plan)
        await signal('web-aaaaa', { id: 'ok', kind: 'approve', by: bob, fingerprint: plan.fingerprint })
    },
  })
  await simulation.start({ ...newOperation('web-aaaaa'), request: deploy })
  await simulation.untilEnded()
  expect(entryOf(await simulation.operation('web-aaaaa'))).toMatchObject({
    ending: 'succeeded',
    passed: {
      catalogue: 'c0ffee',
      rule: { service: 'web', actions: ['deploy', 'roll'], allow: ['operators'] },
      approvals: [{ by: 'approvers', count: 1, given: ['U0BOB'] }],
    },
  })
})
