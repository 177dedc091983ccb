import { bilingual } from '../locale'
import { code, nothing, say, type Phrase } from '../text/phrase'
import { figuresRow } from '../analysis/figures'
import type { Placeholders, SomeSentences } from './placeholders'

type Facts = Placeholders<'version_bad' | 'version_unsure'>

const figures = (f: Pick<Facts, 'number'>, language: 'en' | 'ko'): Phrase => {
  const known = (
    ['requests', 'errors', 'share', 'oldShare', 'latency', 'oldLatency', 'percentile'] as const
  ).flatMap((name) => {
    const value = f.number(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return (f.number('requests') ?? 0) === 0
    ? nothing
    : say` ${figuresRow(Object.fromEntries(known), language)}.`
}

/** Why nothing can be said. */
const doubts = bilingual<Readonly<Record<string, (f: Placeholders<'version_unsure'>) => Phrase>>>({
  en: {
    no_data: () => say`CloudWatch told of no request`,
    denied: (f) => say`Rollcall may not read the metrics; ${f.names('permissions', 'a right')} is missing`,
    few_requests: (f) =>
      say`there were only ${f.text('requests', '0')} requests, and ${f.text('least')} are needed`,
    few_minutes: () => say`too few minutes had enough requests`,
    nothing_to_compare: () => say`there was nothing like it to compare with in the hour before`,
    undecided: () => say`it looks worse, and may still be chance`,
    alarms_unknown: (f) => say`CloudWatch does not tell of every alarm (${f.names('alarms')})`,
  },
  ko: {
    no_data: () => say`CloudWatch에 요청이 기록되지 않았습니다`,
    denied: (f) => say`지표를 읽을 권한이 없습니다(${f.names('permissions', 'CloudWatch')})`,
    few_requests: (f) => say`요청이 ${f.text('requests', '0')}건뿐입니다(최소 ${f.text('least')}건 필요)`,
    few_minutes: () => say`판단에 필요한 만큼 요청이 있었던 시간이 부족합니다`,
    nothing_to_compare: () => say`직전 한 시간에 비교할 만한 트래픽이 없었습니다`,
    undecided: () => say`이전보다 나빠 보이지만 우연일 수 있습니다`,
    alarms_unknown: (f) => say`CloudWatch에서 일부 알람의 상태를 확인할 수 없습니다(${f.names('alarms')})`,
  },
})

const doubt = (f: Placeholders<'version_unsure'>, language: 'en' | 'ko'): Phrase =>
  doubts[language][f.text('doubt')]?.(f) ?? say`${code(f.text('doubt'))}`

const newVersion = (f: Pick<Facts, 'has' | 'name'>): Phrase =>
  f.has('version') ? say`${f.name('version', '')} 버전` : say`새 버전`

/** What customers notice of a new version. */
export const checks = {
  version_bad: bilingual({
    en: (f) => ({
      what: f.is('check', 'alarms')
        ? say`Customers notice ${f.name('version', 'the new version')}: ${f.names('alarms', 'an alarm')} ${f.items('alarms').length > 1 ? 'ring' : 'rings'} that did not ring before.`
        : say`Customers notice ${f.name('version', 'the new version')}: ${f.is('check', 'latency') ? 'its answers are slower' : 'more of its answers are errors'}.${figures(f, 'en')}`,
      todo: say`Look at the application’s log and its dependencies, then deploy a fixed version.`,
    }),
    ko: (f) => ({
      what: f.is('check', 'alarms')
        ? say`${newVersion(f)} 배포 중 이전에 없던 알람이 발생했습니다: ${f.names('alarms', '알람')}`
        : say`${newVersion(f)}의 ${f.is('check', 'latency') ? '응답이 느려졌습니다' : '오류 응답이 늘었습니다'}.${figures(f, 'ko')}`,
      todo: say`애플리케이션 로그와 연동 서비스를 확인하고, 문제를 고친 버전을 배포하십시오.`,
    }),
  }),
  version_unsure: bilingual({
    en: (f) => ({
      what: f.has('by')
        ? say`${f.person('by', '')} wanted it back: whether customers notice ${f.name('version', 'the new version')} could not be told${f.known('doubt', () => say`, as ${doubt(f, 'en')}`)}.`
        : say`Whether customers notice ${f.name('version', 'the new version')} cannot be told${f.known('doubt', () => say`: ${doubt(f, 'en')}`)}.${figures(f, 'en')}`,
      todo: say`Look at the service yourself before you decide.`,
    }),
    ko: (f) => ({
      what: f.has('by')
        ? say`${f.honored('by', '사용자', '이가')} 되돌리기를 선택했습니다. ${newVersion(f)}의 영향을 판단할 수 없었습니다${f.known('doubt', () => say`: ${doubt(f, 'ko')}`)}.`
        : say`${newVersion(f)}이 사용자에게 미치는 영향을 판단할 수 없습니다${f.known('doubt', () => say`: ${doubt(f, 'ko')}`)}.${figures(f, 'ko')}`,
      todo: say`서비스를 직접 확인한 뒤 결정하십시오.`,
    }),
  }),
  metrics_denied: bilingual({
    en: (f) => ({
      what: say`Rollcall may not read what its checks need: nothing can be said of what customers meet.`,
      todo: say`Give its worker’s role ${f.names('permissions', 'the right to read metrics')}.`,
    }),
    ko: (f) => ({
      what: say`Rollcall에 지표를 읽을 권한이 없어 사용자에게 미치는 영향을 판단할 수 없습니다.`,
      todo: say`워커 역할에 다음 권한을 추가하십시오: ${f.names('permissions', '지표 읽기')}`,
    }),
  }),
  scale_ins_not_held: bilingual({
    en: (f) => ({
      what: say`Rollcall may not hold what scales ${f.name('group', 'the group')} in${f.known('policies', () => say`: ${f.names('policies')}`)}. It goes on all the same, and follows what its alarms take away meanwhile.`,
      todo: say`Give its worker’s role ${f.name('permission', 'the right to change scaling policies')}.`,
    }),
    ko: (f) => ({
      what: say`Rollcall에 ${f.noun('오토 스케일링 그룹', 'group')}의 조정 정책을 변경할 권한이 없어 축소를 보류하지 못합니다${f.colon('policies')}. 작업은 계속되며, 그동안 알람이 줄인 용량은 그대로 따릅니다.`,
      todo: say`워커 역할에 다음 권한을 추가하십시오: ${f.name('permission', '조정 정책 변경')}`,
    }),
  }),
  target_outside: bilingual({
    en: (f) => ({
      what:
        f.items('instances').length > 1
          ? say`${f.names('instances')} in ${f.name('targetGroup', 'the target group')} belong to no Auto Scaling group: they keep the version that they have. Nothing drains them when they are terminated, and requests that are sent to them by then are lost.`
          : say`${f.names('instances', 'An instance')} in ${f.name('targetGroup', 'the target group')} belongs to no Auto Scaling group: it keeps the version that it has. Nothing drains it when it is terminated, and requests that are sent to it by then are lost.`,
      todo: say`Deregister before you terminate, and let it drain.`,
    }),
    ko: (f) => ({
      what: say`${f.name('targetGroup', '대상 그룹')}에 Auto Scaling 그룹에 속하지 않는 인스턴스가 등록되어 있습니다(${f.names('instances', '인스턴스')}). 버전을 포함해 그대로 두며, 종료하면 드레이닝 없이 그때까지 보내진 요청이 유실됩니다.`,
      todo: say`종료하기 전에 대상 그룹에서 등록을 취소하고 드레이닝이 끝날 때까지 기다리십시오.`,
    }),
  }),
  drain_too_short: bilingual({
    en: (f) => ({
      what: say`Slow requests can be cut off when an instance leaves: ${f.name('targetGroup', 'its target group')} drains for a shorter time${f.known('drain', () => say` (${f.text('drain')} s)`)} than its load balancer waits for an answer${f.known('idle', () => say` (${f.text('idle')} s)`)}.`,
      todo: say`Where answers take that long, set ${code('deregistration_delay.timeout_seconds')} of the target group higher.`,
    }),
    ko: (f) => ({
      what: say`인스턴스가 빠질 때 오래 걸리는 요청이 끊길 수 있습니다. ${f.name('targetGroup', '대상 그룹')}의 등록 취소 지연${f.known('drain', () => say`(${f.text('drain')}초)`)}이 로드 밸런서의 유휴 제한 시간${f.known('idle', () => say`(${f.text('idle')}초)`)}보다 짧습니다.`,
      todo: say`응답이 그만큼 오래 걸리면 대상 그룹의 ${code('deregistration_delay.timeout_seconds')} 값을 늘리십시오.`,
    }),
  }),
} satisfies SomeSentences
