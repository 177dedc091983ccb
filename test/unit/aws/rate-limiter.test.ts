import { RateLimiter } from '../../../src/adapters/aws/client/rate-limiter'
import { VirtualTime } from '../../support/virtual-time'

const clockAt = (speed: number) => ({ now: () => 0, real: (span: number) => span / speed })

/** A pace, and how many of the turns that were asked for have come. */
function taking(limit: { rate: number; burst: number }, speed = 1) {
  const time = new VirtualTime()
  const pace = new RateLimiter(clockAt(speed), time, limit)
  let came = 0
  return {
    time,
    pace,
    came: () => came,
    ask(turns: number, waits = true) {
      for (let turn = 0; turn < turns; turn += 1) void pace.acquire(waits).then(() => (came += 1))
    },
  }
}

describe('the pace of calls', () => {
  it('lets a burst go at once and then keeps to its rate', async () => {
    const { ask, time, came } = taking({ rate: 10, burst: 5 })
    ask(25)
    await time.pass(0)
    expect(came()).toBe(5)
    await time.pass(1_000)
    expect(came()).toBe(15)
    await time.pass(1_000)
    expect(came()).toBe(25)
  })

  it('is as much faster as the clock is', async () => {
    const { ask, time, came } = taking({ rate: 10, burst: 1 }, 20)
    ask(500)
    await time.pass(1_000)
    expect(came()).toBe(201)
  })

  it('holds nothing back where time takes no time', async () => {
    const { ask, time, came } = taking({ rate: 1, burst: 1 }, Number.POSITIVE_INFINITY)
    ask(1_000)
    await time.pass(0)
    expect(came()).toBe(1_000)
  })

  it('halves when AWS throttles, once for a whole burst of refusals, and recovers in twenty seconds', async () => {
    const { ask, time, came, pace } = taking({ rate: 20, burst: 1 })
    for (let refusal = 0; refusal < 10; refusal += 1) pace.onThrottled()
    ask(11)
    await time.pass(1_000)
    expect(came()).toBe(11)
    await time.pass(20_000)
    ask(21)
    await time.pass(1_000)
    expect(came()).toBe(32)
  })

  it('never stops altogether, however long AWS throttles', async () => {
    const { ask, time, came, pace } = taking({ rate: 16, burst: 1 })
    for (let refusal = 0; refusal < 20; refusal += 1) {
      pace.onThrottled()
      await time.pass(1_000)
    }
    pace.onThrottled()
    ask(2)
    await time.pass(1_000)
    expect(came()).toBe(2)
  })

  it('never makes a change wait, but lets the reads after it wait for it', async () => {
    const { ask, time, came } = taking({ rate: 10, burst: 1 })
    ask(5, false)
    await time.pass(0)
    expect(came()).toBe(5)
    ask(1)
    await time.pass(499)
    expect(came()).toBe(5)
    await time.pass(1)
    expect(came()).toBe(6)
  })
})
