import { getEventListeners } from 'node:events'
import type { QueuedEvent } from '../../../src/ports/event-queue'
import { StoreUnavailable } from '../../../src/ports/failure'
import { receiveOnce, startReceiving } from '../../../src/worker/hints/receive-events'
import { memoryHints } from '../../support/memory-hints'
import { silentLog } from '../../support/silent-log'
import { VirtualTime } from '../../support/virtual-time'

const region = 'ap-northeast-2'
const stage = (events: readonly QueuedEvent[] = []) => {
  let now = 1_000_000
  const clock = { now: () => now, real: (span: number) => span }
  const hints = memoryHints({ clock })
  const woken: string[] = []
  const queue = {
    left: events.map((event, at) => ({ receipt: `r${at}`, event })),
    beats: 0,
    receive: async () => queue.left.slice(0, 10),
    delete: async (receipts: readonly string[]) => {
      queue.left = queue.left.filter(({ receipt }) => !receipts.includes(receipt))
    },
    beat: async () => {
      queue.beats += 1
    },
  }
  const wake = async (id: string) => void woken.push(id)
  const deps = { hints, wakeups: { wake }, clock, log: silentLog }
  return { clock, deps, hints, woken, queue, pass: (span: number) => (now += span) }
}
const ofGroup = (name: string): QueuedEvent => ({ kind: 'subject', subject: `group ${name}` })

describe('a message', () => {
  it('wakes those who follow what it names, and no others; all are deleted', async () => {
    const { deps, hints, woken, queue } = stage([ofGroup('Web-ASG'), ofGroup('nobody'), { kind: 'unknown' }])
    await hints.of('web-1', region).follow(['group Web-ASG'])
    await hints.of('web-2', 'us-east-1').follow(['group Web-ASG'])
    await hints.of('shop-1', region).follow(['group shop-blue'])
    expect(await receiveOnce(deps, { region, queue })).toBe(3)
    expect(woken).toEqual(['web-1'])
    expect(queue.left).toEqual([])
  })
  it('stays in the queue when nobody could be woken', async () => {
    const { deps, hints, queue } = stage([ofGroup('Web-ASG')])
    await hints.of('web-1', region).follow(['group Web-ASG'])
    const wake = async () => {
      throw new StoreUnavailable('gone')
    }
    await expect(receiveOnce({ ...deps, wakeups: { wake } }, { region, queue })).rejects.toThrow('gone')
    expect(queue.left).toHaveLength(1)
  })
})

describe('a heartbeat', () => {
  const liveAfter = async (took: number) => {
    const { clock, deps, hints, queue, pass } = stage([{ kind: 'heartbeat', sentAt: 1_000_000 }])
    pass(took)
    await receiveOnce(deps, { region, queue })
    return { ...(await hints.of('web-1', region).heard()), now: clock.now() }
  }
  it('says that events come through, where it came in time', async () => {
    expect(await liveAfter(4_900)).toMatchObject({ live: true })
    expect(await liveAfter(5_100)).toMatchObject({ live: false })
  })
  it('is sent each minute until it is stopped, and tried again soon when it fails', async () => {
    const { deps, queue } = stage()
    const time = new VirtualTime()
    let refused = 0
    const failing = {
      ...queue,
      receive: () => new Promise<never>(() => {}),
      beat: async () => {
        refused += 1
        if (refused === 1) throw new StoreUnavailable('gone')
      },
    }
    const stop = startReceiving(deps, [{ region, queue: failing }], time)
    await time.pass(4_000)
    expect(refused).toBe(1)
    await time.pass(2_000)
    expect(refused).toBe(2)
    await time.pass(120_000)
    expect(refused).toBe(4)
    stop()
    await time.pass(600_000)
    expect(refused).toBe(4)
  })
})

it('however often it receives, nothing piles up', async () => {
  const { deps, queue } = stage()
  const time = new VirtualTime()
  let signal: AbortSignal | undefined
  let received = 0
  const receive = async (_wait: number, off?: AbortSignal) => {
    received += 1
    signal = off
    if (received >= 50) return new Promise<never>(() => {})
    return []
  }
  const stop = startReceiving(deps, [{ region, queue: { ...queue, receive } }], time)
  for (let turn = 0; turn < 60; turn++) await time.pass(10)
  expect(received).toBe(50)
  expect(signal && getEventListeners(signal, 'abort')).toHaveLength(2)
  stop()
})
