import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import type { Aws } from '../../src/sandbox/aws'
import { newOperation } from './operations'
import { catalogueOf, type Simulation, simulate, type SimulationOptions } from './simulation'

/** The service `shop` with S5's figures: blue serves with four instances, green is idle, the version is a tag. */
export const shopService = (facts: Partial<Service> = {}): Service => ({
  name: 'shop',
  where: { region: 'ap-northeast-2' },
  timezone: 'Asia/Seoul',
  channel: 'ops',
  language: 'en',
  colors: { blue: 'shop-blue', green: 'shop-green' },
  versionTag: 'docker:image:version',
  strategy: 'blue-green',
  gate: { bake: 60_000, timeout: 20 * 60_000 },
  surge: 200,
  confirm: false,
  standby: 2 * 3_600_000,
  ...facts,
})

const shopGuard = { targetGroup: 'shop-TG', minimum: 4 }

export const simulateShop = (
  how: Partial<SimulationOptions> & { service?: Partial<Service> } = {},
): Simulation => simulate({ catalogue: catalogueOf(shopService(how.service)), guard: shopGuard, ...how })

/**
 * The same in small, for stories that are told hundreds of times: blue serves with two instances, of at least one, and
 * targets drain within seconds. Each instance and each look is parsed out of AWS's answers over and over.
 */
export const smallShop = ({ world }: Aws): void => {
  const blue = world.groups.get('shop-blue')
  const [targets] = [...world.targetGroups.values()].filter(({ name }) => name === 'shop-TG')
  if (!blue || !targets) throw new Error('no shop')
  for (const id of [...blue.members.keys()].slice(2)) {
    blue.members.delete(id)
    world.instances.delete(id)
    for (const [key, target] of targets.targets) if (target.instance === id) targets.targets.delete(key)
  }
  Object.assign(blue, { min: 1, desired: 2 })
  targets.attributes.set('deregistration_delay.timeout_seconds', '20')
}

let count = 0
/** Asks for something and lets time pass until it has ended. */
export const runToEnd = async (simulation: Simulation, request: Request): Promise<Operation> => {
  count = (count + 1) % 1_000
  const id = `shop-t${String(count).padStart(4, '0')}`
  await simulation.start({ ...newOperation(id, 'shop'), request })
  await simulation.untilEnded()
  return simulation.operation(id)
}

export const deployShop = (version = 'v2'): Request => ({ procedure: 'deploy', service: 'shop', version })
export const rollBackShop: Request = { procedure: 'rollback', service: 'shop' }
export const finishShop: Request = { procedure: 'finish', service: 'shop' }
export const swapShop: Request = { procedure: 'swap', service: 'shop' }

/** A color's group as AWS has it: sizes, processes, version tag, what scales it, and its instances by state. */
export const colorOf = ({ aws }: Pick<Simulation, 'aws'>, name: string) => {
  const group = aws.world.groups.get(name)
  if (!group) throw new Error(`no group ${name}`)
  const states: Record<string, number> = {}
  for (const { lifecycle } of group.members.values()) states[lifecycle] = (states[lifecycle] ?? 0) + 1
  return {
    min: group.min,
    desired: group.desired,
    max: group.max,
    suspended: [...group.suspended.keys()].sort(),
    version: group.tags.get('docker:image:version')?.value,
    policies: [...group.policies.values()].map(
      ({ PolicyName, Enabled }) => `${PolicyName}${Enabled ? '' : ' (off)'}`,
    ),
    actions: [...group.schedules.keys()].sort(),
    states,
  }
}

/** Makes a scheduled action on a group as somebody else would. */
export const scheduleOn = (
  aws: Aws,
  group: string,
  action: {
    readonly name: string
    readonly at?: number
    readonly cron?: string
    readonly desired: number
    readonly timezone?: string
  },
): Promise<void> =>
  call(aws, 'PutScheduledUpdateGroupAction', {
    AutoScalingGroupName: group,
    ScheduledActionName: action.name,
    DesiredCapacity: String(action.desired),
    ...(action.at !== undefined && { StartTime: new Date(action.at).toISOString() }),
    ...(action.cron !== undefined && { Recurrence: action.cron }),
    ...(action.timezone !== undefined && { TimeZone: action.timezone }),
  })

/** One call to the simulated AWS by hand, to Auto Scaling unless the version is another service's. Throws what AWS refuses. */
export const call = async (
  aws: Aws,
  action: string,
  input: Readonly<Record<string, string>>,
  version = '2011-01-01',
): Promise<void> => {
  const body = new URLSearchParams({ Action: action, Version: version, ...input }).toString()
  const answer = await aws.handle({ method: 'POST', path: '/', headers: {}, body })
  if (answer.status !== 200) throw new Error(answer.body)
}

/** Changes a color's group by hand. */
export const reshape = (
  { aws }: Pick<Simulation, 'aws'>,
  group: string,
  sizes: Readonly<Record<string, string>>,
): Promise<void> => call(aws, 'UpdateAutoScalingGroup', { AutoScalingGroupName: group, ...sizes })
