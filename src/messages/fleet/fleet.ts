import type { FleetCell, FleetSnapshot } from '../../domain/fleet/fleet'
import { bilingual, type Locale } from '../locale'
import { graphemes } from '../text/cut'
import { clock } from '../text/moments'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'

type Condition = 'healthy' | 'starting' | 'unhealthy' | 'unused' | 'standby' | 'leaving' | 'unclear'

/** In the order in which they are drawn and counted. */
const signs: Readonly<Record<Condition, string>> = {
  healthy: '●',
  starting: '◐',
  unhealthy: '✕',
  unused: '○',
  standby: '◇',
  leaving: '◌',
  unclear: '?',
}
const order: readonly Condition[] = [
  'healthy',
  'starting',
  'unhealthy',
  'unused',
  'standby',
  'leaving',
  'unclear',
]

const text = bilingual({
  en: {
    conditions: {
      healthy: 'healthy',
      starting: 'starting',
      unhealthy: 'unhealthy',
      unused: 'without traffic',
      standby: 'in standby',
      leaving: 'leaving',
      unclear: 'of unknown health',
    },
    count: (count: number, condition: string) => `${count} ${condition}`,
    template: (version: number) => `template ${version}`,
    noTemplate: 'no template',
    none: 'no instances',
    desired: (count: number) => say`desired ${count}`,
    asOf: (at: Phrase) => say`as of ${at}`,
  },
  ko: {
    conditions: {
      healthy: '정상',
      starting: '시작 중',
      unhealthy: '비정상',
      unused: '트래픽 없음',
      standby: '대기(Standby)',
      leaving: '제외 중',
      unclear: '상태 확인 불가',
    },
    count: (count: number, condition: string) => `${condition} ${count}대`,
    template: (version: number) => `템플릿 ${version}`,
    noTemplate: '템플릿 없음',
    none: '인스턴스 없음',
    desired: (count: number) => say`원하는 용량 ${count}`,
    asOf: (at: Phrase) => say`${at} 기준`,
  },
})

/** How an instance is, from what its group and its target group say of it; what neither explains is unclear. */
export function condition(cell: Pick<FleetCell, 'lifecycle' | 'health'>): Condition {
  const { lifecycle, health } = cell
  if (/^(Terminat|Detach)/.test(lifecycle)) return 'leaving'
  if (lifecycle.endsWith('Standby')) return 'standby'
  if (lifecycle.startsWith('Pending')) return 'starting'
  if (lifecycle !== 'InService') return 'unclear'
  if (health === 'healthy') return 'healthy'
  if (health === 'unhealthy') return 'unhealthy'
  if (health === 'initial') return 'starting'
  if (health === 'unused') return 'unused'
  return health === 'draining' ? 'leaving' : 'unclear'
}

/** One row a line of this many instances; beyond the larger number only counts tell anything. */
const perRow = 30
const mostDrawn = 100
const mostVersions = 8

const rows = (drawn: string): string => {
  const parts = graphemes(drawn)
  const count = Math.ceil(parts.length / perRow)
  return Array.from({ length: count }, (_, row) =>
    parts.slice(row * perRow, (row + 1) * perRow).join(''),
  ).join('\n')
}

/** What people call the versions of a launch template, by its number. */
export type VersionNames = ReadonlyMap<number, string>

/** What shares a row: instances of one label, where groups are shown together, or else of one version. */
function kinds({ cells }: FleetSnapshot) {
  const keys = [...new Set(cells.map((cell) => cell.label ?? cell.version))]
  // Labels come in the order that they were told in, versions the oldest first.
  const ordered = keys.toSorted((a, b) =>
    typeof a === 'string' || typeof b === 'string' ? 0 : (a ?? 0) - (b ?? 0),
  )
  return ordered.map((key) => ({
    label: typeof key === 'string' ? key : undefined,
    version: typeof key === 'string' ? undefined : key,
    cells: cells.filter((cell) => (cell.label ?? cell.version) === key),
  }))
}

/** The fleet as rows of one sign an instance, by version, each said in words as well. */
export function fleetRows(fleet: FleetSnapshot, names: VersionNames, locale: Locale): Phrase {
  const copy = text[locale.language]
  const rowsOf = kinds(fleet)
  if (rowsOf.length === 0) return words(copy.none)
  return lines(
    ...rowsOf.slice(0, mostVersions).map(({ label, version, cells }) => {
      const found = cells.map(condition)
      const counted = order
        .map((kind) => [kind, found.filter((one) => one === kind).length] as const)
        .filter(([, count]) => count > 0)
      const drawn = counted.map(([kind, count]) => signs[kind].repeat(count)).join('')
      const content = counted.map(([kind, count]) => copy.count(count, copy.conditions[kind])).join(', ')
      const plain = version === undefined ? copy.noTemplate : (names.get(version) ?? copy.template(version))
      const named = label ?? plain
      if (fleet.cells.length > mostDrawn) return say`${bold(named)}  ${content}`
      return found.length > perRow
        ? say`${bold(named)}  ${content}\n${rows(drawn)}`
        : say`${bold(named)}  ${drawn}  ${content}`
    }),
  )
}

/** When it was looked at. */
export const fleetAge = (fleet: FleetSnapshot, locale: Locale): Phrase =>
  text[locale.language].asOf(clock(fleet.at, locale))

/** Which group it is, how many it wants, and when it was looked at. */
export const fleetCaption = (fleet: FleetSnapshot, locale: Locale): Phrase => {
  const copy = text[locale.language]
  return joined(
    [fleet.group === '' ? nothing : code(fleet.group), copy.desired(fleet.desired), fleetAge(fleet, locale)],
    ' · ',
  )
}
