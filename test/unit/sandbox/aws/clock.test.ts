import { createJumpingClock, createLiveClock } from '../../../../src/sandbox/clock'

describe('a clock that jumps', () => {
  test('runs what is due in order of time, and of one instant in the order it was asked for', () => {
    const clock = createJumpingClock(0)
    const seen: string[] = []
    clock.at(20, () => seen.push(`late at ${clock.now()}`))
    clock.at(10, () => seen.push(`first at ${clock.now()}`))
    clock.at(10, () => seen.push(`second at ${clock.now()}`))
    clock.advanceTo(15)
    expect(seen).toEqual(['first at 10', 'second at 10'])
    expect(clock.now()).toBe(15)
    expect(clock.nextEventAt()).toBe(20)
    clock.advanceBy(5)
    expect(seen).toContain('late at 20')
  })

  test('runs what an event asks for on the way, and nothing that was cancelled', () => {
    const clock = createJumpingClock(0)
    const seen: number[] = []
    clock.at(1, () => clock.at(2, () => seen.push(clock.now())))
    clock.at(3, () => seen.push(clock.now())).cancel()
    clock.advanceTo(10)
    expect(seen).toEqual([2])
    expect(clock.nextEventAt()).toBeUndefined()
  })

  test('keeps its order with many events', () => {
    const clock = createJumpingClock(0)
    const seen: number[] = []
    for (let count = 0; count < 500; count += 1) {
      const time = (count * 7919) % 501
      clock.at(time, () => seen.push(time))
    }
    clock.advanceTo(1000)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen).toHaveLength(500)
  })
})

describe('a live clock', () => {
  test('knows what it showed at an instant before its speed changed', () => {
    const clock = createLiveClock({ start: 5_000, speed: 1_000 })
    const { real } = clock.anchor
    clock.setSpeed(1)
    expect(clock.shownAt(real)).toBe(5_000)
    expect(clock.shownAt(clock.anchor.real + 500)).toBe(clock.anchor.simulated + 500)
    clock.stop()
  })

  test('reaches an instant that is hours away within moments, at its speed, and not before it', async () => {
    const clock = createLiveClock({ start: 0, speed: 1_000_000 })
    const due = 2 * 3_600_000
    const ranAt = await new Promise<number>((resolve) => clock.at(due, () => resolve(clock.now())))
    expect(ranAt).toBeGreaterThanOrEqual(due)
    clock.stop()
  })

  test('goes on from where it is when its speed changes', () => {
    const clock = createLiveClock({ start: 5_000, speed: 1_000 })
    clock.setSpeed(2)
    expect(clock.anchor.speed).toBe(2)
    expect(clock.anchor.simulated).toBeGreaterThanOrEqual(5_000)
    expect(clock.now()).toBeGreaterThanOrEqual(clock.anchor.simulated)
    clock.stop()
  })
})
