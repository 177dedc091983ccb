import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { hour, minute } from '../../src/domain/time/time'
import { operationMessage } from '../../src/messages/operation/message'
import { newOperation } from '../support/operations'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'
import { onScreen } from '../support/on-screen'
import { confirmPlans } from '../support/confirm-plans'

/** It is 10:00 on Monday, 2 March 2026, in Seoul. */
const at = (time: string) => Date.parse(`2026-03-${time}+09:00`)

type Watch = (simulation: Simulation) => Promise<void> | void
/** A simulation in which alice says yes, and `watch` is called before every tick. */
const simulateWeb = (how: Partial<SimulationOptions> = {}, watch: Watch = () => {}): Simulation =>
  simulate({
    catalogue: catalogueOf(webService()),
    meanwhile: async (simulation) => {
      await confirmPlans(simulation)
      await watch(simulation)
    },
    ...how,
  })

let count = 0
const ask = async (simulation: Simulation, request: Request): Promise<string> => {
  const id = `web-aaa${((count += 1) % 90) + 10}`
  await simulation.start({ ...newOperation(id), request })
  // Followers go on for hours: what was asked for is waited for alone.
  await simulation.untilOver(id)
  return id
}
const event = (
  said: string,
  desired: number,
  more: Partial<Extract<Request, { procedure: 'schedule' }>> = {},
) => ({ procedure: 'schedule', service: 'web', said, desired, ...more }) as const

/** Followers of an event, in the order in which they were started. */
const followers = async (simulation: Simulation): Promise<readonly Operation[]> => {
  const all = await Promise.all([...simulation.known].map((id) => simulation.store.journal.read(id)))
  return all
    .filter((operation) => operation !== undefined)
    .filter(({ request }) => request.procedure === 'monitor-event')
    .toSorted((a, b) => a.createdAt - b.createdAt)
}
const only = <T>(all: readonly T[]): T => {
  const [one] = all
  if (one === undefined || all.length !== 1) throw new Error(`there are ${all.length}, not one`)
  return one
}
const screen = (operation: Operation, now: number, language: 'en' | 'ko' = 'en') =>
  onScreen(operationMessage({ operation, language, timezone: 'Asia/Seoul', now }))

/** What alters anything in AWS. */
const changes = ({ aws }: Simulation, since = 0) => aws.calls(since).filter(({ mutating }) => mutating)
const lastCall = ({ aws }: Simulation) => aws.calls().at(-1)?.sequence ?? 0
const web = ({ aws }: Simulation) => aws.view().groups.find(({ name }) => name === 'Web-ASG')

/** What the follower's message said at some times of the day, each as soon as it was looked at then. */
const readAt = (...times: readonly string[]) => {
  const read = new Map<string, string>()
  return {
    read,
    watch: async (simulation: Simulation) => {
      const now = simulation.clock.now()
      const [one] = (await followers(simulation)).slice(-1)
      if (!one) return
      for (const time of times) if (now >= at(time) && !read.has(time)) read.set(time, screen(one, now))
    },
  }
}

describe('an event is followed', () => {
  test('from an hour before its group goes out until it is in again, in one message', async () => {
    const { read, watch } = readAt('02T19:20', '02T19:55', '02T21:00', '02T23:00:20')
    const simulation = simulateWeb({}, watch)
    await ask(simulation, event('tonight 8pm for 3h', 4, { name: 'Spring live' }))
    const asked = lastCall(simulation)
    await simulation.pass(14 * hour)
    const one = only(await followers(simulation))
    expect(one).toMatchObject({ ending: { kind: 'succeeded' }, requester: { user: 'Rollcall' }, notes: [] })
    expect(one.createdAt).toBe(at('02T18:54'))
    expect(read.get('02T19:20')).toContain('Everything that was checked is ready.')
    expect(read.get('02T19:20')).toMatch(
      /✓ scheduled actions as made · newest image `Web Server v1` · version 1 everywhere · 2 healthy · \d{3} free addresses · \d{4} vCPUs free of the quota/,
    )
    expect(read.get('02T19:55')).toContain('Going out: *2 of 4 healthy*')
    expect(read.get('02T21:00')).toMatch(/\*4 of 4 healthy\*.*On until/)
    expect(read.get('02T21:00')).toMatch(/All 4 were healthy at .*before the start/)
    expect(read.get('02T23:00:20')).toContain('Going back in: 4 instances, 2 are to stay.')
    const summary = screen(one, simulation.clock.now())
    expect(summary).toMatch(
      /^# ✅ Spring live on web\n\*Over\.\* All 4 were healthy .*Going out took \d min (\d+ s)?\. Back at 2/,
    )
    expect(summary.split('\n').slice(2, 6)).toEqual([
      'desired    ▄▄███████████████████▄▄▄',
      'in service ▄▄███████████████████▄▄▄',
      'healthy    ▄▄███████████████████▄▄▄',
      '           19:35  Asia/Seoul  23:19',
    ])
    expect(screen(one, simulation.clock.now(), 'ko')).toContain('목표 ▄▄███')
    // It changes nothing, leaves nothing behind, and looks rarely while nothing happens.
    expect(changes(simulation, asked)).toEqual([])
    expect(await simulation.store.calendar.of('web')).toEqual([])
    const whileOn = simulation.aws
      .calls(asked)
      .filter(({ time }) => time > at('02T20:10') && time < at('02T22:50'))
    expect(whileOn.length).toBeLessThan(80)
    expect(JSON.stringify(one).length).toBeLessThan(8_000)
  })

  test('and tells how long going out takes, where it went out at all', async () => {
    const leadAfter = async (desired: number) => {
      const simulation = simulateWeb()
      for (const day of ['02', '03', '04']) {
        await ask(simulation, event(`2026-03-${day}T20:00 1h`, desired, { max: 6 }))
        await simulation.pass(24 * hour)
      }
      const id = await ask(simulation, event('2026-03-09T20:00 1h', 4))
      const { leadFrom, event: planned } = (await simulation.operation(id)).plan?.schedule ?? {}
      return [leadFrom, planned?.lead]
    }
    expect(await leadAfter(4)).toEqual(['past', expect.any(Number)])
    expect(await leadAfter(2)).toEqual(['usual', 6 * minute])
  })

  test('and the smaller of two that overlap says that the group stays as large as the other asks', async () => {
    const simulation = simulateWeb()
    const small = await ask(simulation, event('tonight 8pm for 2h', 3))
    const large = await ask(simulation, event('tonight 9pm for 2h', 4))
    await simulation.pass(14 * hour)
    const all = await followers(simulation)
    const summaryOf = (id: string) => {
      const one = only(all.filter(({ plan }) => plan?.follow?.id === id))
      return screen(one, simulation.clock.now())
    }
    expect(summaryOf(small)).toContain('The group stays at 4, as is wanted without it.')
    expect(summaryOf(large)).toMatch(/Back at 2 since <[^>]*23:0\d/)
  })

  test('without holding up a deploy', async () => {
    const simulation = simulateWeb()
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(9 * hour + 20 * minute).catch(() => {})
    expect(await simulation.store.journal.queue('web')).toEqual([])
  })

  test('by whoever is not asked to stop: a cancel stops the following, not the event', async () => {
    const simulation = simulateWeb({}, async (it) => {
      const [one] = await followers(it)
      if (!one || it.clock.now() < at('02T20:30')) return
      await it.signal(one.id, { id: 'stop', kind: 'cancel', by: one.plan?.follow?.by ?? one.requester })
    })
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(14 * hour)
    const one = only(await followers(simulation))
    expect(one.ending).toMatchObject({ kind: 'cancelled' })
    expect(screen(one, simulation.clock.now())).toContain(
      '<@U0ALICE> stopped following. The event goes on as scheduled.',
    )
    expect(web(simulation)).toMatchObject({ desired: 2 })
  })
})

describe('readiness', () => {
  /** Somebody else makes a newer image, and deletes the way in. */
  const spoilt = async () => {
    const { read, watch } = readAt('02T19:00', '02T19:40')
    let mend = false
    const simulation = simulateWeb({}, async (it) => {
      await watch(it)
      if (mend && it.clock.now() > at('02T19:30')) {
        mend = false
        const id = (await followers(it))[0]?.plan?.follow?.id ?? ''
        const request = { procedure: 'reschedule', service: 'web', event: id } as const
        await it.start({ ...newOperation('web-mmmmm'), request })
      }
    })
    const id = await ask(simulation, event('tonight 8pm for 3h', 4))
    return { simulation, id, read, thenMend: () => (mend = true) }
  }

  test('says what is not as it should be, with a button for each', async () => {
    const { simulation, id, read } = await spoilt()
    const [source] = await simulation.account.images.instancesTagged({ Name: 'ASG-Web-Instance' })
    const image = { name: 'Web Server v9', description: 'by hand', noReboot: true, tags: { Name: 'by hand' } }
    await simulation.account.images.create({ ...image, instance: source?.id ?? '' })
    await simulation.account.groups.unschedule('Web-ASG', `rollcall ${id} in`)
    await simulation.pass(14 * hour)
    const shown = read.get('02T19:00') ?? ''
    expect(shown).toMatch(/^# ⚠️/)
    expect(shown).toContain('2 things to put right before then:')
    expect(shown).toContain(
      `Somebody changed the scheduled actions of the event \`${id}\` in AWS: the way in is deleted.`,
    )
    expect(shown).toContain(
      'A newer image waits: `Web Server v9`. New instances would launch `Web Server v1`.',
    )
    expect(shown).toContain('[Put the actions right]')
    expect(shown).toContain('[Take the newest image]')
  })

  test('turns good when it was put right', async () => {
    const { simulation, id, read, thenMend } = await spoilt()
    await simulation.account.groups.unschedule('Web-ASG', `rollcall ${id} out`)
    thenMend()
    await simulation.pass(14 * hour)
    expect(read.get('02T19:00')).toContain('the way out is deleted')
    expect(read.get('02T19:40')).toContain('Everything that was checked is ready.')
    expect(screen(only(await followers(simulation)), simulation.clock.now())).toMatch(/^# ✅/)
  })

  test('never says fine of what could not be looked at', async () => {
    const { read, watch } = readAt('02T19:00')
    const simulation = simulateWeb({}, watch)
    await ask(simulation, event('tonight 8pm for 3h', 4))
    simulation.aws.setFault({
      kind: 'error-before',
      action: 'DescribeImages',
      code: 'UnauthorizedOperation',
      status: 403,
    })
    await simulation.pass(14 * hour)
    expect(read.get('02T19:00')).toContain('– Not checked: AWS does not answer `DescribeImages`.')
    expect(read.get('02T19:00')).not.toContain('newest image')
  })

  test.each([
    [
      'processes are suspended',
      (it: Simulation) => it.account.groups.suspend('Web-ASG', ['ScheduledActions']),
      'ScheduledActions',
    ],
    [
      'the sizes were changed by hand',
      (it: Simulation) => it.account.groups.update('Web-ASG', { max: 5 }),
      'goes back to desired 2, min 2, max 4, but it has desired 2, min 2, max 5 now',
    ],
    [
      'the subnets are full',
      async ({ aws }: Simulation): Promise<void> => {
        aws.setFault({ kind: 'few-addresses', addresses: 1 })
      },
      'The subnets of the group `Web-ASG` have only 0 free addresses, and 2 more instances are to come.',
    ],
    [
      'the quota is used up',
      async ({ aws }: Simulation): Promise<void> => {
        aws.setFault({ kind: 'vcpu-quota', vcpus: 1 })
      },
      'quota of vCPUs (1) is too small for what is to come of `t2.micro`: 2 needed, 0 left',
    ],
    [
      'another version would be launched',
      async ({ account, aws, clock }: Simulation) => {
        const template = aws.view().templates.find(({ name }) => name === 'Web')
        const imageId = template?.versions[0]?.imageId ?? ''
        const version = { templateId: template?.id ?? '', from: 1, imageId, description: 'x', token: 'x' }
        await account.templates.createVersion(version)
        clock.advanceBy(minute / 2)
        await account.templates.setDefault(version.templateId, 2, 'y')
      },
      'New instances would launch version `2`, but others run `1`.',
    ],
    [
      'an instance is sick',
      async ({ aws }: Simulation) => {
        const [one] = aws.view().instances.filter(({ group }) => group === 'Web-ASG')
        const instance = aws.world.instances.get(one?.id ?? '')
        if (instance) aws.simulation.emit('instance', Object.assign(instance, { broken: true }))
      },
      'of 2 instances are healthy',
    ],
  ] as const)('tells when %s', async (_what, spoil, said) => {
    const { read, watch } = readAt('02T18:55')
    const simulation = simulateWeb({}, watch)
    await ask(simulation, event('tonight 8pm for 3h', 4))
    simulation.clock.advanceTo(at('02T18:52:30'))
    await spoil(simulation)
    await simulation.pass(14 * hour)
    expect(read.get('02T18:55')).toContain(said)
  })
})

describe('a scale-out that is late', () => {
  test('says so at the hour, in AWS’s words, and when all are healthy after all', async () => {
    const { read, watch } = readAt('02T20:02', '02T20:30')
    let fault: string | undefined
    const simulation = simulateWeb({}, async (it) => {
      await watch(it)
      const now = it.clock.now()
      if (fault === undefined && now >= at('02T19:53')) fault = it.aws.setFault({ kind: 'capacity-shortage' })
      if (now >= at('02T20:08')) it.aws.clearFaults(fault)
    })
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(14 * hour)
    expect(read.get('02T20:02')).toMatch(/^# 🔴/)
    expect(read.get('02T20:02')).toContain('*Late.* Only 2 of 4 instances are healthy.')
    expect(read.get('02T20:02')).toMatch(/AWS says: `We currently do not have sufficient t2\.micro capacity/)
    expect(read.get('02T20:30')).toMatch(/\*Late\.\* All 4 were healthy at .* after the start/)
    const one = only(await followers(simulation))
    expect(one.notes).toMatchObject([{ code: 'event_behind', facts: { healthy: 2, wanted: 4 } }])
    const summary = screen(one, simulation.clock.now())
    expect(summary).toMatch(/^# ⚠️/)
    expect(summary).toMatch(/\d+ launches failed; AWS tried again\./)
  })

  test('because its action is gone is told with a button that scales out now', async () => {
    const { read, watch } = readAt('02T20:02')
    let spoilt = false
    const simulation = simulateWeb({}, async (it) => {
      await watch(it)
      const [one] = await followers(it)
      if (spoilt || !one || it.clock.now() < at('02T19:50')) return
      spoilt = true
      await it.account.groups.unschedule('Web-ASG', `rollcall ${one.plan?.follow?.id} out`)
    })
    await ask(simulation, event('tonight 8pm for 3h', 4, { max: 6 }))
    await simulation.pass(14 * hour)
    expect(read.get('02T20:02')).toContain('The group `Web-ASG` has not gone out: desired is 2, not 4.')
    expect(read.get('02T20:02')).toContain('[Scale to 4 now]')
  })
})

describe('when nobody was there', () => {
  const away = (from: string, to: string): Watch => {
    let gone = false
    return (it) => {
      if (gone || it.clock.now() < at(from)) return
      gone = true
      it.clock.advanceTo(at(to))
    }
  }

  test('at the hour, it tells what AWS remembers, and that nobody looked', async () => {
    const simulation = simulateWeb({}, away('02T19:40', '02T20:30'))
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(14 * hour)
    const summary = screen(only(await followers(simulation)), simulation.clock.now())
    expect(summary).toMatch(
      /4 were in service at <[^>]*19:5[5-8][^>]*>, \d min \d+ s before the start; whether they were healthy then, nobody saw\./,
    )
    expect(summary).toMatch(
      /Rollcall was not there <[^>]*19:54[^>]*> – <[^>]*20:30[^>]*>\. That part is told by AWS/,
    )
    expect(summary).toContain('healthy    ·····███')
  })

  test('over the whole event, it reports afterwards', async () => {
    const simulation = simulateWeb()
    await ask(simulation, event('tonight 8pm for 3h', 4))
    simulation.clock.advanceTo(at('03T02:00'))
    await simulation.pass(hour)
    const one = only(await followers(simulation))
    expect(one.ending).toMatchObject({ kind: 'succeeded' })
    const summary = screen(one, simulation.clock.now())
    expect(summary).toMatch(/4 were in service at <[^>]*19:5[5-8][^>]*>/)
    expect(summary).toMatch(/Back at 2 since <[^>]*23:0\d/)
    expect(summary).toMatch(/in service ▄▄█{15,}▄/)
    expect(summary).toContain('healthy    ····')
    expect(await simulation.store.calendar.of('web')).toEqual([])
  })

  test('for several times of one that recurs, it reports the last and names the others', async () => {
    const simulation = simulateWeb()
    await ask(simulation, event('every day 20:00-22:00', 4))
    simulation.clock.advanceTo(at('04T23:30'))
    await simulation.pass(25 * hour)
    const [first, second, ...more] = await followers(simulation)
    expect(more).toEqual([])
    expect(first?.plan?.follow).toMatchObject({ missed: 2, occurrence: { from: at('04T20:00') } })
    expect(screen(first ?? only([]), simulation.clock.now())).toContain('Nobody followed the 2 times before')
    expect(second?.plan?.follow).toMatchObject({ missed: 0, occurrence: { from: at('05T20:00') } })
  })
})

describe('an event that recurs', () => {
  test('is followed each time, the next one appointed when this one begins', async () => {
    const simulation = simulateWeb()
    await ask(simulation, event('every day 20:00-22:00', 4))
    await simulation.pass(3 * 24 * hour)
    const all = await followers(simulation)
    expect(all.map(({ plan }) => plan?.follow?.occurrence.from)).toEqual(
      ['02', '03', '04'].map((day) => at(`${day}T20:00`)),
    )
    expect(all.map(({ ending }) => ending?.kind)).toEqual(['succeeded', 'succeeded', 'succeeded'])
    expect(await simulation.store.calendar.of('web')).toHaveLength(1)
  })
})

describe('an event that changes while it is followed', () => {
  /** At some time of the day something is asked for, once. */
  const then = (time: string, request: (id: string) => Request) => {
    let asked = false
    return async (it: Simulation) => {
      const id = (await followers(it))[0]?.plan?.follow?.id
      if (asked || id === undefined || it.clock.now() < at(time)) return
      asked = true
      await it.start({ ...newOperation('web-ccccc'), request: request(id) })
    }
  }

  test('taken away in its middle, is followed in again and told to be cut short', async () => {
    const simulation = simulateWeb(
      {},
      then('02T21:00', (id) => ({ procedure: 'unschedule', service: 'web', event: id })),
    )
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(14 * hour)
    const one = only(await followers(simulation))
    expect(one.ending).toMatchObject({ kind: 'succeeded' })
    expect(one.ending?.at).toBeLessThan(at('02T21:45'))
    expect(screen(one, simulation.clock.now())).toContain('*Over.* It was ended early.')
    expect(web(simulation)).toMatchObject({ desired: 2 })
  })

  test('taken away before it begins, is not followed any more', async () => {
    const simulation = simulateWeb(
      {},
      then('02T19:10', (id) => ({ procedure: 'unschedule', service: 'web', event: id })),
    )
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(14 * hour)
    const one = only(await followers(simulation))
    expect(screen(one, simulation.clock.now())).toContain('It was taken off the schedule.')
  })

  test('taken away long before, is never followed', async () => {
    const simulation = simulateWeb()
    const id = await ask(simulation, event('tonight 8pm for 3h', 4))
    await ask(simulation, { procedure: 'unschedule', service: 'web', event: id })
    await simulation.pass(14 * hour)
    expect(await followers(simulation)).toEqual([])
  })

  test('made longer, is followed to its new end', async () => {
    const longer = (id: string): Request => ({
      procedure: 'reschedule',
      service: 'web',
      event: id,
      said: 'until 23:40',
    })
    const simulation = simulateWeb({}, then('02T22:00', longer))
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(14 * hour)
    const one = only(await followers(simulation))
    expect(one.ending?.at).toBeGreaterThan(at('02T23:40'))
    expect(screen(one, simulation.clock.now())).toMatch(/Back at 2 since <[^>]*23:4/)
  })

  test('moved to another day, is followed then', async () => {
    const later = (id: string): Request => ({
      procedure: 'reschedule',
      service: 'web',
      event: id,
      said: 'tomorrow 9pm for 2h',
    })
    const simulation = simulateWeb({}, then('02T19:10', later))
    await ask(simulation, event('tonight 8pm for 3h', 4))
    await simulation.pass(40 * hour)
    const [first, second, ...more] = await followers(simulation)
    expect(more).toEqual([])
    expect(screen(first ?? only([]), simulation.clock.now())).toContain('It was moved to another time')
    expect(second?.plan?.follow?.occurrence.from).toBe(at('03T21:00'))
    expect(second?.ending).toMatchObject({ kind: 'succeeded' })
  })
})

describe('scheduled actions that somebody changed behind our back', () => {
  const audits = async (simulation: Simulation) => {
    const all = await Promise.all([...simulation.known].map((id) => simulation.store.journal.read(id)))
    return all.filter((operation) => operation?.request.procedure === 'detect-drift')
  }

  test('are said within hours, once, with a button that puts them right', async () => {
    const simulation = simulateWeb()
    const id = await ask(simulation, event('friday 8pm for 3h', 4, { name: 'Spring live' }))
    await simulation.account.groups.schedule('Web-ASG', {
      name: `rollcall ${id} out`,
      desired: 3,
      startAt: at('06T21:00'),
    })
    await simulation.pass(2 * 24 * hour)
    const found = await audits(simulation)
    const shown = found.map((operation) => (operation ? screen(operation, simulation.clock.now()) : ''))
    expect(shown).toHaveLength(1)
    expect(shown[0]).toContain(
      `Somebody changed the scheduled actions of the event \`${id}\` (\`Spring live\`) in AWS: the way out is changed.`,
    )
    expect(shown[0]).toContain(`[Put ${id} right]`)
    await ask(simulation, { procedure: 'reschedule', service: 'web', event: id })
    await simulation.pass(24 * hour)
    expect(await audits(simulation)).toHaveLength(1)
    expect((await simulation.operation(id)).ending).toMatchObject({ kind: 'succeeded' })
  })

  test('are not looked for when no event is to come', async () => {
    const simulation = simulateWeb()
    const id = await ask(simulation, event('friday 8pm for 3h', 4))
    await ask(simulation, { procedure: 'unschedule', service: 'web', event: id })
    await simulation.pass(24 * hour)
    expect(await simulation.store.timers.of('web')).toEqual([])
  })
})
