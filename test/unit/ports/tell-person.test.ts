import { refusalOf } from '../../../src/domain/interaction/slack-refusal'
import { ChatFailure } from '../../../src/ports/chat'
import { tellPerson } from '../../../src/ports/tell-person'
import { silentLog } from '../../support/silent-log'
import { errorsOf, type Refusing } from '../../support/slack-errors'
import { VirtualTime } from '../../support/virtual-time'

const message = { text: 'done', blocks: [{ type: 'plan' as const, title: 'all of it' }] }

/** Tells alice with a thread, a channel and a response_url; `refuses` says with which code a way is closed. */
const telling = async (
  refuses: (way: Refusing, blocks: readonly { type: string }[]) => string | undefined,
) => {
  const time = new VirtualTime()
  const told: string[] = []
  const way = (name: Refusing) => async (blocks: readonly { type: string }[]) => {
    const code = refuses(name, blocks)
    if (code !== undefined) throw new ChatFailure(code)
    told.push(name)
  }
  const chat = {
    post: async (channel: string, { blocks }: { blocks: readonly { type: string }[] }) => {
      expect(channel).toBe('U0ALICE')
      await way('chat.postMessage')(blocks)
      return { channel: 'D1', ts: '1.0' }
    },
    postEphemeral: (_: string, __: string, { blocks }: { blocks: readonly { type: string }[] }) =>
      way('chat.postEphemeral')(blocks),
    home: (_: string, { blocks }: { blocks: readonly { type: string }[] }) => way('views.publish')(blocks),
  }
  const respond = ({ blocks }: { blocks: readonly { type: string }[] }) => way('response_url')(blocks)
  const route = { user: 'U0ALICE', channel: 'C0OPS', thread: '1.0', respond }
  const telling = tellPerson({ chat, time, log: silentLog }, route, message)
  await time.pass(120_000)
  await telling
  return told
}

const order = ['response_url', 'chat.postEphemeral', 'chat.postMessage', 'views.publish'] as const

test('a person is told once, by the first way there is', async () => {
  expect(await telling(() => undefined)).toEqual(['response_url'])
})

describe('and by the next one where that refuses, whatever its code', () => {
  const cases = order
    .slice(0, 3)
    .flatMap((way, index) => errorsOf(way).map((code) => [way, code, order[index + 1] ?? ''] as const))

  test.each(cases)('%s answers %s', async (way, code, next) => {
    const before = order.slice(0, order.indexOf(way))
    const told = await telling((asked, blocks) => {
      if (before.some((closed) => closed === asked)) return 'expired_url'
      if (asked !== way) return undefined
      // What is wrong with blocks is wrong no more without them.
      return refusalOf(code) === 'content' && blocks[0]?.type === 'section' ? undefined : code
    })
    expect(told).toEqual([refusalOf(code) === 'content' ? way : next])
  })
})

test('what passes by itself is tried again, what does not is not tried for ever', async () => {
  let calls = 0
  expect(await telling(() => (++calls <= 8 ? 'unreachable' : undefined))).toEqual(['response_url'])
  calls = 0
  expect(await telling(() => (++calls, 'channel_not_found'))).toEqual([])
  expect(calls).toBe(order.length)
  calls = 0
  expect(await telling(() => (++calls, 'unreachable'))).toEqual([])
  expect(calls).toBe(5 * order.length)
})
