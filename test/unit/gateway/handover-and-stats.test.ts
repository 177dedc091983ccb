import { hour, minute } from '../../../src/domain/time/time'
import { catalogue, frontDesk, texts } from '../../support/gateway-deps'
import { faultsOf } from '../../support/block-kit'

const desks = () => {
  const desk = frontDesk({
    readers: {
      of: async (user) => ({ language: user === 'U0BOB' ? 'ko' : 'en', timezone: 'Asia/Seoul' }),
      nameOf: () => undefined,
    },
  })
  return desk
}
const endAll = async (desk: ReturnType<typeof frontDesk>, kind: 'succeeded' | 'rolled back') => {
  for (const { id, ending } of await desk.operations()) {
    if (ending) continue
    const at = desk.time.now()
    await desk.write(id, { phase: 'running', startedAt: at })
    await desk.time.pass(10 * minute)
    await desk.write(id, { ending: { kind, at: desk.time.now(), left: [] } })
  }
}

test('a handover of a quiet day says so', async () => {
  const desk = desks()
  expect(texts(await desk.say('alice', 'handover'))).toContain('All is quiet')
  expect(texts(await desk.say('bob', '인수인계'))).toContain('없습니다')
})

test('a handover tells what runs, is locked, closes, comes up and went wrong, in one message', async () => {
  const now = frontDesk().time.now()
  const times = { kind: 'once' as const, from: now + 3 * hour, until: now + 9 * hour }
  const window = { name: 'year end', services: ['web'], except: [], timezone: 'Asia/Seoul', times }
  const desk = frontDesk({ catalogue: { ...catalogue, windows: [window] } })
  await desk.say('alice', 'deploy web v1')
  await endAll(desk, 'rolled back')
  await desk.say('alice', 'deploy web v2')
  await desk.say('alice', 'lock web "incident 42"')
  const answered = await desk.say('alice', 'handover')
  expect(texts(answered)).toMatch(
    /Runs and waits[^]*Deploy web v2[^]*incident 42[^]*year end[^]*Did not go well[^]*Deploy web v1/,
  )
  expect(answered.acks).toHaveLength(1)
  expect(answered.acks.flatMap((message) => (message ? faultsOf(message) : []))).toEqual([])
})

test('stats say five measures in words with their n, in both languages, and draw the days', async () => {
  const desk = desks()
  for (const kind of ['succeeded', 'rolled back', 'succeeded'] as const) {
    await desk.say('alice', `deploy web ${kind === 'succeeded' ? 'v2' : 'v3'}`)
    await endAll(desk, kind)
    await desk.time.pass(25 * hour)
  }
  const answered = await desk.say('alice', 'stats web')
  expect(texts(answered)).toMatch(
    /frequency: .*2 in all[^]*lead time: not known[^]*fail rate: .*33 % \(1 of 3\)[^]*recovery time: .*10 min \(median, n = 1\)[^]*rework rate: .*0 % \(0 of 2\)/,
  )
  expect(JSON.stringify(answered.acks[0]?.blocks)).toMatch(/[▁▂]×|×[▁▂]/)
  expect(answered.acks.flatMap((message) => (message ? faultsOf(message) : []))).toEqual([])
  expect(texts(await desk.say('bob', '통계 web'))).toMatch(/배포 빈도[^]*변경 실패율[^]*재작업률/)
  expect(texts(await desk.say('alice', 'stats shop'))).toContain('No deploy has ended')
})
