import { onceBetween } from '../domain/windows/change-window'
import { secondProblem } from './check-approvals'
import type { Path } from './places'
import type { Written } from './schema'

interface Wrong {
  readonly wrong: string
  readonly allowed: string
}
type Fault = Wrong & { readonly path: Path }
type Unknown = (what: string, name: string, known: readonly string[]) => Wrong

const forms = 'from and until, cron and for, or calendar'

/** What windows say against each other and the rest of the file. */
export const checkWindows = (written: Written, unknown: Unknown): readonly Fault[] => {
  const { windows, services, defaults } = written
  const faults: Fault[] = []
  windows.forEach((window, index) => {
    const at = (path: Path, wrong: string, allowed: string) =>
      faults.push({ path: ['windows', index, ...path], wrong, allowed })
    const { name, cron, from, until, calendar, timezone } = window
    const recurring = cron !== undefined || window.for !== undefined
    const once = from !== undefined || until !== undefined
    if (calendar !== undefined) {
      if (recurring || once) at(['calendar'], 'stands beside another time', forms)
    } else if (recurring && once) at([], 'says both when it is and how it recurs', forms)
    else if (!recurring && !once) at([], 'does not say when it is', forms)
    else if (recurring && cron === undefined) at(['for'], 'says how long, but not from when on', forms)
    else if (recurring && window.for === undefined)
      at(['cron'], 'says from when on, but not for how long', forms)
    else if (once && from === undefined) at(['until'], 'says until when, but not from when on', forms)
    else if (once && until === undefined) at(['from'], 'says from when on, but not until when', forms)
    if (from && until) {
      const span = onceBetween(timezone ?? defaults.timezone ?? 'UTC', from, until)
      if (span.until <= span.from) at(['until'], 'is not after from', 'a later date or time')
    }
    if (windows.findIndex((other) => other.name === name) < index)
      at(['name'], `"${name}" is the name of an earlier window`, 'a name of its own')
    for (const key of ['services', 'except'] as const) {
      for (const service of window[key] ?? []) {
        if (Object.hasOwn(services, service) || (key === 'services' && service === '*')) continue
        const { wrong, allowed } = unknown('service', service, Object.keys(services))
        at([key], wrong, allowed)
      }
    }
    if (window.services.length === 0) at(['services'], 'names no service', "services' names, or *")
  })
  return [...faults, ...checkOverride(written, unknown)]
}

/** Whether those who are to agree to an override can. */
const checkOverride = ({ override, people }: Written, unknown: Unknown): readonly Fault[] => {
  if (!override) return []
  const { by, count } = override
  const group = Object.hasOwn(people, by) ? people[by] : undefined
  if (!group) return [{ path: ['override', 'by'], ...unknown('group of people', by, Object.keys(people)) }]
  const wrongSecond = secondProblem(by, override.second, Object.keys(people))
  if (wrongSecond) return [{ path: ['override', 'second'], ...wrongSecond }]
  if (group.groups.length > 0 || new Set(group.users).size >= count) return []
  const wrong = `${count} of "${by}" can never agree: it has ${group.users.length}`
  return [{ path: ['override', 'count'], wrong, allowed: `1 to ${group.users.length}` }]
}
