import { bilingual } from '../locale'
import { code, nothing, say, type Phrase } from '../text/phrase'
import type { Placeholders, SomeSentences } from './placeholders'

const forms = say`${code('tomorrow 8pm for 3h')}, ${code('2026-12-24T20:00 3h')}, ${code('every weekday 19:30-23:00')}`
const koreanForms = say`${code('내일 오후 8시부터 11시까지')}, ${code('12월 24일 20:00 3시간')}, ${code('매주 금요일 20시 3시간')}`

const english = {
  gone: { out: 'the way out is deleted', in: 'the way in is deleted' },
  changed: { out: 'the way out is changed', in: 'the way in is changed' },
  added: { out: 'one way out is too many', in: 'one way in is too many' },
  begin: ': ',
  sizes: (min: number, desired: number, max: number) => `desired ${desired}, min ${min}, max ${max}`,
}
const korean = {
  gone: { out: '확대 작업 삭제됨', in: '복귀 작업 삭제됨' },
  changed: { out: '확대 작업 변경됨', in: '복귀 작업 변경됨' },
  added: { out: '확대 작업이 더 있음', in: '복귀 작업이 더 있음' },
  begin: ' – ',
  sizes: (min: number, desired: number, max: number) => `원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}`,
}

/** What became of an event's ways out and in. */
const edgesOf = (f: Placeholders<'event_actions_changed'>, copy: typeof english): Phrase => {
  const found = (['gone', 'changed', 'added'] as const).flatMap((how) =>
    f.items(how).flatMap((edge) => (edge === 'out' || edge === 'in' ? [copy[how][edge]] : [])),
  )
  return found.length === 0 ? nothing : say`${copy.begin}${[...new Set(found)].join(', ')}`
}

const notAllHealthy = bilingual({
  en: (f: Placeholders<'event_behind' | 'targets_unhealthy'>) => ({
    what: f.has('wanted')
      ? say`Only ${f.text('healthy', '0')} of ${f.text('wanted')} instances are healthy${f.known('because', () => say`: ${f.name('because', '')}`)}.`
      : say`Not all instances are healthy${f.known('because', () => say`: ${f.name('because', '')}`)}.`,
  }),
  ko: (f: Placeholders<'event_behind' | 'targets_unhealthy'>) => ({
    what: f.has('wanted')
      ? say`인스턴스 ${f.text('wanted')}대 중 ${f.text('healthy', '0')}대만 정상입니다${f.colon('because')}.`
      : say`정상이 아닌 인스턴스가 있습니다${f.colon('because')}.`,
  }),
})

/** What is wrong with the time of an event, or beside it. */
export const events = {
  time_unclear: bilingual({
    en: (f) => ({
      what: say`I cannot tell when ${f.name('text', 'this')} is.`,
      todo: say`For example: ${forms}.`,
    }),
    ko: (f) => ({ what: say`언제인지 알 수 없습니다${f.colon('text')}.`, todo: say`예: ${koreanForms}` }),
  }),
  time_ambiguous: bilingual({
    en: (f) => ({
      what: say`${f.name('text', 'This time')} may mean more than one time${f.known('choices', () => say`: ${f.names('choices')}`)}.`,
      todo: say`Say which one.`,
    }),
    ko: (f) => ({
      what: say`여러 시각으로 읽을 수 있습니다${f.colon('text')}${f.known('choices', () => say`(${f.names('choices')})`)}.`,
      todo: say`어느 쪽인지 지정하십시오.`,
    }),
  }),
  time_missing: bilingual({
    en: () => ({ what: say`The time of day is missing.`, todo: say`For example: ${forms}.` }),
    ko: () => ({ what: say`시각이 빠졌습니다.`, todo: say`예: ${koreanForms}` }),
  }),
  time_without_end: bilingual({
    en: () => ({
      what: say`The end is missing.`,
      todo: say`Add a length or an end, like ${code('for 3h')} or ${code('until 23:00')}.`,
    }),
    ko: () => ({
      what: say`종료 시각이 빠졌습니다.`,
      todo: say`${code('3시간 동안')} 또는 ${code('23:00까지')}처럼 길이나 종료 시각을 지정하십시오.`,
    }),
  }),
  time_past: bilingual({
    en: (f) => ({
      what: say`That is over, or begins too soon${f.known('at', () => say`: ${f.when('at')}`)}.`,
      todo: say`Name a time to come; to scale right now, use ${f.commandText('scale')}.`,
    }),
    ko: (f) => ({
      what: say`이미 지났거나 너무 임박한 시각입니다${f.known('at', () => say`: ${f.when('at')}`)}.`,
      todo: say`앞으로 올 시각을 지정하십시오. 지금 바로 조정하려면 ${f.commandText('scale')} 명령을 사용하십시오.`,
    }),
  }),
  time_zero_length: bilingual({
    en: () => ({
      what: say`It would end when it begins.`,
      todo: say`Give it a length, like ${code('for 3h')}.`,
    }),
    ko: () => ({
      what: say`시작과 종료 시각이 같습니다.`,
      todo: say`${code('3시간')}처럼 길이를 지정하십시오.`,
    }),
  }),
  time_ends_first: bilingual({
    en: () => ({ what: say`It would end before it begins.`, todo: say`Check both times.` }),
    ko: () => ({ what: say`종료 시각이 시작 시각보다 빠릅니다.`, todo: say`두 시각을 확인하십시오.` }),
  }),
  time_too_long: bilingual({
    en: (f) => ({
      what: say`That is longer than an event may be${f.known('most', () => say` (${f.span('most')})`)}.`,
      todo: say`For sizes that stay, use ${f.commandText('scale')}.`,
    }),
    ko: (f) => ({
      what: say`일정의 최대 길이를 넘습니다${f.known('most', () => say`(${f.span('most')})`)}.`,
      todo: say`계속 유지할 용량은 ${f.commandText('scale')} 명령으로 지정하십시오.`,
    }),
  }),
  time_skipped: bilingual({
    en: (f) => ({
      what: say`The clocks go forward over ${f.name('text', 'this time')} that day${f.known('zone', () => say` in ${f.name('zone', '')}`)}: it does not exist.`,
      todo: say`Choose another time.`,
    }),
    ko: (f) => ({
      what: say`서머타임 전환으로 그날 존재하지 않는 시각입니다${f.colon('text')}${f.beside('zone')}.`,
      todo: say`다른 시각을 지정하십시오.`,
    }),
  }),
  zone_unknown: bilingual({
    en: (f) => ({
      what: say`There is no time zone ${f.name('text', 'of that name')}.`,
      todo: say`Use a name like ${code('Asia/Seoul')}.`,
    }),
    ko: (f) => ({
      what: say`알 수 없는 시간대입니다${f.colon('text')}.`,
      todo: say`${code('Asia/Seoul')}과 같은 이름을 사용하십시오.`,
    }),
  }),
  too_many_actions: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has ${f.text('count', 'too many')} scheduled actions, and AWS allows ${f.text('most', '125')}; an event needs two.`,
      todo: say`Take events away that are not needed.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 예약 작업이 ${f.text('count', '너무 많습')}${f.has('count') ? '개입' : ''}니다. AWS 한도는 ${f.text('most', '125')}개이며, 일정 하나에 두 개가 필요합니다.`,
      todo: say`필요 없는 일정을 취소하십시오.`,
    }),
  }),
  event_same_start: bilingual({
    en: (f) => ({
      what: say`${f.noun('The event', 'event')}${f.beside('name')} begins at the same instant${f.known('at', () => say`: ${f.when('at')}`)}.`,
      todo: say`Change that event, or begin at another minute.`,
    }),
    ko: (f) => ({
      what: say`같은 시각에 시작하는 일정이 있습니다${f.colon('event')}${f.beside('name')}.`,
      todo: say`기존 일정을 바꾸거나 다른 시각에 시작하십시오.`,
    }),
  }),
  event_crosses: bilingual({
    en: (f) => ({
      what: say`It comes again together with ${f.noun('the event', 'event')}${f.beside('name')}, in a time zone whose clocks change on other days: what one scheduled action sets would not be right every week.`,
      todo: say`Give both the same time zone, or choose a time beside it.`,
    }),
    ko: (f) => ({
      what: say`다른 반복 일정과 겹칩니다${f.colon('event')}${f.beside('name')}. 서머타임 전환일이 다른 시간대라서 매주 같은 용량을 설정할 수 없습니다.`,
      todo: say`두 일정의 시간대를 같게 하거나 겹치지 않는 시각을 지정하십시오.`,
    }),
  }),
  event_late: bilingual({
    en: (f) => ({
      what: say`It is so soon that the capacity may be healthy only about ${f.known('after', () => say`${f.span('after')}`)} after the start.`,
    }),
    ko: (f) => ({
      what: say`시작까지 시간이 부족하여, 시작 후 약 ${f.known('after', () => say`${f.span('after')}`)} 뒤에 용량이 준비될 수 있습니다.`,
    }),
  }),
  event_overlaps: bilingual({
    en: (f) => ({
      what: say`It overlaps ${f.names('names', 'another event')}. The higher sizes win while both are on.`,
    }),
    ko: (f) => ({
      what: say`다른 일정과 겹칩니다${f.known('names', () => say`: ${f.names('names')}`)}. 겹치는 동안에는 더 큰 용량이 적용됩니다.`,
    }),
  }),
  foreign_actions: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has scheduled actions that Rollcall did not make and that run in that time${f.known('names', () => say`: ${f.names('names')}`)}.`,
      todo: say`They may change the sizes during the event. Rollcall leaves them as they are.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에 Rollcall이 만들지 않은 예약 작업이 그 시간에 실행됩니다${f.known('names', () => say`: ${f.names('names')}`)}.`,
      todo: say`일정 중에 용량이 바뀔 수 있습니다. Rollcall은 이 작업을 변경하지 않습니다.`,
    }),
  }),
  unknown_event: bilingual({
    en: (f) => ({
      what: say`There is no event ${f.name('event', 'of that name')} to come.`,
      todo: say`${f.commandText('schedules')} shows all there are.`,
    }),
    ko: (f) => ({
      what: say`예정된 일정이 없습니다${f.colon('event')}.`,
      todo: say`${f.commandText('schedules')} 명령으로 전체 일정을 확인하십시오.`,
    }),
  }),
  scale_in_first: bilingual({
    en: (f) => ({
      what: say`An event ends${f.known('at', () => say` at ${f.when('at')}`)} and lowers ${f.name('group', 'the group')}. No instance is replaced until it has, so that none that serves goes in place of one that still boots.`,
    }),
    ko: (f) => ({
      what: say`${f.known('at', () => say`${f.when('at')}에 `)}이벤트가 끝나면 ${f.name('group', '그룹')}의 용량이 줄어듭니다. 아직 시작 중인 인스턴스 대신 서비스 중인 인스턴스가 종료되지 않도록 그 뒤에 교체합니다.`,
    }),
  }),
  during_event: bilingual({
    en: (f) => ({
      what: say`${f.noun('The event', 'event')}${f.beside('name')} is on meanwhile${f.known('at', () => say`: the group goes out at ${f.when('at')}`)}.`,
      todo: say`Instances that the event launches may come up on either version.`,
    }),
    ko: (f) => ({
      what: say`작업 중에 일정이 진행됩니다${f.colon('event')}${f.beside('name')}${f.known('at', () => say`. 용량 확대 시각: ${f.when('at')}`)}.`,
      todo: say`일정으로 시작되는 인스턴스는 두 버전 중 하나일 수 있습니다.`,
    }),
  }),
  events_rebased: bilingual({
    en: (f) => ({
      what: say`When an event to come is over${f.known('events', () => say` (${f.names('events')})`)}, ${f.noun('the group', 'group')} goes back to the new sizes${f.known('restores', () => say`: ${f.sizes('restores', english.sizes)}`)}.`,
    }),
    ko: (f) => ({
      what: say`예정된 일정${f.known('events', () => say`(${f.names('events')})`)}이 끝나면 ${f.noun('오토 스케일링 그룹', 'group', '이가')} 새 용량으로 돌아갑니다${f.known('restores', () => say`: ${f.sizes('restores', korean.sizes)}`)}.`,
    }),
  }),
  not_checked: bilingual({
    en: (f) => ({
      what: say`Not checked: AWS does not answer${f.known('action', () => say` ${f.name('action', '')}`)}.`,
    }),
    ko: (f) => ({
      what: say`확인하지 못했습니다. AWS가${f.known('action', () => say` ${f.name('action', '')} 호출에`)} 응답하지 않습니다.`,
    }),
  }),
  addresses_short: bilingual({
    en: (f) => ({
      what: say`The subnets of ${f.noun('the group', 'group')} have ${f.known('left', () => say`only `)}${f.text('left', 'too few')} free addresses${f.known('need', () => say`, and ${f.text('need')} more instances are to come`)}.`,
      todo: say`Free some, add a subnet to the group, or ask for fewer instances.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}: 서브넷에 사용 가능한 주소가 ${f.known('left', () => say`${f.text('left')}개뿐이어서 `)}부족합니다${f.known('need', () => say`(추가할 인스턴스 ${f.text('need')}대)`)}.`,
      todo: say`주소를 확보하거나 그룹에 서브넷을 추가하거나 인스턴스 수를 줄이십시오.`,
    }),
  }),
  vcpus_short: bilingual({
    en: (f) => ({
      what: say`The account’s quota of vCPUs${f.known('quota', () => say` (${f.text('quota')})`)} is too small for what is to come${f.known('type', () => say` of ${f.name('type', '')}`)}: ${f.text('need', 'more')} needed, ${f.text('left', 'fewer')} left.`,
      todo: say`Ask for more in Service Quotas (days may pass), or ask for fewer instances.`,
    }),
    ko: (f) => ({
      what: say`계정의 vCPU 할당량${f.known('quota', () => say`(${f.text('quota')}개)`)}이 부족하여 인스턴스${f.known('type', () => say`(${f.name('type', '')})`)}를 모두 시작할 수 없습니다.${f.known('need', () => say` 필요 ${f.text('need')}개, 남음 ${f.text('left')}개.`)}`,
      todo: say`Service Quotas에서 할당량 증가를 요청하거나(며칠 걸릴 수 있음) 인스턴스 수를 줄이십시오.`,
    }),
  }),
  vcpus_not_checked: bilingual({
    en: (f) => ({
      what: say`Not checked: whether the account’s quota of vCPUs is enough. No quota is known for what ${f.noun('the group', 'group')} launches${f.known('type', () => say` (${f.name('type', '')})`)}.`,
    }),
    ko: (f) => ({
      what: say`vCPU 할당량이 충분한지는 확인하지 못했습니다. ${f.noun('오토 스케일링 그룹', 'group')}에서 시작하는 인스턴스 유형${f.known('type', () => say`(${f.name('type', '')})`)}의 할당량을 알 수 없습니다.`,
    }),
  }),
  event_actions_changed: bilingual({
    en: (f) => ({
      what: say`Somebody changed the scheduled actions of ${f.noun('the event', 'event')}${f.beside('name')} in AWS${edgesOf(f, english)}.`,
      todo: say`Put them right, or change the event.`,
    }),
    ko: (f) => ({
      what: say`AWS에서 일정의 예약 작업이 변경되었습니다${f.colon('event')}${f.beside('name')}${edgesOf(f, korean)}.`,
      todo: say`예약 작업을 복구하거나 일정을 변경하십시오.`,
    }),
  }),
  event_base_differs: bilingual({
    en: (f) => ({
      what: f.has('restores')
        ? say`After ${f.noun('the event', 'event')} ${f.noun('the group', 'group')} goes back to ${f.sizes('restores', english.sizes)}, but it has ${f.sizes('current', english.sizes)} now.`
        : say`After ${f.noun('the event', 'event')} ${f.noun('the group', 'group')} goes back to other sizes than it has now.`,
      todo: say`Put it right where the new sizes are to stay.`,
    }),
    ko: (f) => ({
      what: f.has('restores')
        ? say`일정이 끝나면 ${f.noun('오토 스케일링 그룹', 'group', '이가')} ${f.sizes('restores', korean.sizes)} 상태로 돌아가지만, 현재 용량은 ${f.sizes('current', korean.sizes)}입니다.`
        : say`일정이 끝나면 ${f.noun('오토 스케일링 그룹', 'group', '이가')} 현재와 다른 용량으로 돌아갑니다.`,
      todo: say`현재 용량을 유지하려면 예약 작업을 복구하십시오.`,
    }),
  }),
  image_not_newest: bilingual({
    en: (f) => ({
      what: say`A newer image waits${f.known('name', () => say`: ${f.name('name', '')}`)}. New instances would launch ${f.name('image', 'the one before')}.`,
    }),
    ko: (f) => ({
      what: say`더 새로운 이미지가 있습니다${f.colon('name')}. 새 인스턴스는 ${f.has('image') ? say`${f.name('image', '')} 이미지로` : say`이전 이미지로`} 시작합니다.`,
    }),
  }),
  versions_differ: bilingual({
    en: (f) => ({
      what: f.has('version')
        ? say`New instances would launch ${f.noun('version', 'version')}, but others run${f.known('versions', () => say` ${f.names('versions')}`)}.`
        : say`New instances would launch another version than those that run.`,
      todo: say`Roll the group, or deploy.`,
    }),
    ko: (f) => ({
      what: f.has('version')
        ? say`새 인스턴스는 ${f.noun('버전', 'version', '으로')} 시작하지만, 다른 버전${f.known('versions', () => say` ${f.names('versions')}`)} 인스턴스가 실행 중입니다.`
        : say`새 인스턴스가 실행 중인 인스턴스와 다른 버전으로 시작합니다.`,
      todo: say`버전을 교체하거나 배포하십시오.`,
    }),
  }),
  targets_unhealthy: notAllHealthy,
  event_lead_short: bilingual({
    en: (f) => ({
      what: say`The last scale-outs took up to ${f.span('took')}, but the group goes out only ${f.span('lead')} before the start.`,
      todo: say`Let it go out earlier.`,
    }),
    ko: (f) => ({
      what: say`최근 확대에 최대 ${f.span('took')} 걸렸지만, 시작 ${f.span('lead')} 전에야 확대를 시작합니다.`,
      todo: say`더 일찍 시작하도록 조정하십시오.`,
    }),
  }),
  event_behind: notAllHealthy,
  event_not_out: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has not gone out: desired is ${f.text('desired', 'as before')}${f.known('wanted', () => say`, not ${f.text('wanted')}`)}.`,
      todo: say`Scale it now, and see in AWS what became of the scheduled action.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 용량이 확대되지 않았습니다. 원하는 용량은 ${f.text('desired', '이전')}${f.known('wanted', () => say`(예정 ${f.text('wanted')})`)} 그대로입니다.`,
      todo: say`지금 직접 조정하고, AWS에서 예약 작업을 확인하십시오.`,
    }),
  }),
  event_not_in: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has not gone back in: desired is ${f.text('desired', 'as before')}${f.known('wanted', () => say`, not ${f.text('wanted')}`)}.`,
      todo: say`Scale it back, where nobody wants it so.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 용량이 복귀되지 않았습니다. 원하는 용량은 ${f.text('desired', '이전')}${f.known('wanted', () => say`(예정 ${f.text('wanted')})`)} 그대로입니다.`,
      todo: say`의도한 용량이 아니라면 직접 되돌리십시오.`,
    }),
  }),
  scale_in_event: bilingual({
    en: (f) => ({
      what: say`${f.noun('The event', 'event')}${f.beside('name')} is on${f.known('at', () => say` until ${f.when('at')}`)}: its way in then sets the sizes that held before it.`,
      todo: say`For other sizes during the event or after it, change the event, or scale again afterwards.`,
    }),
    ko: (f) => ({
      what: say`진행 중인 일정이 있습니다${f.colon('event')}${f.beside('name')}. ${f.known('at', () => say`${f.when('at')}에 `)}복귀하면서 일정 이전의 용량으로 되돌아갑니다.`,
      todo: say`일정 중이나 이후의 용량을 바꾸려면 일정을 변경하거나 일정이 끝난 뒤 다시 조정하십시오.`,
    }),
  }),
  cooldown_lasts: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is in its cooldown${f.known('until', () => say` until ${f.when('until')}`)}; Rollcall waits for it first.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 휴지 기간입니다${f.known('until', () => say`(${f.when('until')}까지)`)}. 휴지 기간이 끝난 뒤에 조정합니다.`,
    }),
  }),
  group_pinned: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is pinned to ${f.noun('version', 'version')}: it goes on launching that one.`,
      todo: say`Deploy, or roll the group to the new version.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}: ${f.noun('버전', 'version')}에 고정되어 있어 계속 그 버전으로 시작합니다.`,
      todo: say`배포하거나 새 버전으로 교체하십시오.`,
    }),
  }),
  security_groups_by_name: bilingual({
    en: (f) => ({
      what: say`${f.noun('Version', 'version')} of ${f.noun('the launch template', 'template')} names its security groups${f.known('names', () => say` (${f.names('names')})`)}, but a group with subnets wants their ids: every launch would fail.`,
      todo: say`${f.commandText('update-image … --security-groups-by-id')} makes a version with their ids (sg-…).`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 ${f.noun('버전', 'version')}에 보안 그룹이 이름으로 지정되어 있습니다${f.known('names', () => say`(${f.names('names')})`)}. 서브넷을 사용하는 그룹에는 ID가 필요하여 인스턴스를 시작할 수 없습니다.`,
      todo: say`${f.commandText('update-image … --security-groups-by-id')} 명령으로 보안 그룹 ID(sg-…)를 사용하는 새 버전을 만드십시오.`,
    }),
  }),
} satisfies SomeSentences
