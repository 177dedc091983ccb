import { bilingual } from '../locale'
import { code, say } from '../text/phrase'
import type { SomeSentences } from './placeholders'

const onlyOne = say`Exactly one color must have instances. Find out which one serves, set the other one to desired 0 and min 0 in the EC2 console, then try again.`
const onlyOneKo = say`한 색상에만 인스턴스가 있어야 합니다. 어느 쪽이 서비스 중인지 확인하고, EC2 콘솔에서 다른 쪽의 원하는 용량과 최소 용량을 0으로 바꾼 뒤 다시 시도하십시오.`

/** What is wrong with the two colors of a service, or worth knowing about them. */
export const blueGreen = {
  no_colors: bilingual({
    en: (f) => ({
      what: say`${f.name('service', 'The service')} has one group and not two colors, so nothing can change places.`,
      todo: say`To replace its instances with the version that serves, use ${f.commandText(`roll ${f.text('service', '<service>')}`)}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 그룹이 하나이며 두 색상이 없어 전환할 수 없습니다.`,
      todo: say`현재 버전으로 인스턴스를 교체하려면 ${f.commandText(`roll ${f.text('service', '<서비스>')}`)} 명령을 사용하십시오.`,
    }),
  }),
  colors_not_found: bilingual({
    en: (f) => ({
      what: say`AWS has no Auto Scaling group whose name begins with ${f.name('prefix', 'the prefix')}${f.known('tags', () => say` and that is tagged ${f.names('tags')}`)}.`,
      todo: say`Check ${code('colors')} in rollcall.yaml, the region, and the tags of the groups.`,
    }),
    ko: (f) => ({
      what: say`이름이 ${f.name('prefix', '지정한 접두사')}로 시작하는${f.known('tags', () => say` ${f.names('tags')} 태그의`)} 오토 스케일링 그룹이 AWS에 없습니다.`,
      todo: say`rollcall.yaml의 ${code('colors')} 항목, 리전, 그룹의 태그를 확인하십시오.`,
    }),
  }),
  group_without_color: bilingual({
    en: (f) => ({
      what: say`The name of ${f.noun('the group', 'group')} ends in neither ${code('-blue')} nor ${code('-green')}, so it has no color.`,
      todo: say`Take the tag off the group, narrow the prefix in rollcall.yaml, or name the groups of both colors there.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 이름이 ${code('-blue')}나 ${code('-green')}으로 끝나지 않아 색상을 알 수 없습니다.`,
      todo: say`그룹에서 태그를 빼거나, rollcall.yaml의 접두사를 좁히거나, 두 색상의 그룹 이름을 직접 지정하십시오.`,
    }),
  }),
  twin_missing: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has no twin: ${f.name('missing', 'the group of the other color')} was not found.`,
      todo: say`Create it like its twin, at desired 0 and min 0, with the same tags.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 짝이 없습니다. ${f.name('missing', '다른 색상의 그룹')}: 찾을 수 없음.`,
      todo: say`같은 구성과 태그로 짝 그룹을 만들고, 원하는 용량과 최소 용량을 0으로 두십시오.`,
    }),
  }),
  both_colors_live: bilingual({
    en: (f) => ({
      what: say`Both colors of ${f.name('service', 'the service')} have instances, so it is unclear which one is idle${f.known('groups', () => say`: ${f.names('groups')}`)}.`,
      todo: onlyOne,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 두 색상 모두 인스턴스가 있어 유휴 색상을 알 수 없습니다${f.known('groups', () => say`(${f.names('groups')})`)}.`,
      todo: onlyOneKo,
    }),
  }),
  both_colors_idle: bilingual({
    en: (f) => ({
      what: say`No color of ${f.name('service', 'the service')} serves: both are at zero${f.known('groups', () => say`: ${f.names('groups')}`)}.`,
      todo: say`Set the color that should serve to its capacity in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 두 색상 모두 0대여서 서비스 중인 색상이 없습니다${f.known('groups', () => say`(${f.names('groups')})`)}.`,
      todo: say`EC2 콘솔에서 서비스할 색상의 용량을 설정한 뒤 다시 시도하십시오.`,
    }),
  }),
  colors_count_differently: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'from')} and ${f.noun('the group', 'to')} count their capacity differently: the weights of their mixed instances policies, or what their desired capacity counts, are not the same.`,
      todo: say`Give both groups the same weights and the same ${code('DesiredCapacityType')}, then try again.`,
    }),
    ko: (f) => ({
      what: say`두 색상의 오토 스케일링 그룹${f.known('from', () => say` ${f.name('from', '')}`)}${f.known('to', () => say`, ${f.name('to', '')}`)}의 용량 단위가 다릅니다. 혼합 인스턴스 정책의 가중치나 원하는 용량의 단위가 서로 다릅니다.`,
      todo: say`두 그룹의 가중치와 ${code('DesiredCapacityType')}을 같게 한 뒤 다시 시도하십시오.`,
    }),
  }),
  color_warm_pool: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has a warm pool. What rests there is of an old version, and would come up first when the color does.`,
      todo: say`Take the pool off (${code('aws autoscaling delete-warm-pool')}) and try again: the color that is kept warm is a pool of its own.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에 웜 풀이 있습니다. 웜 풀의 인스턴스는 이전 버전이며, 색상을 시작할 때 먼저 올라옵니다.`,
      todo: say`웜 풀을 삭제(${code('aws autoscaling delete-warm-pool')})한 뒤 다시 시도하십시오. 유지되는 이전 색상이 웜 풀 역할을 합니다.`,
    }),
  }),
  colors_crossed: bilingual({
    en: (f) => ({
      what: say`The components of ${f.name('service', 'the service')} do not serve from the same color${f.known('groups', () => say`: ${f.names('groups')}`)}.`,
      todo: say`They move as one. Bring all of them to one color in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 구성 요소마다 서비스 중인 색상이 다릅니다${f.known('groups', () => say`(${f.names('groups')})`)}.`,
      todo: say`모든 구성 요소는 함께 전환됩니다. EC2 콘솔에서 한 색상으로 맞춘 뒤 다시 시도하십시오.`,
    }),
  }),
  several_components: bilingual({
    en: (f) => ({
      what: say`${f.name('service', 'The service')} has several components, each with groups of its own${f.known('groups', () => say`: ${f.names('groups')}`)}. It is unclear which one is meant.`,
      todo: say`Change the group that you mean in the EC2 console.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}에는 구성 요소가 여러 개 있어 어느 그룹인지 알 수 없습니다${f.known('groups', () => say`: ${f.names('groups')}`)}.`,
      todo: say`EC2 콘솔에서 해당 그룹을 직접 변경하십시오.`,
    }),
  }),
  standby_left: bilingual({
    en: (f) => ({
      what: say`Instances stand by in ${f.noun('the group', 'group')}, which would have to come up${f.known('instances', () => say`: ${f.names('instances')}`)}${f.known('operation', () => say`. ${f.name('operation', '')} keeps them for a warm way back`)}.`,
      todo: f.has('operation')
        ? say`End that with ${f.commandText(`finish ${f.text('service', '<service>')}`)}, or go back with ${f.commandText(`rollback ${f.text('service', '<service>')}`)}.`
        : say`Return them to service or terminate them in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`새로 시작할 ${f.noun('오토 스케일링 그룹', 'group')}에 대기(Standby) 중인 인스턴스가 있습니다${f.known('instances', () => say`: ${f.names('instances')}`)}.${f.known('operation', () => say` ${f.name('operation', '')} 작업이 되돌리기용으로 유지하고 있습니다.`)}`,
      todo: f.has('operation')
        ? say`${f.commandText(`finish ${f.text('service', '<서비스>')}`)} 명령으로 마무리하거나 ${f.commandText(`rollback ${f.text('service', '<서비스>')}`)} 명령으로 되돌리십시오.`
        : say`EC2 콘솔에서 서비스로 복귀시키거나 종료한 뒤 다시 시도하십시오.`,
    }),
  }),
  standby_not_running: bilingual({
    en: (f) => ({
      what: say`None of the instances in Standby of ${f.noun('the group', 'group')} is running any more${f.known('instances', () => say`: ${f.names('instances')}`)}. Nobody checks instances in Standby.`,
      todo: say`Run ${f.commandText(`finish ${f.text('service', '<service>')}`)}, then roll back again: the old version then comes up on new instances.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 대기(Standby) 인스턴스가 모두 실행 중이 아닙니다${f.known('instances', () => say`: ${f.names('instances')}`)}. 대기 중에는 상태 검사가 이루어지지 않습니다.`,
      todo: say`${f.commandText(`finish ${f.text('service', '<서비스>')}`)} 명령을 실행한 뒤 다시 되돌리면, 이전 버전을 새 인스턴스로 시작합니다.`,
    }),
  }),
  standby_replaced: bilingual({
    en: (f) => ({
      what: say`${f.has('instances') ? f.names('instances') : 'Some instances'} in Standby do not run any more. New ones are launched in their place, which takes about two minutes longer.`,
    }),
    ko: (f) => ({
      what: say`대기(Standby) 중이던 일부 인스턴스가 실행 중이 아닙니다${f.known('instances', () => say`(${f.names('instances')})`)}. 새 인스턴스로 대신하며, 약 2분 더 걸립니다.`,
    }),
  }),
  no_version_source: bilingual({
    en: (f) => ({
      what: say`rollcall.yaml does not say how ${f.name('service', 'the service')} gets a new version.`,
      todo: say`Give it ${code('version: { tag: … }')}, ${code('image')}, or both.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}에 새 버전을 지정하는 방법이 rollcall.yaml에 없습니다.`,
      todo: say`${code('version: { tag: … }')} 또는 ${code('image')} 항목을 추가하십시오.`,
    }),
  }),
  no_window: bilingual({
    en: (f) => ({
      what: say`Nothing of ${f.name('service', 'the service')} stands by that Rollcall has put there, so there is nothing to finish.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: Rollcall이 대기(Standby)로 전환한 인스턴스가 없어 마무리할 것이 없습니다.`,
    }),
  }),
  window_moved: bilingual({
    en: (f) => ({
      what: say`The way back of ${f.name('service', 'the service')} was kept open longer${f.known('until', () => say`, until ${f.when('until')}`)}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 되돌릴 수 있는 시간이 늘어났습니다${f.known('until', () => say`(${f.when('until')}까지)`)}.`,
    }),
  }),
  live_color_incomplete: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} that serves is not whole${f.known('wanted', () => say`: ${f.number('healthy') ?? 0} of ${f.text('wanted')} healthy`)}. The other color is still needed.`,
      todo: say`Find out what ails it; the other color stays as it is.`,
    }),
    ko: (f) => ({
      what: say`서비스 중인 ${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스가 모두 정상이 아닙니다${f.known('wanted', () => say`(정상 ${f.number('healthy') ?? 0}/${f.text('wanted')}대)`)}. 다른 색상이 아직 필요합니다.`,
      todo: say`원인을 확인하십시오. 다른 색상은 그대로 둡니다.`,
    }),
  }),
  live_color_unsettled: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} that serves lost ${f.is('count', 1) ? '1 instance' : say`${f.text('count', 'some')} instances`} to failed health checks${f.known('within', () => say` within ${f.span('within')}`)}. The other color is still needed.`,
      todo: say`Find out what ails it; the other color stays as it is.`,
    }),
    ko: (f) => ({
      what: say`서비스 중인 ${f.noun('오토 스케일링 그룹', 'group')}에서 ${f.known('within', () => say`최근 ${f.span('within')} 사이 `)}상태 검사 실패로 인스턴스 ${f.text('count', '일부')}${f.has('count') ? '대' : ''}가 교체되었습니다. 다른 색상이 아직 필요합니다.`,
      todo: say`원인을 확인하십시오. 다른 색상은 그대로 둡니다.`,
    }),
  }),
  alarms_ringing: bilingual({
    en: (f) => ({
      what: say`In CloudWatch ${f.names('alarms', 'an alarm')} ${f.items('alarms').length > 1 ? 'are' : 'is'} in the state ${code('ALARM')}. The other color may still be needed.`,
      todo: say`Find out what ails it.`,
    }),
    ko: (f) => ({
      what: say`CloudWatch 알람이 발생 중입니다${f.known('alarms', () => say`: ${f.names('alarms')}`)}. 다른 색상이 아직 필요할 수 있습니다.`,
      todo: say`원인을 확인하십시오.`,
    }),
  }),
  alarms_unknown: bilingual({
    en: (f) => ({
      what: say`CloudWatch${f.known('region', () => say` in ${f.name('region', '')}`)} has no ${f.items('alarms').length > 1 ? 'alarms' : 'alarm'} ${f.names('alarms', 'of the name in the catalogue')}. Whether the other color is still needed is not known.`,
      todo: say`Mend ${code('alarms')} of ${f.name('service', 'the service')} in the catalogue.`,
    }),
    ko: (f) => ({
      what: say`${f.known('region', () => say`${f.name('region', '')}의 `)}CloudWatch에 카탈로그의 알람이 없습니다${f.known('alarms', () => say`: ${f.names('alarms')}`)}. 다른 색상이 아직 필요한지 알 수 없습니다.`,
      todo: say`카탈로그에서 ${f.name('service', '서비스')}의 ${code('alarms')} 값을 고치십시오.`,
    }),
  }),
  old_color_unhealthy: bilingual({
    en: (f) => ({
      what: say`The instances that came back out of Standby did not become healthy${f.known('after', () => say` within ${f.span('after')}`)}${f.known('wanted', () => say`: ${f.number('healthy') ?? 0} of ${f.text('wanted')}`)}${f.beside('because')}${f.known('instances', () => say`, ${f.names('instances')}`)}.${f.known('serves', () => say` ${f.name('serves', '')} keeps serving.`)}`,
      todo: say`Check the application log on one of them, or deploy a fixed version.`,
    }),
    ko: (f) => ({
      what: say`대기(Standby)에서 복귀한 인스턴스가 ${f.known('after', () => say`${f.span('after')} 안에 `)}정상 상태가 되지 못했습니다${f.known('wanted', () => say`(정상 ${f.number('healthy') ?? 0}/${f.text('wanted')}대)`)}.${f.known('because', () => say` 상태 검사 사유: ${f.name('because', '')}.`)}${f.known('instances', () => say` 인스턴스: ${f.names('instances')}.`)}${f.known('serves', () => say` 서비스는 ${f.name('serves', '')}에서 계속됩니다.`)}`,
      todo: say`인스턴스의 애플리케이션 로그를 확인하거나, 문제를 고친 버전을 배포하십시오.`,
    }),
  }),
  actions_due: bilingual({
    en: (f) => ({
      what: say`Scheduled actions of ${f.name('group', 'the group')} fall due while the colors change places${f.known('names', () => say`: ${f.names('names')}`)}${f.known('at', () => say`, the first at ${f.when('at')}`)}. They run all the same, and the capacity follows.`,
    }),
    ko: (f) => ({
      what: say`색상을 전환하는 동안 ${f.noun('오토 스케일링 그룹', 'group')}의 예약 작업이 실행됩니다${f.known('names', () => say`: ${f.names('names')}`)}${f.known('at', () => say`(가장 이른 시각 ${f.when('at')})`)}. 예약은 그대로 실행되며 용량도 따라갑니다.`,
    }),
  }),
  policy_alarms: bilingual({
    en: (f) => ({
      what: say`Policies whose alarms are your own (${f.has('names') ? f.names('names') : 'step or simple scaling'}) are copied to ${f.name('to', 'the other group')} and disabled on ${f.name('from', 'the one that served')}. The alarms in CloudWatch must call the policies of both groups.`,
    }),
    ko: (f) => ({
      what: say`알람을 직접 관리하는 조정 정책(${f.has('names') ? f.names('names') : '단계 또는 단순 조정'})은 ${f.name('to', '다른 그룹')}에 복사하고 ${f.name('from', '기존 그룹')}에서는 비활성화합니다. CloudWatch 알람이 두 그룹의 정책을 모두 호출해야 합니다.`,
    }),
  }),
  capacity_followed: bilingual({
    en: (f) => ({
      what: say`${f.has('other') ? f.name('other', '') : 'The color that serves'} was scaled meanwhile; ${f.name('group', 'the other one')} follows to desired ${f.text('desired', '?')}.`,
    }),
    ko: (f) => ({
      what: say`작업 중에 ${f.has('other') ? f.name('other', '') : '서비스 중인 색상'} 용량이 바뀌어 ${f.name('group', '다른 색상')} 용량도 ${f.text('desired', '?')}대로 맞춥니다.`,
    }),
  }),
  left_standby: bilingual({
    en: (f) => ({
      what: say`Instances of ${f.name('group', 'the group')} are still in Standby${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`They are billed; return them to service or terminate them in the EC2 console.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스가 아직 대기(Standby) 중입니다${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`요금이 계속 부과되므로 EC2 콘솔에서 서비스로 복귀시키거나 종료하십시오.`,
    }),
  }),
} satisfies SomeSentences
