import { strategiesOf } from '../domain/catalogue/catalogue'
import { isImageName } from '../domain/images/image-names'
import { checkApprovals } from './check-approvals'
import { checkFleet } from './check-fleet'
import { checkWindows } from './check-windows'
import { checkMachines } from './check-machines'
import { checkWebhooks } from './check-webhooks'
import { isMachine, machineId } from '../domain/access/person'
import { unknown, type Fault } from './fault'
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
  ...checkWebhooks(written, unknown),
  ...checkPeople(written),
  ...checkRules(written),
  ...checkWindows(written, unknown),
]

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

  if (written.external_id !== undefined && written.role === undefined && defaults.role === undefined)
    at(['external_id'], 'there is no role that it could be for', 'role beside it')

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

/** A service whose groups are found by what their names begin with and by tags. */
interface Search {
  readonly name: string
  readonly at: number
  readonly prefix: string
  readonly tag: Readonly<Record<string, string>>
}

/**
 * Two services that would find one group by its name and tags: one's prefix begins the other's, and no tag that both name
 * has another value. Services with the same prefix and the same keys of tags are told apart by their values at once.
 */
function checkSearches({ services, defaults }: Pick<Written, 'services' | 'defaults'>): readonly Fault[] {
  const alike = new Map<
    string,
    { readonly keys: readonly string[]; readonly byValues: Map<string, Search> }
  >()
  const byPrefix = new Map<string, Set<string>>()
  const faults: Fault[] = []
  for (const [at, [name, { region, role, colors }]] of Object.entries(services).entries()) {
    if (colors?.prefix === undefined || !colors.tag) continue
    const { prefix, tag } = colors
    const search = { name, at, prefix, tag }
    const where = JSON.stringify([region ?? defaults.region, role ?? defaults.role])
    const keys = Object.keys(tag).toSorted()
    const kind = JSON.stringify([where, prefix, keys])
    const own = alike.get(kind) ?? { keys, byValues: new Map<string, Search>() }
    const values = JSON.stringify(keys.map((key) => tag[key]))
    const rival = own.byValues.get(values)
    if (rival) faults.push(mayBeOf(rival, search))
    else own.byValues.set(values, search)
    alike.set(kind, own)
    const placed = JSON.stringify([where, prefix])
    byPrefix.set(placed, (byPrefix.get(placed) ?? new Set()).add(kind))
  }
  for (const [kind, { keys, byValues }] of alike) {
    const [where, prefix] = JSON.parse(kind) as [string, string]
    const shorter = Array.from({ length: prefix.length }, (_, end) => prefix.slice(0, end + 1))
    const others = shorter.flatMap((one) => [...(byPrefix.get(JSON.stringify([where, one])) ?? [])])
    for (const other of others.filter((one) => one !== kind)) {
      const theirs = alike.get(other)
      const shared = theirs?.keys.filter((key) => keys.includes(key)) ?? []
      const valuesOf = ({ tag }: Search) => JSON.stringify(shared.map((key) => tag[key]))
      const known = new Map(
        [...(theirs?.byValues.values() ?? [])].map((one) => [valuesOf(one), one] as const),
      )
      for (const search of byValues.values()) {
        const rival = known.get(valuesOf(search))
        if (rival) faults.push(rival.at < search.at ? mayBeOf(rival, search) : mayBeOf(search, rival))
      }
    }
  }
  const told = new Set<string>()
  return faults.filter(({ path }) => !told.has(String(path)) && told.add(String(path)))
}

const mayBeOf = (first: Search, second: Search): Fault => ({
  path: ['services', second.name, 'colors', 'prefix'],
  wrong: `what is found by it may belong to service "${first.name}" already`,
  allowed: 'another prefix, or a tag with another value',
})

/** Groups of people that a rule could never let anything be done by. */
function checkPeople({ people }: Written): readonly Fault[] {
  return Object.entries(people).flatMap(([name, { users, groups }]): readonly Fault[] => {
    const path = ['people', name]
    if (name === 'everyone')
      return [
        {
          path,
          wrong: '"everyone" is taken',
          allowed: 'another name: everyone is everybody in the workspace',
        },
      ]
    return users.length + groups.length > 0
      ? []
      : [{ path, wrong: `nobody is in "${name}"`, allowed: 'users, groups, or both' }]
  })
}

/** Rules that speak of services or people that are not in the file, or of nothing. */
function checkRules(written: Written): readonly Fault[] {
  const { services, people, machines, rules } = written
  const serviceNames = Object.keys(services)
  const known = new Set([...serviceNames, '*'])
  const groupNames = Object.keys(people)
  const machineNames = Object.keys(machines).map(machineId)
  const allowed = new Set([...groupNames, 'everyone', ...machineNames])
  const faults: Fault[] = []
  for (const [at, rule] of rules.entries()) {
    const path = ['rules', at] as const
    for (const [key, what] of [
      ['service', 'one service or more, or "*"'],
      ['action', 'one action or more, or "*"'],
      ['allow', 'one group of people or more, or everyone'],
    ] as const)
      if (rule[key].length === 0) faults.push({ path: [...path, key], wrong: 'is empty', allowed: what })
    for (const service of rule.service.filter((name) => !known.has(name)))
      faults.push({ path: [...path, 'service'], ...unknown('service', service, [...serviceNames, '*']) })
    for (const name of rule.allow.filter((one) => !allowed.has(one)))
      faults.push({
        path: [...path, 'allow'],
        ...(isMachine({ user: name })
          ? unknown('machine', name, machineNames)
          : unknown('group of people', name, [...groupNames, 'everyone', ...machineNames])),
      })
    for (const name of rule.allow.filter((one) => isMachine({ user: one }) && allowed.has(one)))
      if (rule.action.includes('approve'))
        faults.push({
          path: [...path, 'allow'],
          wrong: `"${name}" can approve nothing: a machine never does`,
          allowed: groupNames.join(', '),
        })
  }
  return [...faults, ...checkApprovals(written)]
}
