import { type FakeDoor, type Said, startFakeDoor } from '../../support/fake-door'
import { runLine } from '../../support/command-line'

let door: FakeDoor
afterEach(() => door.close())
const opens = async (said: Said) => {
  door = await startFakeDoor(() => said)
  return door.url
}

const webhooks = {
  webhooks: [
    {
      name: 'billing',
      state: 'failing',
      waiting: 4,
      notTaken: 1,
      nextAttemptAt: '2026-12-01T01:01:00.000Z',
      undelivered: [
        {
          at: '2026-11-27T09:00:00.000Z',
          type: 'operation.ended',
          operation: 'web-aaaaa',
          tries: 10,
          status: 500,
        },
      ],
      deliveries: [
        {
          at: '2026-12-01T01:00:00.000Z',
          type: 'operation.ended',
          operation: 'web-k7f3q',
          outcome: 'failed',
          why: 'timeout',
          tries: 3,
        },
        {
          at: '2026-12-01T00:00:00.000Z',
          type: 'service.locked',
          service: 'web',
          outcome: 'delivered',
          status: 204,
          tries: 1,
        },
      ],
    },
  ],
}

test('webhooks list shows how each stands and what was sent of late', async () => {
  const { code, out } = await runLine(['webhooks', 'list'], await opens({ status: 200, body: webhooks }))
  expect([code, door.heard[0]?.method, door.heard[0]?.path]).toEqual([0, 'GET', '/v1/webhooks'])
  expect(out.split('\n')).toEqual([
    'billing · takes nothing now · 4 waiting, 1 not taken · again at 2026-12-01T01:01:00.000Z',
    '  2026-11-27T09:00:00.000Z · operation.ended · web-aaaaa · not taken (500) · attempt 10',
    '  2026-12-01T01:00:00.000Z · operation.ended · web-k7f3q · failed (timeout) · attempt 3',
    '  2026-12-01T00:00:00.000Z · service.locked · web · delivered (204)',
    '',
  ])
})

test('in Korean, and as JSON', async () => {
  const url = await opens({ status: 200, body: webhooks })
  const { out } = await runLine(['webhooks', 'list'], url, { environment: { LANG: 'ko_KR.UTF-8' } })
  expect(out).toContain(
    'billing · 현재 수신하지 못함 · 대기 4건, 미수신 1건 · 다음 시도 2026-12-01T01:01:00.000Z',
  )
  const json = await runLine(['webhooks', 'list', '--json'], url)
  expect(JSON.parse(json.out)).toEqual(webhooks.webhooks[0])
})

test('without any it says so', async () => {
  const { out } = await runLine(['webhooks', 'list'], await opens({ status: 200, body: { webhooks: [] } }))
  expect(out).toBe('rollcall.yaml has no webhooks.\n')
})

test('webhooks replay asks for it, and says what came of it', async () => {
  const said = { webhook: 'billing', replayed: 2, says: '2 events that billing had not taken: sent again.' }
  const { code, out } = await runLine(
    ['webhooks', 'replay', 'billing'],
    await opens({ status: 200, body: said }),
  )
  expect([code, out]).toEqual([0, `${said.says}\n`])
  expect([door.heard[0]?.method, door.heard[0]?.path]).toEqual(['POST', '/v1/webhooks/billing/replay'])
})

test.each([
  [['webhooks', 'replay'], 2, 'webhook is missing'],
  [['webhooks', 'replay', 'Billing!'], 2, 'will not do'],
  [['webhooks'], 2, 'There is no command "webhooks"'],
])('%s is wrong use', async (words, code, says) => {
  const ran = await runLine(words, await opens({ status: 500 }))
  expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(says)])
  expect(door.heard).toEqual([])
})

test('who may not is refused, and what is not there is wrong use', async () => {
  const problem = (status: number) => ({ status, body: { code: 'not_allowed', detail: 'No.', status } })
  expect((await runLine(['webhooks', 'replay', 'billing'], await opens(problem(403)))).code).toBe(3)
  await door.close()
  expect((await runLine(['webhooks', 'replay', 'none'], await opens(problem(404)))).code).toBe(2)
})
