import { webhooksSchema } from '../../../src/gateway/api/webhook-schema'
import { doorDesk, told } from '../../support/door'
import { memoryOutbox } from '../../support/memory-outbox'
import { webhookTo } from '../../support/webhooks'

const at = Date.parse('2026-12-01T01:00:00Z')
const event = {
  sequence: 1_796_000_000_000,
  event: { type: 'operation.ended', at, service: 'web', data: { operation: 'web-k7f3q' } },
} as const

const desk = () => {
  const memory = memoryOutbox({
    billing: {
      state: { failures: 3, since: at, until: at + 60_000 },
      size: { waiting: 4, dead: 1, oldest: at },
      deliveries: [
        {
          at,
          sequence: 1,
          type: 'operation.ended',
          service: 'web',
          operation: 'web-k7f3q',
          outcome: 'failed',
          status: 503,
          tries: 3,
          took: 12,
        },
      ],
      dead: [event],
    },
    quiet: { state: { failures: 0, off: 'abc' } },
  })
  const plain = doorDesk()
  const { catalogue } = plain.deps
  const secretly = webhookTo('https://hooks.example.com/T0/hunter2')
  const door = doorDesk({
    outbox: memory.outbox,
    catalogue: {
      ...catalogue,
      webhooks: [secretly, { ...secretly, name: 'quiet', format: 'cloudevents' }],
      rules: [...catalogue.rules, { service: '*', actions: ['webhooks'], allow: ['machines.nightly'] }],
    },
  })
  return { ...door, ...memory }
}
const nightly = { token: 'new_token_of_nightly' }

test('who may sees how each webhook stands, and neither its address nor its secret', async () => {
  const answer = await desk().get('/v1/webhooks', nightly)
  expect(answer.status).toBe(200)
  expect(webhooksSchema.parse(answer.body)).toEqual(answer.body)
  expect(told(answer)).toMatchObject({
    webhooks: [
      {
        name: 'billing',
        state: 'failing',
        failures: 3,
        failingSince: '2026-12-01T01:00:00.000Z',
        nextAttemptAt: '2026-12-01T01:01:00.000Z',
        waiting: 4,
        notTaken: 1,
        deliveries: [{ id: 'evt_1', outcome: 'failed', status: 503, tries: 3, milliseconds: 12 }],
        undelivered: [{ id: 'evt_1796000000000', operation: 'web-k7f3q' }],
      },
      { name: 'quiet', state: 'off', format: 'cloudevents' },
    ],
  })
  expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|HOOK_SECRET/)
})

test('who may has sent again what was not taken', async () => {
  const { send, replayed } = desk()
  const answer = await send('POST', '/v1/webhooks/billing/replay', nightly)
  expect([answer.status, told(answer)]).toMatchObject([
    200,
    { webhook: 'billing', replayed: 1, says: '1 event that billing had not taken: sent again.' },
  ])
  expect(replayed).toEqual(['billing'])
  const korean = await send('POST', '/v1/webhooks/billing/replay', {
    ...nightly,
    headers: { 'accept-language': 'ko' },
  })
  expect(told(korean)['says']).toBe('billing: 전송하지 못한 이벤트 1건을 다시 전송합니다.')
})

test('nobody else does: a rule for one service, or for what an operator does, is not enough', async () => {
  const { send, get, replayed } = desk()
  for (const [as, status] of [
    [{ as: 'ci' }, 403],
    [{ as: 'nobody' }, 403],
    [{ token: 'token_of_nightly' }, 401],
    [{ token: 'made-up' }, 401],
  ] as const) {
    expect((await get('/v1/webhooks', as)).status).toBe(status)
    expect((await send('POST', '/v1/webhooks/billing/replay', as)).status).toBe(status)
    // Who may not is not told which there are.
    expect((await send('POST', '/v1/webhooks/none/replay', as)).status).toBe(status)
  }
  expect(replayed).toEqual([])
})

test('one that there is not is not found', async () => {
  const answer = await desk().send('POST', '/v1/webhooks/none/replay', nightly)
  expect([answer.status, told(answer)['code']]).toEqual([404, 'unknown_webhook'])
})
