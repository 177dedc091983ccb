import type { Catalogue, Rule, Service } from '../../src/domain/catalogue/catalogue'
import { machineId, type Person } from '../../src/domain/access/person'
import type { Operation, Signal } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { hour, minute } from '../../src/domain/time/time'
import type { ChangeWindow } from '../../src/domain/windows/change-window'
import { ids } from '../../src/sandbox/aws/seed-network'
import { confirmPlans } from '../support/confirm-plans'
import { alice, bob, newOperation } from '../support/operations'
import { sandboxService } from '../support/sandbox-service'
import { colorOf, shopService } from '../support/shop'
import {
  catalogueOf,
  type Simulation,
  simulate,
  type SimulationOptions,
  webService,
} from '../support/simulation'
import { imageByHand, madeByRollcall } from '../support/templates'

/* Cells of docs/features-together.md that no other test shows. A simulation begins at 10:00 on 2 March 2026 in Seoul. */

const begin = Date.parse('2026-03-02T01:00:00Z')
const day = 24 * hour
const at = (time: string): number => Date.parse(`2026-03-${time}+09:00`)

const closed = (from = -hour, until = 3 * day): ChangeWindow => ({
  name: 'quarter end',
  services: ['*'],
  except: [],
  why: 'books are closed',
  timezone: 'Asia/Seoul',
  times: { kind: 'once', from: begin + from, until: begin + until },
})
const tag = { Name: 'web-server' }
const nightly: Partial<Service> = {
  image: {
    name: 'Web Server {version}',
    from: { tag: { Name: 'ASG-Web-Instance' } },
    newest: { name: 'AWSBackup_*', tag, daily: '02:00' },
  },
}
const people: Catalogue['people'] = new Map([
  ['operators', { users: [alice.user], groups: [] }],
  ['approvers', { users: [bob.user], groups: [] }],
])
const everything: Rule = { service: '*', actions: ['*'], allow: ['operators'] }
const approved = (action: Rule['actions'][number], allow: readonly string[] = ['operators']): Rule => ({
  service: '*',
  actions: [action],
  allow,
  approval: { by: 'approvers', count: 1, expires: hour },
})

type How = Partial<SimulationOptions> & {
  readonly service?: Service
  readonly more?: Partial<Catalogue>
}
const world = ({ service = webService(), more = {}, ...how }: How = {}): Simulation =>
  simulate({
    catalogue: { ...catalogueOf(service), people, ...more },
    meanwhile: confirmPlans,
    ...how,
  })
const web = (how: How = {}) => world({ guard: { targetGroup: 'Web-TG', minimum: 2 }, ...how })

let count = 0
const begun = (simulation: Simulation, request: Request, more: { readonly requester?: Person } = {}) =>
  simulation.start({
    ...newOperation(`${request.service}-t${String((count += 1)).padStart(4, '0')}`, request.service),
    request,
    ...more,
  })
const ran = async (...all: Parameters<typeof begun>): Promise<Operation> =>
  all[0].untilOver(await begun(...all))
const codeOf = ({ ending }: Operation) => ending?.reason?.code ?? ending?.kind

const deploy = (version = 'v2', service = 'web') => ({ procedure: 'deploy', service, version }) as const
const rollback = (service = 'web') => ({ procedure: 'rollback', service }) as const
const scale = (desired: number, service = 'web') => ({ procedure: 'scale', service, desired }) as const
const schedule = (said: string, desired: number, service = 'web') =>
  ({ procedure: 'schedule', service, said, desired, min: desired, max: Math.max(desired, 4) }) as const
const of = (
  procedure: 'prune' | 'update-image' | 'provision' | 'teardown' | 'swap' | 'finish',
  service = 'web',
) => ({ procedure, service }) as const

const group = ({ aws }: Simulation, name = 'Web-ASG') => {
  const found = aws.view().groups.find((one) => one.name === name)
  return found && { desired: found.desired }
}
const serving = ({ aws }: Simulation) =>
  aws
    .view()
    .instances.filter((one) => one.group === 'Web-ASG' && one.lifecycle === 'InService')
    .map((one) => one.templateVersion)
const history = async ({ store }: Simulation, service = 'web') => store.journal.history(service, 50)
const lock = { kind: 'lock', service: 'web', why: 'incident 42', by: bob, since: begin } as const

/** Says a word once, as soon as an operation stands as asked. */
const saying = (
  when: (operation: Operation) => boolean,
  word: Signal['kind'],
  by: Person = alice,
): NonNullable<SimulationOptions['meanwhile']> => {
  const said = new Set<string>()
  return async (now) => {
    await confirmPlans(now)
    for (const id of await now.store.journal.unfinished()) {
      const operation = await now.operation(id)
      const fingerprint = operation.plan?.fingerprint
      if (said.has(id) || !when(operation)) continue
      said.add(id)
      await now.signal(id, { id: `${word} ${id}`, kind: word, by, ...(fingerprint && { fingerprint }) })
    }
  }
}
const isAt = (procedure: Request['procedure'], key: RegExp) => (operation: Operation) =>
  operation.request.procedure === procedure && operation.steps.some((step) => key.test(step.key))
const approving = ({ phase }: Operation) => phase === 'approving'

describe('in line, each of two ends as it may, and no change of the one falls into the other', () => {
  const requests: readonly Request[] = [
    deploy(),
    rollback(),
    scale(3),
    schedule('today 20:00 for 3h', 4),
    of('update-image'),
    of('prune'),
    { procedure: 'bake', service: 'web', version: 'v7', reboot: false },
  ]
  const pairs = requests.flatMap((first) => requests.map((second) => [first, second] as const))
  test.each(pairs.map(([first, second]) => [first.procedure, second.procedure, first, second] as const))(
    '%s, then %s',
    async (_, __, first, second) => {
      const simulation = web()
      const both = [await begun(simulation, first), await begun(simulation, second)]
      await simulation.untilEnded()
      const [one, two] = await Promise.all(both.map((id) => simulation.operation(id)))
      for (const operation of [one, two]) expect(operation?.ending?.kind).toMatch(/^(succeeded|refused)$/)
      // While one waits for a person's word, the other may go first.
      const [earlier, later] = [one, two].toSorted((a, b) => (a?.startedAt ?? 0) - (b?.startedAt ?? 0))
      if (earlier?.startedAt !== undefined)
        expect(later?.startedAt).toBeGreaterThanOrEqual(earlier.ending?.at ?? Number.POSITIVE_INFINITY)
      expect(simulation.violations).toEqual([])
      expect(new Set(serving(simulation)).size).toBe(1)
    },
  )
})

describe('a lock', () => {
  test('that comes while a deploy is under way does not stop it, and holds the next one', async () => {
    let locked = false
    const simulation = web({
      meanwhile: async (now) => {
        const [id] = await now.store.journal.unfinished()
        if (locked || id === undefined || (await now.operation(id)).phase !== 'running') return
        locked = true
        await now.store.locks.set(lock)
      },
    })
    expect(codeOf(await ran(simulation, deploy()))).toBe('succeeded')
    expect(locked).toBe(true)
    expect(codeOf(await ran(simulation, deploy('v3')))).toBe('locked')
  })

  test('holds scheduling, and no event that stands in AWS', async () => {
    const simulation = web()
    await ran(simulation, schedule('today 20:00 for 3h', 4))
    await simulation.store.locks.set(lock)
    expect(codeOf(await ran(simulation, schedule('tomorrow 20:00 for 3h', 4)))).toBe('locked')
    simulation.clock.advanceTo(at('02T20:10'))
    expect(group(simulation)).toEqual({ desired: 4 })
    simulation.clock.advanceTo(at('02T23:10'))
    expect(group(simulation)).toEqual({ desired: 2 })
  })

  test('holds building and taking down', async () => {
    const simulation = world({ service: sandboxService('lab') })
    const held = { ...lock, service: 'lab' }
    await simulation.store.locks.set(held)
    expect(codeOf(await ran(simulation, of('provision', 'lab')))).toBe('locked')
    await simulation.store.locks.clear('lab', 'lock')
    expect(codeOf(await ran(simulation, of('provision', 'lab')))).toBe('succeeded')
    await simulation.store.locks.set(held)
    expect(codeOf(await ran(simulation, of('teardown', 'lab')))).toBe('locked')
  })
})

describe('an event', () => {
  test('that is on in the night of an update keeps its sizes, and what it launches then is the newest', async () => {
    const seen: { desired?: number; images?: readonly string[] } = {}
    const simulation = web({
      service: webService(nightly),
      meanwhile: async (now) => {
        await confirmPlans(now)
        if (seen.desired === undefined && now.clock.now() > at('03T02:30')) {
          const desired = group(now)?.desired
          if (desired !== undefined) seen.desired = desired
          const [member] = now.aws.world.groups.get('Web-ASG')?.members.keys() ?? []
          if (member !== undefined) await now.account.groups.terminate(member, { decrement: false })
        }
        if (seen.images === undefined && now.clock.now() > at('03T03:00'))
          seen.images = [...now.aws.world.instances.values()].map(({ imageId }) => imageId)
      },
    })
    await simulation.begin()
    await ran(simulation, schedule('today 20:00 for 12h', 4))
    const image = imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    await simulation.pass(at('03T08:30') - simulation.clock.now())
    const update = (await history(simulation)).find(({ request }) => request.procedure === 'update-image')
    expect(update?.ending?.kind).toBe('succeeded')
    expect(seen.desired).toBe(4)
    expect(seen.images).toContain(image)
    expect(group(simulation)).toEqual({ desired: 2 })
  })

  test('that is to come finds the image that it launches, whatever was pruned', async () => {
    const simulation = web({ service: webService({ keep: { count: 1, for: 30 * day } }) })
    madeByRollcall(simulation.aws, 'v8', { age: 90 * day, operation: 'web-aaaa8' })
    madeByRollcall(simulation.aws, 'v9', { age: 80 * day, operation: 'web-aaaa9' })
    await ran(simulation, schedule('today 20:00 for 3h', 4))
    expect(codeOf(await ran(simulation, of('prune')))).toBe('succeeded')
    simulation.clock.advanceTo(at('02T20:15'))
    expect(simulation.aws.healthyTargets('Web-TG')).toBe(4)
  })
})

describe('a rollback of one group', () => {
  test('comes back as large as what serves by then', async () => {
    const simulation = web()
    await ran(simulation, deploy())
    await ran(simulation, scale(3))
    expect(codeOf(await ran(simulation, rollback()))).toBe('succeeded')
    expect([group(simulation), serving(simulation)]).toEqual([{ desired: 3 }, [1, 1, 1]])
  })

  test('that is cancelled gives the fleet the new version again, at a word', async () => {
    const cancels = saying(isAt('rollback', /^fleet\//), 'cancel')
    const goesBack = saying(({ phase }) => phase === 'held', 'go back')
    const simulation = web({
      meanwhile: async (now) => {
        await cancels(now)
        await goesBack(now)
      },
    })
    await ran(simulation, deploy())
    expect(codeOf(await ran(simulation, rollback()))).toBe('cancelled_by_person')
    expect(serving(simulation)).toEqual([2, 2])
    expect(simulation.violations).toEqual([])
  })
})

describe('cancelled,', () => {
  test('a nightly update leaves the image as it was, and comes again the next night', async () => {
    const simulation = web({
      service: webService(nightly),
      meanwhile: saying(({ request }) => request.procedure === 'update-image', 'cancel'),
    })
    await simulation.begin()
    imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    await simulation.pass(17 * hour)
    const [update] = await history(simulation)
    expect([update?.request.procedure, update?.ending?.kind]).toEqual(['update-image', 'cancelled'])
    expect(simulation.aws.world.templates.get(ids.webTemplate)?.default).toBe(1)
    expect((await simulation.store.timers.of('web'))[0]?.at).toBe(at('04T02:00'))
  })

  test('a scale-out goes back to the sizes of before', async () => {
    const simulation = web({ meanwhile: saying(isAt('scale', /./), 'cancel') })
    expect((await ran(simulation, scale(4))).ending?.kind).toBe('cancelled')
    await simulation.pass(10 * minute)
    expect(group(simulation)).toEqual({ desired: 2 })
  })

  test('a deploy goes back in a closed window of the calendar too', async () => {
    const windows: ChangeWindow[] = []
    const cancels = saying(isAt('deploy', /^fleet\//), 'cancel')
    const goesBack = saying(({ phase }) => phase === 'held', 'go back')
    const simulation = web({
      more: { windows },
      meanwhile: async (now) => {
        const [id] = await now.store.journal.unfinished()
        if (id === undefined || (await now.operation(id)).startedAt === undefined) return
        if (windows.length === 0) windows.push(closed())
        await cancels(now)
        await goesBack(now)
      },
    })
    expect((await ran(simulation, deploy())).ending?.kind).toBe('cancelled')
    expect(codeOf(await ran(simulation, deploy('v3')))).toBe('window_closed')
    expect(serving(simulation)).toEqual([1, 1])
  })
})

describe('in the window in which a swap can be taken back', () => {
  test('a scale takes the color that serves, and leaves what stands by', async () => {
    const simulation = world({ service: shopService(), guard: { targetGroup: 'shop-TG', minimum: 4 } })
    await ran(simulation, deploy('v2', 'shop'))
    const before = colorOf(simulation, 'shop-blue')
    expect(codeOf(await ran(simulation, scale(5, 'shop')))).toBe('succeeded')
    expect(colorOf(simulation, 'shop-green').desired).toBe(5)
    expect(colorOf(simulation, 'shop-blue')).toEqual(before)
    expect(codeOf(await ran(simulation, rollback('shop')))).toBe('succeeded')
    expect(simulation.violations).toEqual([])
  })

  test('an update of the image changes nothing of the way back', async () => {
    const service = shopService({ image: { name: 'shop {version}' } })
    const simulation = world({ service, guard: { targetGroup: 'shop-TG', minimum: 4 } })
    imageByHand(simulation.aws, 'shop v2')
    expect(codeOf(await ran(simulation, deploy('v2', 'shop')))).toBe('succeeded')
    const before = colorOf(simulation, 'shop-blue')
    imageByHand(simulation.aws, 'shop v9')
    expect(codeOf(await ran(simulation, of('update-image', 'shop')))).toBe('succeeded')
    expect(colorOf(simulation, 'shop-blue')).toEqual(before)
    expect(codeOf(await ran(simulation, rollback('shop')))).toBe('succeeded')
    expect(colorOf(simulation, 'shop-blue').version).toBe('v1')
  })
})

describe('a closed window of the calendar', () => {
  test('holds a swap, and neither a rollback within its window nor the end of it', async () => {
    const simulation = world({
      service: shopService(),
      more: { windows: [closed(30 * minute)] },
      guard: { targetGroup: 'shop-TG', minimum: 4 },
    })
    expect(codeOf(await ran(simulation, deploy('v2', 'shop')))).toBe('succeeded')
    simulation.clock.advanceTo(begin + 40 * minute)
    expect(codeOf(await ran(simulation, rollback('shop')))).toBe('succeeded')
    expect(colorOf(simulation, 'shop-blue').desired).toBe(4)
    const idle = world({ service: shopService(), more: { windows: [closed()] } })
    expect(codeOf(await ran(idle, of('swap', 'shop')))).toBe('window_closed')
  })

  test('lets the window of a swap end by itself', async () => {
    const simulation = world({ service: shopService(), more: { windows: [closed(30 * minute)] } })
    await ran(simulation, deploy('v2', 'shop'))
    await simulation.pass(3 * hour)
    expect(colorOf(simulation, 'shop-blue').desired).toBe(0)
    expect((await history(simulation, 'shop'))[0]).toMatchObject({
      request: { procedure: 'finish' },
      ending: { kind: 'succeeded' },
    })
  })

  test('holds no event and no scheduling', async () => {
    const simulation = web({ more: { windows: [closed()] } })
    expect(codeOf(await ran(simulation, schedule('today 20:00 for 3h', 4)))).toBe('succeeded')
    simulation.clock.advanceTo(at('02T20:10'))
    expect(group(simulation)).toEqual({ desired: 4 })
    simulation.clock.advanceTo(at('02T23:10'))
    expect(group(simulation)).toEqual({ desired: 2 })
  })

  test('holds building and taking down', async () => {
    const unbuilt = world({ service: sandboxService('lab'), more: { windows: [closed()] } })
    expect(codeOf(await ran(unbuilt, of('provision', 'lab')))).toBe('window_closed')
    const built = world({ service: sandboxService('lab'), more: { windows: [closed(2 * hour)] } })
    expect(codeOf(await ran(built, of('provision', 'lab')))).toBe('succeeded')
    built.clock.advanceTo(begin + 2 * hour + minute)
    expect(codeOf(await ran(built, of('teardown', 'lab')))).toBe('window_closed')
    expect(group(built, 'Lab-ASG')).toEqual({ desired: 2 })
  })
})

describe('of a fleet that is not built, or is gone,', () => {
  const lab = (facts: Partial<Service> = {}) => world({ service: sandboxService('lab', facts) })
  const asked: readonly Request[] = [
    deploy('v2', 'lab'),
    rollback('lab'),
    scale(3, 'lab'),
    schedule('today 20:00 for 1h', 4, 'lab'),
    of('update-image', 'lab'),
    of('prune', 'lab'),
  ]

  test.each(asked.map((request) => [request.procedure, request] as const))(
    '%s is refused and changes nothing',
    async (_, request) => {
      const simulation = lab()
      const changes = () =>
        simulation.aws.calls().filter(({ action }) => !/^(Describe|Get|List)/.test(action))
      const before = changes().length
      expect((await ran(simulation, request)).ending?.kind).toBe('refused')
      await ran(simulation, of('provision', 'lab'))
      await ran(simulation, of('teardown', 'lab'))
      const after = changes().length
      expect((await ran(simulation, request)).ending?.kind).toBe('refused')
      expect([before, changes().length]).toEqual([0, after])
    },
  )

  test('the night’s update is nothing to do, and says so no more than once', async () => {
    const newest = { name: 'AWSBackup_*', tag, daily: '02:00' }
    const service = sandboxService('lab')
    const simulation = lab({ ...(service.image && { image: { ...service.image, newest } }) })
    await simulation.begin()
    imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    await simulation.pass(3 * day)
    expect((await history(simulation, 'lab')).length).toBeLessThanOrEqual(1)
    expect(codeOf(await ran(simulation, of('provision', 'lab')))).toBe('succeeded')
    await simulation.pass(day)
    const [update] = await history(simulation, 'lab')
    expect([update?.request.procedure, update?.ending?.kind]).toEqual(['update-image', 'succeeded'])
  })

  test('a prune leaves what was built its image', async () => {
    const simulation = lab({ keep: { count: 1, for: day } })
    await ran(simulation, of('provision', 'lab'))
    await simulation.pass(40 * day)
    await ran(simulation, of('prune', 'lab'))
    expect(codeOf(await ran(simulation, scale(3, 'lab')))).toBe('succeeded')
    expect(simulation.aws.healthyTargets('Lab-TG')).toBe(3)
  })
})

describe('an approval', () => {
  const rules = [
    everything,
    ...(
      [
        'deploy',
        'rollback',
        'scale',
        'schedule',
        'update-image',
        'prune',
        'provision',
        'teardown',
        'swap',
        'finish',
      ] as const
    ).map((action) => approved(action)),
  ]
  const requests: readonly (readonly [string, Service, Request])[] = [
    ['deploy', webService(), deploy()],
    ['scale', webService(), scale(3)],
    ['schedule', webService(), schedule('today 20:00 for 3h', 4)],
    ['provision', sandboxService('lab'), of('provision', 'lab')],
    ['swap', shopService(), of('swap', 'shop')],
  ]

  test.each(requests)(
    'that its rule asks for holds %s until it is given, and nobody’s own counts',
    async (_, service, request) => {
      const own = saying(approving, 'approve', alice)
      const waiting = world({ service, more: { rules }, meanwhile: own })
      expect(codeOf(await ran(waiting, request))).toBe('approval_expired')
      const agreed = world({ service, more: { rules }, meanwhile: saying(approving, 'approve', bob) })
      const done = await ran(agreed, request)
      expect([done.ending?.kind, done.signals.some(({ kind }) => kind === 'approve')]).toEqual([
        'succeeded',
        true,
      ])
    },
  )

  test('of a teardown comes after the name was typed, and is for that plan', async () => {
    const service = sandboxService('lab')
    const simulation = world({ service, more: { rules }, meanwhile: saying(approving, 'approve', bob) })
    expect(codeOf(await ran(simulation, of('provision', 'lab')))).toBe('succeeded')
    const gone = await ran(simulation, of('teardown', 'lab'))
    expect(gone.ending?.kind).toBe('succeeded')
    expect(gone.signals.map(({ kind }) => kind)).toEqual(['confirm', 'approve'])
  })

  test('of a prune comes after the yes of its requester', async () => {
    const simulation = web({
      service: webService({ keep: { count: 1, for: 30 * day } }),
      more: { rules },
      meanwhile: saying(approving, 'approve', bob),
    })
    madeByRollcall(simulation.aws, 'v8', { age: 90 * day, operation: 'web-aaaa8' })
    madeByRollcall(simulation.aws, 'v9', { age: 80 * day, operation: 'web-aaaa9' })
    const pruned = await ran(simulation, of('prune'))
    expect(codeOf(pruned)).toBe('succeeded')
    expect(pruned.signals.map(({ kind }) => kind)).toEqual(['confirm', 'approve'])
  })

  test('of deploys alone holds no rollback', async () => {
    const simulation = web({
      more: { rules: [everything, approved('deploy')] },
      meanwhile: saying(approving, 'approve', bob),
    })
    expect(codeOf(await ran(simulation, deploy()))).toBe('succeeded')
    const back = await ran(simulation, rollback())
    expect([codeOf(back), back.signals]).toEqual(['succeeded', []])
  })

  test('does not outweigh a lock, or a window of the calendar, that came while it was awaited', async () => {
    const locked = saying(approving, 'approve', bob)
    const simulation = web({
      more: { rules },
      meanwhile: async (now) => {
        const [id] = await now.store.journal.unfinished()
        if (id !== undefined && approving(await now.operation(id))) await now.store.locks.set(lock)
        await locked(now)
      },
    })
    expect(codeOf(await ran(simulation, deploy()))).toBe('locked')
    const late = web({
      more: { rules, windows: [closed(20 * minute)] },
      meanwhile: async (now) => {
        if (now.clock.now() > begin + 25 * minute) await saying(approving, 'approve', bob)(now)
      },
    })
    expect(codeOf(await ran(late, deploy()))).toBe('window_closed')
  })

  test('is asked for of what starts by itself too, and its silence leaves the image as it was', async () => {
    const simulation = web({ service: webService(nightly), more: { rules } })
    await simulation.begin()
    imageByHand(simulation.aws, 'AWSBackup_1', { tags: tag })
    await simulation.pass(18 * hour)
    const [update] = await history(simulation)
    expect([update?.request.procedure, update && codeOf(update)]).toEqual([
      'update-image',
      'approval_expired',
    ])
    expect(simulation.aws.world.templates.get(ids.webTemplate)?.default).toBe(1)
  })

  test('that is awaited ends with a cancel', async () => {
    const simulation = web({ more: { rules }, meanwhile: saying(approving, 'cancel', alice) })
    expect((await ran(simulation, deploy())).ending?.kind).toBe('cancelled')
  })
})

describe('a machine', () => {
  const ci: Person = { user: machineId('ci'), team: '', caller: { title: 'run 123', behind: bob.user } }
  const rules = [everything, { service: '*', actions: ['*' as const], allow: [ci.user] }]
  const machines = new Map([['ci', { name: 'ci', tokens: [] }]])
  const more = { rules, machines }

  test.each([
    ['deploy', webService(), deploy()],
    ['scale', webService(), scale(3)],
    ['bake', webService(), { procedure: 'bake', service: 'web', version: 'v7', reboot: false }],
    ['swap', shopService(), of('swap', 'shop')],
  ] as const)(
    'that asks for %s has it as a person would, held by the same lock',
    async (_, service, request) => {
      const free = world({ service, more })
      expect(codeOf(await ran(free, request, { requester: ci }))).toBe('succeeded')
      const locked = world({ service, more })
      await locked.store.locks.set({ ...lock, service: service.name })
      expect(codeOf(await ran(locked, request, { requester: ci }))).toBe('locked')
    },
  )

  test('builds, takes down and schedules where people say yes in its place', async () => {
    const service = sandboxService('lab')
    const yes = saying(({ phase }) => phase === 'confirming', 'confirm', alice)
    const simulation = world({ service, more, meanwhile: yes })
    expect(codeOf(await ran(simulation, of('provision', 'lab'), { requester: ci }))).toBe('succeeded')
    const event = schedule('today 20:00 for 3h', 4, 'lab')
    const scheduled = await ran(simulation, event, { requester: ci })
    expect(codeOf(scheduled)).toBe('succeeded')
    const off = { procedure: 'unschedule', service: 'lab', event: scheduled.id } as const
    expect(codeOf(await ran(simulation, off, { requester: ci }))).toBe('succeeded')
    expect(codeOf(await ran(simulation, of('teardown', 'lab'), { requester: ci }))).toBe('succeeded')
  })
})
