import type { App } from '@slack/bolt'
import { type Link, LinkFailure } from '../../../src/adapters/slack/inbound/socket-link'
import { delayBefore, SocketPool } from '../../../src/adapters/slack/inbound/socket-pool'
import { silentLog } from '../../support/silent-log'
import { VirtualTime } from '../../support/virtual-time'

/** Connections that open, fail and end as the test says. */
const pool = (opening: () => Promise<void>) => {
  const time = new VirtualTime()
  const asked: number[] = []
  const links: { end: () => void; closed: boolean }[] = []
  const open = (): Link => {
    asked.push(time.now())
    let end = (): void => {}
    const leaving = new Promise<void>((resolve) => {
      end = resolve
    })
    const link = { end, closed: false }
    links.push(link)
    return {
      opened: opening(),
      leaving,
      close: async () => {
        link.closed = true
        end()
      },
    }
  }
  const options = { appToken: 'xapp-1', apiUrl: 'http://127.0.0.1/', log: silentLog, time }
  return { time, asked, links, pool: new SocketPool({} as App, options, open) }
}

test('two connections are kept, and one that leaves is replaced before it is closed', async () => {
  const { time, links, pool: sockets } = pool(async () => {})
  await sockets.start()
  await time.pass(60_000)
  expect(sockets.standing).toBe(2)
  links[0]?.end()
  await time.pass(1_000)
  expect(sockets.standing).toBe(2)
  expect(links).toHaveLength(3)
  expect(links[0]?.closed).toBe(false)
  await time.pass(5_000)
  expect(links[0]?.closed).toBe(true)
})

test('while Slack refuses, it is asked ever more seldom', async () => {
  const {
    time,
    asked,
    pool: sockets,
  } = pool(async () => {
    throw new LinkFailure(undefined, 'refused')
  })
  void sockets.start()
  await time.pass(60_000)
  const firstMinute = asked.length
  expect(firstMinute).toBeLessThanOrEqual(16)
  await time.pass(600_000)
  expect(asked.length - firstMinute).toBeLessThanOrEqual(62)
  await sockets.stop()
})

test('Slack’s word on how long to wait is kept', async () => {
  const {
    time,
    asked,
    pool: sockets,
  } = pool(async () => {
    throw new LinkFailure(90_000, 'ratelimited')
  })
  void sockets.start()
  await time.pass(89_000)
  expect(asked).toHaveLength(2)
  await sockets.stop()
})

test('connections that Slack opens and ends at once do not become a loop', async () => {
  const { time, asked, links, pool: sockets } = pool(async () => {})
  await sockets.start()
  for (let second = 0; second < 60; second++) {
    for (const link of links) link.end()
    await time.pass(1_000)
  }
  expect(asked.length).toBeLessThanOrEqual(16)
  await sockets.stop()
})

test('after a stop nothing is opened any more, and what stood is closed', async () => {
  const { time, asked, links, pool: sockets } = pool(async () => {})
  await sockets.start()
  await sockets.stop()
  await time.pass(600_000)
  expect(asked).toHaveLength(2)
  expect(links.every(({ closed }) => closed)).toBe(true)
})

test('the pause doubles from a second to half a minute, never shorter than Slack says', () => {
  const middle = () => 0.5
  expect([0, 1, 2, 3, 9].map((failures) => Math.round(delayBefore(failures, 0, middle) / 100))).toEqual([
    0, 8, 17, 33, 251,
  ])
  expect(delayBefore(1, 60_000, middle)).toBe(60_000)
})
