import { startTellingNotices, tellNotice } from '../../../src/gateway/webhooks/tell-notices'
import { ChatFailure } from '../../../src/ports/chat'
import { MemoryChat } from '../../support/memory-chat'
import { memoryOutbox } from '../../support/memory-outbox'
import { memoryStore } from '../../support/memory-journal'
import { silentLog } from '../../support/silent-log'
import { VirtualTime } from '../../support/virtual-time'
import { webhookTo } from '../../support/webhooks'

const dead = { webhook: 'billing', kind: 'dead', at: 1, events: 2, status: 503 } as const
const stage = (language: 'en' | 'ko' = 'en') => {
  const time = new VirtualTime()
  const chat = new MemoryChat(() => time.now())
  const memory = memoryOutbox()
  const { posts } = memoryStore({ clock: time })
  const webhooks = [webhookTo('https://hooks.example.com/hunter2', { channel: 'billing-ops', language })]
  const deps = { catalogue: { webhooks }, outbox: memory.outbox, posts, chat, log: silentLog }
  return { ...memory, time, chat, deps }
}

it('people are told in its channel of what was not taken, and what brings it there', async () => {
  const { notices, chat, deps } = stage()
  notices.push(dead)
  await tellNotice(deps, 'one')
  expect(chat.said).toMatchObject([
    {
      channel: 'billing-ops',
      text: [
        '⚠️ The webhook *billing* did not take 2 events in three days.',
        'Its last answer was 503.',
        '2 events are kept for seven days. When it is well again:',
        '`rollcall webhooks replay billing`',
      ].join('\n'),
    },
  ])
  expect(notices).toEqual([])
  await tellNotice(deps, 'one')
  expect(chat.said).toHaveLength(1)
})

it('in Korean, and of one that wants no more', async () => {
  const { notices, chat, deps } = stage('ko')
  notices.push({ ...dead, kind: 'off' })
  await tellNotice(deps, 'one')
  expect(chat.said[0]?.text).toBe(
    [
      '🔕 웹훅 *billing*: 수신 측이 이벤트를 더 이상 받지 않는다고 응답(410)하여 전송을 중단했습니다.',
      '그동안의 이벤트는 7일 동안 보관합니다. 다시 전송하려면 다음을 실행하십시오.',
      '`rollcall webhooks replay billing`',
    ].join('\n'),
  )
})

it('once among all gateways, again where Slack was not reached, and never in the way of the next', async () => {
  const { notices, chat, deps, time } = stage()
  notices.push(dead)
  chat.fault = () => ({ before: new ChatFailure('unreachable') })
  await tellNotice(deps, 'one')
  expect([chat.said.length, notices.length]).toEqual([0, 1])
  // It is still the first one's to tell.
  chat.fault = () => undefined
  await tellNotice(deps, 'other')
  expect(chat.said).toEqual([])
  await time.pass(30_000)
  await tellNotice(deps, 'other')
  expect([chat.said.length, notices.length]).toEqual([1, 0])
  notices.push(dead, { ...dead, webhook: 'gone from the catalogue' }, { ...dead, events: 3 })
  chat.fault = (_, text) =>
    text.includes('2 events') ? { before: new ChatFailure('is_archived') } : undefined
  const stop = startTellingNotices(deps, time)
  await time.pass(20_000)
  expect(notices).toEqual([])
  expect(chat.said.at(-1)?.text).toContain('3 events')
  stop()
})
