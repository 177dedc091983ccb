import { hour } from '../../../src/domain/time/time'
import { doorDesk, told } from '../../support/door'

const closed = () => {
  const desk = doorDesk()
  const now = desk.time.now()
  const window = {
    name: 'year end',
    services: ['*'],
    except: [],
    timezone: 'Asia/Seoul',
    times: { kind: 'once' as const, from: now - hour, until: now + 5 * hour },
  }
  const { catalogue } = desk.desk
  const override = { by: 'approvers', count: 1, expires: hour }
  return { now, desk: doorDesk({ catalogue: { ...catalogue, windows: [window], override } }) }
}
const deploy = { action: 'deploy', service: 'web', version: 'v2' }

test('a closed window is in the way of a machine too, and says when it opens', async () => {
  const { desk, now } = closed()
  const refused = await desk.post(deploy, { key: 'k' })
  expect(refused.status).toBe(409)
  expect(told(refused)).toMatchObject({
    code: 'window_closed',
    retryAt: new Date(now + 5 * hour).toISOString(),
  })
})

test('a machine may wait in line, or ask for an override that a person agrees to', async () => {
  const { desk } = closed()
  expect((await desk.post({ ...deploy, waitForWindow: true }, { key: 'a' })).status).toBe(202)
  const override = 'customers cannot pay'
  const { id } = told(await desk.post({ ...deploy, override }, { key: 'b' }))
  expect(await desk.journal.read(String(id))).toMatchObject({ atWindow: { override } })
})
