import { strategiesOf } from '../domain/catalogue/catalogue'
import { isImageName } from '../domain/images/image-names'
import { checkFleet } from './check-fleet'
import { checkWindows } from './check-windows'
import { checkMachines } from './check-machines'
import { isMachine, machineId } from '../domain/access/person'
import { nearest } from '../domain/interaction/nearest'
import type { Fault } from './fault'
import type { Path } from './places'
import type { Written, WrittenService } from './schema'

/** As many as an instance refresh may be given (EC2 Auto Scaling API reference, AlarmSpecification). */
const maxAlarms = 10

/** What is wrong between the parts of a file whose form is sound. */
export const check = (written: Written): readonly Fault[] => [
  ...(Object.keys(written.services).length === 0
    ? [{ path: ['services'], wrong: 'no service is named', allowed: 'one service or more' }]
    : []),
  ...Object.entries(written.services).flatMap(([name, service]) =>
    checkService(name, service, written.defaults),
  ),
  ...checkRegions(written),
  ...checkGroups(written),
  ...checkMachines(written.machines),
  ...checkRules(written),
  ...checkWindows(written, unknown),
]

const unknown = (what: string, name: string, known: readonly string[]): Pick<Fault, 'wrong' | 'allowed'> => {
  const suggestion = nearest(name, known)
  return {
    wrong: `there is no ${what} "${name}"${suggestion ? ` (did you mean "${suggestion}"?)` : ''}`,
    allowed: known.join(', ') || 'none is named in this file',
  }
}

/** A queue of events is asked with the worker's own credentials: of other accounts none come. */
const checkRegions = ({ regions, services, defaults }: Written): readonly Fault[] => {
  const places = Object.values(services).map(({ region = defaults.region, role = defaults.role }) => ({
    region,
    role,
  }))
  return Object.entries(regions).flatMap(([name, { events }]): readonly Fault[] => {
    const here = places.filter(({ region }) => region === name)
    const known = [...new Set(places.map(({ region }) => region))].join(', ')
    if (here.length === 0)
      return [
        { path: ['regions', name], ofKey: true, wrong: 'no service lives in this region', allowed: known },
      ]
    if (events === undefined || here.some(({ role }) => role === undefined)) return []
    const wrong = 'every service here is reached by a role, and their events do not come by this queue'
    return [
      { path: ['regions', name, 'events'], wrong, allowed: 'a region with services of the own account' },
    ]
  })
}

/** What the parts of one service say against each other. */
function checkService(
  name: string,
  written: WrittenService,
  defaults: Written['defaults'],
): readonly Fault[] {
  const faults: Fault[] = []
  const at = (path: Path, wrong: string, allowed: string) =>
    faults.push({ path: ['services', name, ...path], wrong, allowed })
  const { group, colors, capacity, image, strategy, standby, alarms, checks } = written

  if ((group === undefined) === (colors === undefined)) {
    at(
      ['group'],
      group === undefined ? 'neither group nor colors is given' : 'both group and colors are given',
      'one of them',
    )
  }
  if (colors) faults.push(...checkColors(['services', name, 'colors'], colors))
  const fitting = colors ? colorStrategies : strategiesOf({})
  if (strategy && (group === undefined) !== (colors === undefined) && !fitting.includes(strategy)) {
    const shape = colors ? 'two colors' : 'one group'
    at(['strategy'], `"${strategy}" does not fit a service with ${shape}`, fitting.join(', '))
  }
  if (standby !== undefined && !colors)
    at(['standby'], 'only colors are kept in Standby', 'a service with colors')
  if (alarms !== undefined && !colors)
    at(['alarms'], 'alarms keep the old color alone', 'a service with colors')
  if (alarms !== undefined && (alarms.length === 0 || alarms.length > maxAlarms))
    at(['alarms'], `${alarms.length} alarms are given`, `1 to ${maxAlarms}`)
  if (checks && !checks.errors && !checks.latency && !checks.alarms)
    at(['checks'], 'nothing is to be checked', 'one or more of errors, latency, alarms')
  if (checks?.window !== undefined && !colors)
    at(['checks', 'window'], 'only colors have a window', 'a service with colors')
  if (checks?.alarms && (checks.alarms.length === 0 || checks.alarms.length > maxAlarms))
    at(['checks', 'alarms'], `${checks.alarms.length} alarms are given`, `1 to ${maxAlarms}`)
  if (capacity && colors) {
    at(['capacity'], 'a color takes over the sizes of the other one', 'a service with one group')
  }
  if (capacity && !(capacity.min <= capacity.desired && capacity.desired <= capacity.max)) {
    const sizes = `min ${capacity.min}, desired ${capacity.desired}, max ${capacity.max}`
    at(['capacity'], `${sizes} are out of order`, 'min ≤ desired ≤ max')
  }
  const gate = { ...defaults.gate, ...written.gate }
  if (capacity && gate.healthy !== undefined && gate.healthy > capacity.desired) {
    at(
      ['gate', 'healthy'],
      `${gate.healthy} can never be healthy of ${capacity.desired} desired`,
      `1 to ${capacity.desired}`,
    )
  }
  if (gate.bake !== undefined && gate.timeout !== undefined && gate.timeout <= gate.bake) {
    at(['gate'], 'timeout ends before bake can', 'a timeout longer than bake')
  }
  if (
    image &&
    (image.name.split('{version}').length !== 2 || !isImageName(image.name.replace('{version}', 'v2')))
  ) {
    const allowed = "one {version}, and letters, digits, spaces and ( ) [ ] . / - ' @ _, 128 at most"
    at(['image', 'name'], `"${image.name}" cannot name images`, allowed)
  }
  if (image?.from && (image.from.tag === undefined) === (image.from.instance === undefined)) {
    at(['image', 'from'], 'says not exactly one source', 'tag or instance')
  }
  if (image?.from?.tag && Object.keys(image.from.tag).length === 0) {
    at(['image', 'from', 'tag'], 'names no tag', 'one tag or more, like { Name: ASG-Web-Instance }')
  }
  checkFleet(written, at)
  if (['all', 'everything'].includes(name))
    at([], `"${name}" stands for all services in chat`, 'another name')
  for (const key of ['region', 'channel'] as const) {
    if ((written[key] ?? defaults[key]) === undefined) {
      at(
        [key],
        `${key} is missing, here and in defaults`,
        key === 'region' ? 'a region, like ap-northeast-2' : "a channel's name",
      )
    }
  }
  return faults
}

const colorStrategies = strategiesOf({ colors: { blue: '', green: '' } })

/** The groups of two colors: named in pairs, or found by prefix and tag. */
function checkColors(path: Path, colors: NonNullable<WrittenService['colors']>): readonly Fault[] {
  const { blue, green, prefix, tag } = colors
  const fault = (key: string | undefined, wrong: string, allowed: string): readonly Fault[] => [
    { path: key === undefined ? path : [...path, key], wrong, allowed },
  ]
  const forms = 'blue and green, or prefix and tag'
  if ((blue !== undefined || green !== undefined) && (prefix !== undefined || tag !== undefined)) {
    return fault(undefined, 'names the groups and says how to find them', forms)
  }
  if (blue !== undefined && green !== undefined) {
    if (blue.length !== green.length) {
      return fault('green', `${green.length} belong to ${blue.length} of the other color`, 'pairs of groups')
    }
    const alike = green.find((name) => blue.includes(name))
    if (alike !== undefined) return fault('green', `both colors are "${alike}"`, 'the names of two groups')
    const twice = (names: readonly string[]) => names.find((name, at) => names.indexOf(name) < at)
    return (['blue', 'green'] as const).flatMap((color) => {
      const name = twice(color === 'blue' ? blue : green)
      return name === undefined ? [] : fault(color, `"${name}" is named twice`, 'each group once')
    })
  }
  if (prefix !== undefined && tag !== undefined) {
    return Object.keys(tag).length > 0
      ? []
      : fault('tag', 'names no tag', 'one tag or more, like { "docker:image:name": shop }')
  }
  const missing = (['blue', 'green', 'prefix', 'tag'] as const).filter((key) => colors[key] === undefined)
  return fault(undefined, `${missing.join(', ')} missing`, forms)
}

/** Two services that would change one group behind each other's back. */
function checkGroups({ services, defaults }: Written): readonly Fault[] {
  const owners = new Map<string, string>()
  const faults: Fault[] = []
  for (const [name, { region, role, group, colors }] of Object.entries(services)) {
    const own: readonly (readonly [Path, string])[] = [
      ...(group === undefined ? [] : [[['group'], group] as const]),
      ...(colors?.blue ?? []).map((one) => [['colors', 'blue'], one] as const),
      ...(colors?.green ?? []).map((one) => [['colors', 'green'], one] as const),
    ]
    for (const [path, groupName] of own) {
      const key = JSON.stringify([region ?? defaults.region, role ?? defaults.role, groupName])
      const owner = owners.get(key)
      if (owner !== undefined && owner !== name) {
        const wrong = `group "${groupName}" belongs to service "${owner}" already`
        faults.push({ path: ['services', name, ...path], wrong, allowed: 'a group of its own' })
      }
      owners.set(key, owner ?? name)
    }
  }
  return [...faults, ...checkSearches({ services, defaults })]
}

/** Two services that would find one group by its name and tags. */
function checkSearches({ services, defaults }: Pick<Written, 'services' | 'defaults'>): readonly Fault[] {
  const searches = Object.entries(services).flatMap(([name, { region, role, colors }]) =>
    colors?.prefix !== undefined && colors.tag
      ? [{ name, where: [region ?? defaults.region, role ?? defaults.role], ...colors }]
      : [],
  )
  return searches.flatMap(({ name, where, prefix = '', tag = {} }, at) => {
    const rival = searches.slice(0, at).find((other) => {
      const { prefix: theirs = '', tag: tags = {} } = other
      const apart = Object.entries(tags).some(([key, value]) => (tag[key] ?? value) !== value)
      const nested = prefix.startsWith(theirs) || theirs.startsWith(prefix)
      return nested && !apart && String(where) === String(other.where)
    })
    if (!rival) return []
    const wrong = `what is found by it may belong to service "${rival.name}" already`
    const allowed = 'another prefix, or a tag with another value'
    return [{ path: ['services', name, 'colors', 'prefix'], wrong, allowed }]
  })
}

/** Rules that speak of services or people that are not in the file, or of approvals that cannot be had. */
function checkRules({ services, people, machines, rules }: Written): readonly Fault[] {
  const serviceNames = Object.keys(services)
  const groupNames = Object.keys(people)
  const machineNames = Object.keys(machines).map(machineId)
  const faults: Fault[] = []
  const approvers = new Map<string, string>()
  if (groupNames.includes('everyone')) {
    const allowed = 'another name: everyone is everybody in the workspace'
    faults.push({ path: ['people', 'everyone'], wrong: '"everyone" is taken', allowed })
  }
  for (const [at, rule] of rules.entries()) {
    const path = ['rules', at] as const
    for (const service of rule.service) {
      if (service !== '*' && !serviceNames.includes(service)) {
        faults.push({ path: [...path, 'service'], ...unknown('service', service, [...serviceNames, '*']) })
      }
    }
    for (const name of rule.allow) {
      if (isMachine({ user: name })) {
        if (!machineNames.includes(name))
          faults.push({ path: [...path, 'allow'], ...unknown('machine', name, machineNames) })
        else if (rule.action.includes('approve'))
          faults.push({
            path: [...path, 'allow'],
            wrong: `"${name}" can approve nothing: a machine never does`,
            allowed: groupNames.join(', '),
          })
      } else if (name !== 'everyone' && !groupNames.includes(name)) {
        faults.push({
          path: [...path, 'allow'],
          ...unknown('group of people', name, [...groupNames, 'everyone', ...machineNames]),
        })
      }
    }
    const by = rule.approval?.by
    if (rule.approval === undefined || by === undefined) continue
    const group = people[by]
    if (!group) {
      faults.push({ path: [...path, 'approval', 'by'], ...unknown('group of people', by, groupNames) })
      continue
    }
    if (group.groups.length === 0 && new Set(group.users).size < rule.approval.count) {
      const wrong = `${rule.approval.count} of "${by}" can never approve: it has ${group.users.length}`
      faults.push({ path: [...path, 'approval', 'count'], wrong, allowed: `1 to ${group.users.length}` })
    }
    // One approval is asked for an action on a service: by one group, or nobody could tell by whom.
    for (const service of rule.service.flatMap((name) => (name === '*' ? serviceNames : [name]))) {
      for (const action of rule.action) {
        const key = `${action} on ${service}`
        const other = approvers.get(key)
        if (other !== undefined && other !== by) {
          const wrong = `another rule has ${key} approved by "${other}"`
          faults.push({ path: [...path, 'approval', 'by'], wrong, allowed: other })
        }
        approvers.set(key, other ?? by)
      }
    }
  }
  return faults
}
