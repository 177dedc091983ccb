import { bilingual } from '../locale'
import { code, say } from '../text/phrase'
import type { SomeSentences } from './placeholders'

/** What is wrong with the routes that share traffic out between two colors, or worth knowing about them. */
export const canary = {
  no_target_group: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is attached to no target group, so no traffic can be shifted to it.`,
      todo: say`Attach a target group of its own to each color, or use the strategy ${code('blue-green')}.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에 연결된 대상 그룹이 없어 트래픽을 옮길 수 없습니다.`,
      todo: say`색상마다 별도의 대상 그룹을 연결하거나 ${code('blue-green')} 전략을 사용하십시오.`,
    }),
  }),
  shared_target_group: bilingual({
    en: (f) => ({
      what: say`Both colors are in one target group${f.known('targetGroup', () => say`, ${f.name('targetGroup', '')}`)}${f.known('groups', () => say` (${f.names('groups')})`)}: weights cannot tell them apart.`,
      todo: say`Give each color a target group of its own, or use the strategy ${code('blue-green')}, which needs just one.`,
    }),
    ko: (f) => ({
      what: say`두 색상${f.known('groups', () => say`(${f.names('groups')})`)}이 같은 ${f.noun('대상 그룹', 'targetGroup', '을를')} 함께 사용하여 가중치로 구분할 수 없습니다.`,
      todo: say`색상마다 별도의 대상 그룹을 연결하거나, 대상 그룹 하나로 충분한 ${code('blue-green')} 전략을 사용하십시오.`,
    }),
  }),
  target_groups_unpaired: bilingual({
    en: (f) => ({
      what: say`It is unclear which target group of one color belongs to which of the other${f.known('groups', () => say` (${f.names('groups')})`)}.`,
      todo: say`Attach one target group to each color, or name them alike but for ${code('blue')} and ${code('green')}.`,
    }),
    ko: (f) => ({
      what: say`두 색상${f.known('groups', () => say`(${f.names('groups')})`)}의 대상 그룹을 서로 짝지을 수 없습니다.`,
      todo: say`색상마다 대상 그룹을 하나씩만 연결하거나, ${code('blue')}와 ${code('green')} 외에는 이름을 똑같이 지으십시오.`,
    }),
  }),
  no_route: bilingual({
    en: (f) => ({
      what: say`No listener and no rule forwards to ${f.name('targetGroup', 'the target group')}${f.known('group', () => say` of ${f.name('group', '')}`)}, the live color: there is no traffic to shift.`,
      todo: say`Let a listener or a rule of the load balancer forward to it, then try again.`,
    }),
    ko: (f) => ({
      what: say`서비스 중인 색상${f.beside('group')}의 ${f.noun('대상 그룹', 'targetGroup', '으로')} 전달하는 리스너나 규칙이 없어 옮길 트래픽이 없습니다.`,
      todo: say`로드 밸런서의 리스너나 규칙이 이 대상 그룹으로 전달하도록 설정한 뒤 다시 시도하십시오.`,
    }),
  }),
  third_target_group: bilingual({
    en: (f) => ({
      what: say`${f.name('route', 'A route')} forwards to another target group beside the two colors${f.known('targetGroups', () => say`: ${f.names('targetGroups')}`)}.`,
      todo: say`Rollcall would have to take it out. Take it out yourself, or give it a rule of its own, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.has('route') ? f.name('route', '') : '경로'} 전달 대상에 두 색상 외의 대상 그룹이 있습니다${f.known('targetGroups', () => say`(${f.names('targetGroups')})`)}.`,
      todo: say`Rollcall이 임의로 제거하지 않습니다. 직접 빼거나 별도의 규칙으로 옮긴 뒤 다시 시도하십시오.`,
    }),
  }),
  weights_unclear: bilingual({
    en: (f) => ({
      what: say`The traffic of ${f.name('service', 'the service')} does not all go to one color${f.known('routes', () => say`: ${f.names('routes')}`)}.`,
      todo: say`Set every listener and rule to 100 for the color that should serve and 0 for the other one in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}의 트래픽이 한 색상으로만 가지 않습니다${f.known('routes', () => say`(${f.names('routes')})`)}.`,
      todo: say`EC2 콘솔에서 모든 리스너와 규칙의 가중치를 서비스할 색상 100, 다른 색상 0으로 맞춘 뒤 다시 시도하십시오.`,
    }),
  }),
  weights_on_idle: bilingual({
    en: (f) => ({
      what: say`All traffic of ${f.name('service', 'the service')} goes to ${f.has('group') ? f.name('group', '') : 'a color'}, which has no instances${f.known('routes', () => say`: ${f.names('routes')}`)}.`,
      todo: say`Set the weights to 100 for the color that has instances in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}의 모든 트래픽이 인스턴스가 없는 ${f.has('group') ? f.name('group', '') : '색상'} 쪽으로 가고 있습니다${f.known('routes', () => say`(${f.names('routes')})`)}.`,
      todo: say`EC2 콘솔에서 인스턴스가 있는 색상의 가중치를 100으로 바꾼 뒤 다시 시도하십시오.`,
    }),
  }),
  idle_gets_no_traffic: bilingual({
    en: (f) => ({
      what: say`Traffic does not reach ${f.name('group', 'the color coming up')}${f.known('routes', () => say`: ${f.names('routes')}`)}. With the other color in Standby nobody would answer.`,
      todo: say`Shift the traffic with ${code('--strategy canary')}, or attach both colors to one target group.`,
    }),
    ko: (f) => ({
      what: say`${f.has('group') ? f.name('group', '') : '새로 시작할 색상'} 쪽으로 트래픽이 가지 않습니다${f.known('routes', () => say`(${f.names('routes')})`)}. 다른 색상을 대기(Standby)로 바꾸면 응답할 인스턴스가 없어집니다.`,
      todo: say`${code('--strategy canary')} 옵션으로 트래픽을 옮기거나, 두 색상을 같은 대상 그룹에 연결하십시오.`,
    }),
  }),
  warm_left: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')}, which would have to come up, still runs at weight 0${f.known('operation', () => say`: ${f.name('operation', '')} keeps it for a warm way back`)}.`,
      todo: f.has('operation')
        ? say`End that with ${f.commandText(`finish ${f.text('service', '<service>')}`)}, or go back with ${f.commandText(`rollback ${f.text('service', '<service>')}`)}.`
        : say`Set it to desired 0 and min 0 in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`새로 시작할 ${f.noun('오토 스케일링 그룹', 'group', '이가')} 가중치 0으로 아직 실행 중입니다.${f.known('operation', () => say` ${f.name('operation', '')} 작업이 되돌리기용으로 유지하고 있습니다.`)}`,
      todo: f.has('operation')
        ? say`${f.commandText(`finish ${f.text('service', '<서비스>')}`)} 명령으로 마무리하거나 ${f.commandText(`rollback ${f.text('service', '<서비스>')}`)} 명령으로 되돌리십시오.`
        : say`EC2 콘솔에서 원하는 용량과 최소 용량을 0으로 바꾼 뒤 다시 시도하십시오.`,
    }),
  }),
  weights_changed: bilingual({
    en: (f) => ({
      what: say`Somebody else changed ${f.name('route', 'a route')} meanwhile${f.known('is', () => say`: it is at ${f.text('is')}`)}${f.known('was', () => say`${f.has('is') ? ', and' : ': it'} was to be ${f.text('was')}`)}.`,
      todo: say`Find out who did and why in the EC2 console and CloudTrail, before it is tried again.`,
    }),
    ko: (f) => ({
      what: say`작업 중에 다른 사람이 ${f.has('route') ? f.name('route', '') : '경로'} 설정을 바꿨습니다${f.known('is', () => say`(현재 ${f.text('is')}${f.known('was', () => say`, 예정 ${f.text('was')}`)})`)}.`,
      todo: say`다시 시도하기 전에 EC2 콘솔과 CloudTrail에서 누가 왜 바꿨는지 확인하십시오.`,
    }),
  }),
  weights_unhealthy: bilingual({
    en: (f) => ({
      what: say`With ${f.has('percent') ? `${f.text('percent')} % of the traffic` : 'traffic on it'} ${f.name('group', 'the color coming up')} has too few healthy instances${f.known('wanted', () => say`: ${f.number('healthy') ?? 0} of ${f.text('wanted')}`)}.`,
      todo: say`Check the application log on one of them, or deploy a fixed version.`,
    }),
    ko: (f) => ({
      what: say`${f.has('percent') ? `트래픽 ${f.text('percent')} %를 받는` : '트래픽을 받는'} ${f.noun('오토 스케일링 그룹', 'group')}의 정상 인스턴스가 부족합니다${f.known('wanted', () => say`(정상 ${f.number('healthy') ?? 0}/${f.text('wanted')}대)`)}.`,
      todo: say`인스턴스의 애플리케이션 로그를 확인하거나, 문제를 고친 버전을 배포하십시오.`,
    }),
  }),
  kept_color_unhealthy: bilingual({
    en: (f) => ({
      what: say`${f.has('group') ? f.name('group', '') : 'The color that is to get the traffic again'} was not healthy${f.known('after', () => say` within ${f.span('after')}`)}${f.known('wanted', () => say`: ${f.number('healthy') ?? 0} of ${f.text('wanted')}`)}${f.beside('because')}${f.known('instances', () => say`, ${f.names('instances')}`)}.${f.known('serves', () => say` ${f.name('serves', '')} keeps the traffic that it has.`)}`,
      todo: say`Check the application log on one of them, or deploy a fixed version.`,
    }),
    ko: (f) => ({
      what: say`트래픽을 다시 받을 ${f.has('group') ? f.name('group', '') : '색상'} 인스턴스가 ${f.known('after', () => say`${f.span('after')} 안에 `)}정상 상태가 되지 못했습니다${f.known('wanted', () => say`(정상 ${f.number('healthy') ?? 0}/${f.text('wanted')}대)`)}.${f.known('because', () => say` 상태 검사 사유: ${f.name('because', '')}.`)}${f.known('instances', () => say` 인스턴스: ${f.names('instances')}.`)}${f.known('serves', () => say` 트래픽은 ${f.name('serves', '')} 쪽에 그대로 유지됩니다.`)}`,
      todo: say`인스턴스의 애플리케이션 로그를 확인하거나, 문제를 고친 버전을 배포하십시오.`,
    }),
  }),
  sticky_clients: bilingual({
    en: (f) => ({
      what: say`Stickiness is on: clients stay with ${f.name('group', 'the old color')} for ${f.has('after') ? `up to ${f.span('after')}` : 'a while'} after the last shift. It is not finished before that is over.`,
    }),
    ko: (f) => ({
      what: say`고정 세션(stickiness)이 켜져 있어, 마지막 이동 뒤에도 ${f.has('after') ? `최대 ${f.span('after')} 동안` : '한동안'} 기존 클라이언트는 ${f.has('group') ? f.name('group', '') : '기존 색상'}에 머뭅니다. 그 전에는 마무리하지 않습니다.`,
    }),
  }),
  sticky_left: bilingual({
    en: (f) => ({
      what: say`Stickiness keeps clients with ${f.name('group', 'the old color')}${f.known('until', () => say` until ${f.when('until')}`)}: they would get errors if it ended now.`,
      todo: say`Finish it then; when the window is over it ends by itself.`,
    }),
    ko: (f) => ({
      what: say`고정 세션(stickiness) 때문에${f.known('until', () => say` ${f.when('until')}까지`)} 일부 클라이언트가 ${f.has('group') ? f.name('group', '') : '기존 색상'}에 머물며, 지금 끝내면 오류를 받게 됩니다.`,
      todo: say`그 시각 이후에 마무리하십시오. 유지 시간이 끝나면 자동으로 마무리됩니다.`,
    }),
  }),
  left_weights: bilingual({
    en: (f) => ({
      what: say`The traffic of these routes was shifted and may still be${f.known('routes', () => say`: ${f.names('routes')}`)}.`,
      todo: say`Check the weights in the EC2 console.`,
    }),
    ko: (f) => ({
      what: say`트래픽을 옮긴 뒤 되돌리지 못한 경로가 있습니다${f.known('routes', () => say`: ${f.names('routes')}`)}.`,
      todo: say`EC2 콘솔에서 가중치를 확인하십시오.`,
    }),
  }),
} satisfies SomeSentences
