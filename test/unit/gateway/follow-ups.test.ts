import { isFollowUpDue } from '../../../src/domain/windows/follow-up'
import { createGateway } from '../../../src/gateway/gateway'
import { hour, minute } from '../../../src/domain/time/time'
import { catalogue, frontDesk } from '../../support/gateway-deps'
import { plan } from '../../support/web-deploy'

const zone = 'Asia/Seoul'
const friday = Date.parse('2026-11-27T18:00:00+09:00')
const monday = Date.parse('2026-11-30T10:00:00+09:00')
const override = { window: 'year end', why: 'customers cannot pay' }
const overridden = {
  plan: { ...plan, override },
  startedAt: friday - hour,
  ending: { kind: 'succeeded', at: friday, left: [] },
} as const

test('what came of an override is asked on the next working day, by the clocks of the service, and not for ever', () => {
  expect(isFollowUpDue(overridden, monday - 1, zone)).toBe(false)
  expect(isFollowUpDue(overridden, monday, zone)).toBe(true)
  expect(isFollowUpDue(overridden, monday + 72 * hour, zone)).toBe(false)
  // Of a Tuesday it is Wednesday; at the same instant clocks elsewhere show another morning.
  const tuesday = { ...overridden, ending: { ...overridden.ending, at: friday + 96 * hour } }
  expect(isFollowUpDue(tuesday, Date.parse('2026-12-02T10:00:00+09:00'), zone)).toBe(true)
  expect(isFollowUpDue(tuesday, Date.parse('2026-12-02T10:00:00+09:00'), 'Europe/London')).toBe(false)
  // Nothing is asked of what overrode nothing, or never began.
  expect(isFollowUpDue({ ...overridden, plan: plan }, monday, zone)).toBe(false)
  expect(isFollowUpDue({ plan: overridden.plan, ending: overridden.ending }, monday, zone)).toBe(false)
})

test.each([
  [
    'en',
    /<@U0ALICE>, <@U0BOB>: .*Deploy web v2.* ran although the window year end was closed: .*customers cannot pay/,
  ],
  ['ko', /<@U0ALICE>, <@U0BOB>: .*year end.*web v2.*customers cannot pay/],
] as const)(
  'whoever overrode and whoever agreed are asked once, in the thread (%s)',
  async (language, asks) => {
    let now = friday - hour
    const services = new Map([...catalogue.services].map(([name, one]) => [name, { ...one, language }]))
    const desk = frontDesk({
      catalogue: { ...catalogue, services },
      clock: { now: () => now, real: (span) => span },
    })
    const { chat, desk: parts, posts } = desk
    const said = { post: chat.post.bind(chat), update: chat.update.bind(chat), find: chat.find.bind(chat) }
    const start = () => createGateway({ ...parts, chat: { ...parts.chat, ...said }, posts }).notifier
    await desk.say('alice', 'deploy web v2')
    const [{ id } = { id: '' }] = await desk.operations()
    const by = { user: 'U0BOB', team: 'T0' }
    await desk.journal.signal(id, { id: 'yes', kind: 'approve', by, at: now })
    await desk.write(id, { phase: 'running', startedAt: now, plan: overridden.plan })
    now = friday
    await desk.write(id, { ending: overridden.ending })
    const asked = () => desk.chat.said.filter(({ text }) => asks.test(text))

    const first = start()
    first.start()
    await desk.time.pass(10 * minute)
    expect(asked()).toEqual([])
    now = monday
    await desk.time.pass(10 * minute)
    expect(asked()).toEqual([expect.objectContaining({ how: 'reply' })])
    await first.stop()
    // Another gateway knows that they were asked.
    start().start()
    await desk.time.pass(10 * minute)
    expect(asked()).toHaveLength(1)
  },
)
