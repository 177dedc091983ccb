/** The simulators' clock: simulated time, and things that happen at a simulated instant, in order. */
export interface VirtualClock {
  /** Milliseconds since the Unix epoch, simulated. */
  now(): number
  /** Runs `event` once the clock reaches `time`; events of one instant run in the order they were asked for. */
  at(time: number, event: () => void): { cancel(): void }
}

/** Where simulated and real time were tied together: now = simulated + (Date.now() - real) * speed. */
interface ClockAnchor {
  readonly simulated: number
  readonly real: number
  readonly speed: number
}

/** Simulated time that passes on its own, `speed` simulated seconds a real second. */
export interface LiveClock extends VirtualClock {
  readonly anchor: ClockAnchor
  /** What this clock showed at a real instant since its start, in milliseconds since the Unix epoch. */
  shownAt(real: number): number
  /** Another pace from now on; what is due keeps its simulated instant. */
  setSpeed(speed: number): void
  /** Lets nothing more happen. */
  stop(): void
}

/** Simulated time for tests: it stands still until it is moved, and moving it runs what falls due. */
export interface JumpingClock extends VirtualClock {
  /** Runs all that is due up to and at `time`, in order, synchronously, and stops there. */
  advanceTo(time: number): void
  advanceBy(milliseconds: number): void
  /** The instant of the next event, if any waits. */
  nextEventAt(): number | undefined
}

interface Entry {
  readonly time: number
  readonly order: number
  readonly event: () => void
  cancelled: boolean
}

/** A binary heap of events by time, then by the order they were asked for. */
class EventQueue {
  private readonly heap: Entry[] = []
  private order = 0

  add(time: number, event: () => void): Entry {
    const entry: Entry = { time, order: this.order++, event, cancelled: false }
    this.heap.push(entry)
    this.rise(this.heap.length - 1)
    return entry
  }

  peek(): Entry | undefined {
    while (this.heap[0]?.cancelled) this.take()
    return this.heap[0]
  }

  take(): Entry | undefined {
    const [first] = this.heap
    const last = this.heap.pop()
    if (last && this.heap.length > 0) {
      this.heap[0] = last
      this.sink(0)
    }
    return first
  }

  private before(a: number, b: number): boolean {
    const [x, y] = [this.heap[a], this.heap[b]]
    if (!x || !y) return false
    return x.time < y.time || (x.time === y.time && x.order < y.order)
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.heap[a], this.heap[b]]
    if (x && y) [this.heap[a], this.heap[b]] = [y, x]
  }

  private rise(start: number): void {
    for (let at = start; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.before(at, parent)) return
      this.swap(at, parent)
      at = parent
    }
  }

  private sink(start: number): void {
    for (let at = start; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) if (this.before(child, least)) least = child
      if (least === at) return
      this.swap(at, least)
      at = least
    }
  }
}

/** Node's timers take at most this many milliseconds. */
const longestTimer = 2 ** 31 - 1

/** A clock on real timers. `start` is simulated epoch milliseconds; `speed` simulated seconds a real second. */
export function createLiveClock({ start, speed }: { start: number; speed: number }): LiveClock {
  const queue = new EventQueue()
  let anchor: ClockAnchor = { simulated: start, real: Date.now(), speed }
  const anchors = [anchor]
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const now = () => anchor.simulated + (Date.now() - anchor.real) * anchor.speed
  const shownAt = (real: number) => {
    const then = anchors.findLast((one) => one.real <= real) ?? anchor
    return then.simulated + (real - then.real) * then.speed
  }
  const arm = () => {
    clearTimeout(timer)
    const next = queue.peek()
    if (!next || stopped) return
    const delay = Math.ceil((next.time - now()) / anchor.speed)
    timer = setTimeout(run, Math.min(Math.max(delay, 0), longestTimer))
    timer.unref()
  }
  const run = () => {
    for (let next = queue.peek(); next && next.time <= now(); next = queue.peek()) {
      if (stopped) return
      queue.take()
      next.event()
    }
    arm()
  }
  return {
    now,
    at(time, event) {
      const entry = queue.add(time, event)
      if (queue.peek() === entry) arm()
      return {
        cancel: () => {
          entry.cancelled = true
        },
      }
    },
    shownAt,
    get anchor() {
      return anchor
    },
    setSpeed(next) {
      anchor = { simulated: now(), real: Date.now(), speed: next }
      anchors.push(anchor)
      arm()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** A clock that stands at `start` until it is told to move. */
export function createJumpingClock(start: number): JumpingClock {
  const queue = new EventQueue()
  let time = start
  const advanceTo = (target: number) => {
    for (let next = queue.peek(); next && next.time <= target; next = queue.peek()) {
      queue.take()
      time = Math.max(time, next.time)
      next.event()
    }
    time = Math.max(time, target)
  }
  return {
    now: () => time,
    at(when, event) {
      const entry = queue.add(when, event)
      return {
        cancel: () => {
          entry.cancelled = true
        },
      }
    },
    advanceTo,
    advanceBy: (milliseconds) => advanceTo(time + milliseconds),
    nextEventAt: () => queue.peek()?.time,
  }
}
