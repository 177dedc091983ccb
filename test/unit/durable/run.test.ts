import type { Signal } from '../../../src/domain/operation/operation'
import { reason } from '../../../src/domain/reasons/reason'
import { hour, minute, second } from '../../../src/domain/time/time'
import { type Executed, execute } from '../../../src/durable/execute'
import { announced, done, failed, waiting } from '../../../src/durable/poll'
import { Recorder } from '../../../src/durable/recorder'
import type { Run } from '../../../src/durable/run'
import { AwsFailure, Superseded } from '../../../src/ports/failure'
import { memoryStore } from '../../support/memory-journal'
import { alice, newOperation } from '../../support/operations'
import { stepAt } from '../../support/step-at'

const stage = async ({ asInLife = false } = {}) => {
  let now = 1_000_000
  const clock = { now: () => now, real: (span: number) => (asInLife ? span : 0) }
  const { journal } = memoryStore({ clock })
  await journal.create(newOperation('web-1'), 'd1')
  const recorder = async () => {
    const taken = await journal.acquireLease('web-1')
    if (!taken) throw new Error('no operation')
    return new Recorder(journal, taken.lease, taken.operation)
  }
  return {
    clock,
    journal,
    recorder,
    pass: (span: number) => (now += span),
    tick: async (procedure: (run: Run) => Promise<void>): Promise<Executed> =>
      execute(await recorder(), clock, procedure),
    say: (kind: Signal['kind']) =>
      journal.signal('web-1', { id: `${kind}-${now}`, kind, by: alice, at: now }),
    steps: async () => (await journal.read('web-1'))?.steps ?? [],
    phase: async () => (await journal.read('web-1'))?.phase,
  }
}

/** A switch of the outside world that counts how often it was thrown. */
const world = () => {
  const state = { on: false, thrown: 0 }
  return {
    state,
    throwIt: (run: Run, key = 'task/switch on') =>
      run.step(stepAt('step', key), {
        choose: () => ({ token: 't' }),
        observe: async () => (state.on ? true : undefined),
        act: async () => {
          state.thrown += 1
          state.on = true
          return done(true)
        },
      }),
    undoIt: (run: Run) =>
      run.step(stepAt('step', 'task/switch off'), {
        choose: () => true,
        observe: async () => (state.on ? undefined : true),
        act: async () => {
          state.on = false
          return done(true)
        },
      }),
  }
}

describe('a durable step', () => {
  test('writes its intent before it acts, and its outcome after', async () => {
    const { tick, steps } = await stage()
    let seen: unknown
    await tick(async (run) => {
      await run.step(stepAt('step', 'task/do'), {
        choose: () => ({ name: 'n1' }),
        observe: async () => undefined,
        act: async ({ name }) => {
          seen = (await steps()).map(({ key, state, choice }) => ({ key, state, choice }))
          return done(name)
        },
      })
    })
    expect(seen).toEqual([{ key: 'task/do', state: 'intended', choice: { name: 'n1' } }])
    expect(await steps()).toMatchObject([{ key: 'task/do', state: 'done', outcome: 'n1' }])
  })

  test('is not repeated when the answer was lost: what happened is found', async () => {
    const { tick, pass } = await stage()
    let happened = 0
    const losing = async (run: Run) => {
      await run.step(stepAt('step', 'task/do'), {
        choose: () => true,
        observe: async () => (happened > 0 ? true : undefined),
        act: async () => {
          happened += 1
          throw new AwsFailure('ambiguous', 'Do', 'TimeoutError', 'no answer')
        },
      })
    }
    expect(await tick(losing)).toMatchObject({ kind: 'suspended' })
    pass(10 * second)
    expect(await tick(losing)).toEqual({ kind: 'succeeded' })
    expect(happened).toBe(1)
  })

  test('is not repeated while what was asked for may only not be visible yet, and is once it would be', async () => {
    const { tick, pass } = await stage()
    let asked = 0
    const blind = async (run: Run) => {
      await run.step(stepAt('step', 'task/do'), {
        choose: () => true,
        observe: async () => (asked === 2 ? true : undefined),
        act: async () => {
          asked += 1
          return waiting()
        },
      })
    }
    for (const passed of [2, 5, 10]) {
      expect(await tick(blind)).toMatchObject({ kind: 'suspended' })
      expect(asked).toBe(1)
      pass(passed * second)
    }
    pass(5 * second)
    expect(await tick(blind)).toEqual({ kind: 'succeeded' })
    expect(asked).toBe(2)
  })

  test('is tried again soon when AWS throttled it, for then nothing happened', async () => {
    const { tick, pass } = await stage()
    let asked = 0
    const throttled = async (run: Run) => {
      await run.step(stepAt('step', 'task/do'), {
        choose: () => true,
        observe: async () => undefined,
        act: async () => {
          asked += 1
          if (asked < 3) throw new AwsFailure('throttled', 'Do', 'Throttling', 'Rate exceeded')
          return done(true)
        },
      })
    }
    for (const _ of [1, 2]) {
      expect(await tick(throttled)).toMatchObject({ kind: 'suspended' })
      pass(4 * second)
    }
    expect(await tick(throttled)).toEqual({ kind: 'succeeded' })
  })

  test('keeps the choices of its first try', async () => {
    const { tick, pass } = await stage()
    let asked = 0
    const tokens: unknown[] = []
    const procedure = async (run: Run) => {
      await run.step(stepAt('step', 'task/do'), {
        choose: () => ({ token: `token-${++asked}` }),
        observe: async () => undefined,
        act: async ({ token }) => {
          tokens.push(token)
          if (tokens.length < 3) throw new AwsFailure('throttled', 'Do', 'Throttling', 'Rate exceeded')
          return done(token)
        },
      })
    }
    for (const _ of [1, 2]) {
      expect(await tick(procedure)).toMatchObject({ kind: 'suspended' })
      pass(minute)
    }
    expect(await tick(procedure)).toEqual({ kind: 'succeeded' })
    expect(tokens).toEqual(['token-1', 'token-1', 'token-1'])
  })

  test('gives up after an hour of throttling, and at once when AWS says no', async () => {
    const { tick, pass } = await stage()
    const refusing = (kind: 'throttled' | 'refused') => async (run: Run) => {
      await run.step(stepAt('step', `task/${kind}`), {
        choose: () => true,
        observe: async () => undefined,
        act: async () => {
          throw new AwsFailure(kind, 'Do', 'AccessDenied', 'You are not authorized')
        },
      })
    }
    expect(await tick(refusing('throttled'))).toMatchObject({ kind: 'suspended' })
    pass(hour)
    expect(await tick(refusing('throttled'))).toMatchObject({
      kind: 'failed',
      reason: { code: 'aws_unanswered' },
    })
    expect(await tick(refusing('refused'))).toMatchObject({
      kind: 'failed',
      reason: { code: 'aws_refused', facts: { awsCode: 'AccessDenied', aws: 'You are not authorized' } },
    })
  })

  test('notes since when AWS does not answer, tells people after 20 s, and takes it back with the answer', async () => {
    const { tick, pass, clock, steps } = await stage()
    const began = clock.now()
    let silent = true
    const procedure = async (run: Run) => {
      await run.step(stepAt('step', 'task/do'), {
        choose: () => true,
        observe: async () => undefined,
        act: async () => {
          if (silent) throw new AwsFailure('ambiguous', 'Do', 'HTTP 500', 'an answer without words')
          return waiting()
        },
      })
    }
    const call = { action: 'Do', awsCode: 'HTTP 500', since: began, changing: true }
    await tick(procedure)
    expect((await steps())[0]?.unanswered).toEqual(call)
    for (const _ of [1, 2]) {
      pass(20 * second)
      await tick(procedure)
    }
    expect((await steps())[0]?.unanswered).toEqual({ ...call, told: true })
    silent = false
    pass(30 * second)
    await tick(procedure)
    expect((await steps())[0]?.unanswered).toBeUndefined()
  })

  test('refuses a key that the procedure uses twice', async () => {
    const { tick } = await stage()
    const { throwIt } = world()
    const twice = tick(async (run) => {
      await throwIt(run)
      await throwIt(run)
    })
    await expect(twice).rejects.toThrow('twice')
  })

  test('stops a zombie at its next write, before it acts', async () => {
    const { recorder, clock, tick } = await stage()
    const { state, throwIt } = world()
    const zombie = await recorder()
    await tick(async () => {})
    const late = execute(zombie, clock, async (run) => {
      await throwIt(run)
    })
    await expect(late).rejects.toBeInstanceOf(Superseded)
    expect(state.thrown).toBe(0)
  })
})

describe('a wait', () => {
  const until = (ready: () => boolean) => async (run: Run) => {
    await run.wait(stepAt('wait', 'task/ready'), {
      timeout: 10 * minute,
      onTimeout: () => reason('timed_out', { step: 'task/ready' }),
      poll: async (memory) =>
        ready() ? done(memory ?? 0) : waiting({ percent: 50 }, Number(memory ?? 0) + 1),
    })
  }

  test('gives its slot back until the next shared instant, and remembers what it saw', async () => {
    const { tick, pass, clock, steps } = await stage()
    const suspended = await tick(until(() => false))
    expect(suspended).toEqual({ kind: 'suspended', until: Math.floor(clock.now() / 5_000) * 5_000 + 5_000 })
    pass(5 * second)
    await tick(until(() => false))
    pass(5 * second)
    expect(await tick(until(() => true))).toEqual({ kind: 'succeeded' })
    expect(await steps()).toMatchObject([{ key: 'task/ready', state: 'done', outcome: 2 }])
  })

  test('fails with its own reason when its time is over, and never wakes later than that', async () => {
    const { tick, pass, clock } = await stage()
    const began = clock.now()
    await tick(until(() => false))
    pass(10 * minute - 1)
    expect(await tick(until(() => false))).toEqual({ kind: 'suspended', until: began + 10 * minute })
    pass(1)
    expect(await tick(until(() => false))).toMatchObject({ kind: 'failed', reason: { code: 'timed_out' } })
  })

  test('does not pass on an answer that never came', async () => {
    const { tick, pass, clock, steps } = await stage()
    const blind = async (run: Run) => {
      await run.wait(stepAt('wait', 'task/ready'), {
        timeout: minute,
        onTimeout: () => reason('timed_out', { step: 'task/ready' }),
        poll: async () => {
          throw new AwsFailure('ambiguous', 'Describe', 'InternalFailure', '')
        },
      })
    }
    const began = clock.now()
    expect(await tick(blind)).toMatchObject({ kind: 'suspended' })
    const call = { action: 'Describe', awsCode: 'InternalFailure', aws: '', since: began }
    expect((await steps())[0]?.unanswered).toEqual(call)
    pass(minute)
    expect(await tick(blind)).toMatchObject({ kind: 'suspended' })
    expect((await steps())[0]?.unanswered).toEqual({ ...call, told: true })
    pass(24 * hour)
    expect(await tick(blind)).toMatchObject({
      kind: 'failed',
      reason: { code: 'aws_unanswered', facts: { after: 24 * hour } },
    })
  })
})

describe('time in which nobody looked', () => {
  const ready = (see: (gap: boolean) => boolean) => async (run: Run) => {
    await run.wait(stepAt('wait', 'task/ready'), {
      timeout: 10 * minute,
      onTimeout: () => reason('timed_out', { step: 'task/ready' }),
      poll: async (_memory, _freshness, { gap }) => (see(gap) ? done(true) : waiting()),
    })
  }
  /** Looks as often as a worker does, for so long. */
  const watched = async (
    { tick, pass }: Pick<Awaited<ReturnType<typeof stage>>, 'tick' | 'pass'>,
    span: number,
  ): Promise<Executed | undefined> => {
    let last: Executed | undefined
    for (let passed = 0; passed < span && last?.kind !== 'failed'; passed += 5 * second) {
      pass(5 * second)
      last = await tick(ready(() => false))
    }
    return last
  }

  test('moves the deadline by as much, each time anew', async () => {
    const world = await stage({ asInLife: true })
    await world.tick(ready(() => false))
    await watched(world, 5 * minute)
    for (const away of [hour, 4 * hour]) {
      world.pass(away)
      expect(await world.tick(ready(() => false))).toMatchObject({ kind: 'suspended' })
    }
    expect(await watched(world, 4 * minute)).toMatchObject({ kind: 'suspended' })
    expect(await watched(world, 2 * minute)).toMatchObject({ kind: 'failed', reason: { code: 'timed_out' } })
  })

  test('is told to the look after it, until that was answered', async () => {
    const { tick, pass } = await stage({ asInLife: true })
    const gaps: boolean[] = []
    const looking = ready((gap) => {
      gaps.push(gap)
      return false
    })
    await tick(looking)
    pass(hour)
    await tick(
      ready(() => {
        throw new AwsFailure('ambiguous', 'Describe', 'InternalFailure', '')
      }),
    )
    pass(5 * second)
    await tick(looking)
    pass(5 * second)
    await tick(looking)
    expect(gaps).toEqual([false, true, false])
  })

  test('a clock that is set back makes no wait longer', async () => {
    const world = await stage({ asInLife: true })
    await world.tick(ready(() => false))
    await watched(world, 5 * minute)
    world.pass(-hour)
    await world.tick(ready(() => false))
    expect(await watched(world, 4 * minute)).toMatchObject({ kind: 'suspended' })
    expect(await watched(world, 2 * minute)).toMatchObject({ kind: 'failed' })
  })

  test('does not fail a step whose act AWS has not shown yet', async () => {
    const { tick, pass } = await stage({ asInLife: true })
    let shown = false
    const asked = async (run: Run) => {
      await run.step(stepAt('step', 'task/asked'), {
        choose: () => true,
        observe: async () => (shown ? true : undefined),
        act: async () => waiting(),
      })
    }
    await tick(asked)
    pass(4 * hour)
    expect(await tick(asked)).toMatchObject({ kind: 'suspended' })
    shown = true
    pass(5 * second)
    expect(await tick(asked)).toEqual({ kind: 'succeeded' })
  })
})

describe('the way back', () => {
  test('undoes newest first, each once, and says that it changed something', async () => {
    const { tick } = await stage()
    const order: string[] = []
    const procedure = async (run: Run) => {
      for (const what of ['first', 'second']) {
        run.undo(what, async (back) => {
          await back.step(stepAt('step', `task/undo ${what}`), {
            choose: () => true,
            observe: async () => undefined,
            act: async () => {
              order.push(what)
              return done(true)
            },
          })
        })
      }
      await run.wait(stepAt('wait', 'task/broken'), {
        timeout: minute,
        onTimeout: () => reason('timed_out'),
        poll: async () => failed(reason('refresh_failed', { status: 'Failed' })),
      })
    }
    const ended = { kind: 'failed', reason: { code: 'refresh_failed' }, changed: true, left: [] }
    expect(await tick(procedure)).toMatchObject(ended)
    expect(await tick(procedure)).toMatchObject(ended)
    expect(order).toEqual(['second', 'first'])
  })

  test('goes on with the next when one cannot be undone, and tells what is left', async () => {
    const { tick } = await stage()
    const { state, throwIt, undoIt } = world()
    const ended = await tick(async (run) => {
      run.undo('switch', async (back) => void (await undoIt(back)))
      await throwIt(run)
      run.undo('stuck', async (back) => {
        await back.fail(stepAt('failure', 'task/stuck'), reason('aws_refused', { action: 'Undo', aws: 'no' }))
      })
      await run.fail(stepAt('failure', 'task/over'), reason('group_changed'))
    })
    expect(ended).toMatchObject({
      left: [{ code: 'way_back_failed', facts: { what: 'stuck', code: 'aws_refused', aws: 'no' } }],
    })
    expect(state.on).toBe(false)
  })

  test('leaves alone what was committed', async () => {
    const { tick } = await stage()
    const { state, throwIt, undoIt } = world()
    const ended = await tick(async (run) => {
      run.undo('switch', async (back) => void (await undoIt(back)))
      await throwIt(run)
      run.commit()
      await run.fail(stepAt('failure', 'task/over'), reason('aws_refused'))
    })
    expect(ended).toMatchObject({ kind: 'failed', committed: true, changed: false })
    expect(state.on).toBe(true)
  })

  test('lets everybody see that it was committed, from the next write on', async () => {
    const { tick, phase } = await stage()
    await tick(async (run) => {
      await run.note(stepAt('note', 'task/before'), reason('aws_slow'))
      run.commit()
      await run.note(stepAt('note', 'task/after'), reason('aws_slow'))
    })
    expect(await phase()).toBe('finishing')
  })
})

describe("a person's cancel", () => {
  const procedure =
    ({ throwIt, undoIt }: ReturnType<typeof world>) =>
    async (run: Run) => {
      run.undo('switch', async (back) => void (await undoIt(back)))
      await throwIt(run)
      await run.wait(stepAt('wait', 'task/settle'), {
        timeout: hour,
        onTimeout: () => reason('timed_out'),
        poll: async () => waiting(),
      })
    }

  test('stops at the next safe point, asks, and goes back on that word', async () => {
    const { tick, say, phase } = await stage()
    const outside = world()
    await tick(procedure(outside))
    await say('cancel')
    expect(await tick(procedure(outside))).toMatchObject({ kind: 'suspended' })
    expect(await phase()).toBe('held')
    await say('go back')
    expect(await tick(procedure(outside))).toMatchObject({
      kind: 'failed',
      reason: { code: 'cancelled_by_person' },
    })
    expect(outside.state.on).toBe(false)
  })

  test('goes on where it stopped when told so, and may be stopped again', async () => {
    const { tick, say, phase, pass } = await stage()
    const outside = world()
    await tick(procedure(outside))
    await say('cancel')
    await tick(procedure(outside))
    await say('go on')
    await tick(procedure(outside))
    expect(await phase()).toBe('running')
    pass(minute)
    await say('cancel')
    await tick(procedure(outside))
    expect(await phase()).toBe('held')
  })

  test('goes back by itself when nobody says a word', async () => {
    const { tick, say, pass } = await stage()
    const outside = world()
    await tick(procedure(outside))
    await say('cancel')
    await tick(procedure(outside))
    pass(31 * minute)
    expect(await tick(procedure(outside))).toMatchObject({ reason: { code: 'cancelled_by_person' } })
    expect(outside.state.on).toBe(false)
  })

  test('ends it at once while nothing has been changed', async () => {
    const { tick, say } = await stage()
    const outside = world()
    await say('cancel')
    const ended = await tick(async (run) => void (await outside.throwIt(run)))
    expect(ended).toMatchObject({ kind: 'failed', changed: false, reason: { code: 'cancelled_by_person' } })
    expect(outside.state.thrown).toBe(0)
  })

  test('is handed to a wait that can be interrupted, and asked about after what runs was stopped', async () => {
    const { tick, say, steps } = await stage()
    const outside = world()
    const story = async (run: Run) => {
      run.undo('switch', async (back) => void (await outside.undoIt(back)))
      for (let round = 1; ; round++) {
        await outside.throwIt(run, `task/start ${round}`)
        const end = await run.interruptibleWait(stepAt('wait', `task/run ${round}`), {
          timeout: hour,
          onTimeout: () => reason('timed_out'),
          poll: async () => waiting(),
        })
        if (end !== 'interrupted') return
        outside.state.on = false
        await run.pause(stepAt('pause', `task/stopped ${round}`))
      }
    }
    await tick(story)
    await say('cancel')
    await tick(story)
    expect(await steps()).toMatchObject([{}, { outcome: 'interrupted' }, { key: 'hold/task/stopped 1' }])
    await say('go on')
    await tick(story)
    expect((await steps()).map(({ key, state }) => `${key}: ${state}`)).toEqual([
      'task/start 1: done',
      'task/run 1: done',
      'hold/task/stopped 1: done',
      'task/start 2: done',
      'task/run 2: waiting',
    ])
  })
})

test('an event that comes while a look goes on is not lost, though it wakes nobody', async () => {
  const { clock, recorder, pass } = await stage()
  const began = clock.now()
  let last = began
  const hints = { heard: async () => ({ live: true, last }), follow: async () => true }
  const executed = await execute(
    await recorder(),
    clock,
    (run) =>
      run.wait(stepAt('wait', 'task/slow'), {
        timeout: hour,
        onTimeout: () => reason('timed_out', { step: 'slow' }),
        poll: async () => {
          last = began + second
          pass(5.5 * second)
          return announced(waiting(), ['group Web-ASG'])
        },
      }),
    { hints },
  )
  expect(executed).toEqual({ kind: 'suspended', until: began + 5.5 * second })
})
