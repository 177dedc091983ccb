import { bilingual } from '../locale'
import { kindName } from '../provision/kinds'
import { bold, code, say } from '../text/phrase'
import type { Placeholders, SomeSentences } from './placeholders'

const network = bilingual<(f: Placeholders<'network_not_found'>) => string>({
  en: (f: Placeholders<'network_not_found'>) => (f.is('what', 'subnet') ? 'subnet' : 'VPC'),
  ko: (f: Placeholders<'network_not_found'>) => (f.is('what', 'subnet') ? '서브넷' : 'VPC'),
})

/** What stands between a blueprint and its fleet, and what is left of one. */
export const provisioning = {
  no_blueprint: bilingual({
    en: (f) => ({
      what: say`rollcall.yaml does not say how the fleet of ${f.name('service', 'the service')} is built.`,
      todo: say`Add ${code('fleet')}, and ${code('group')} and ${code('template')} for its names, to the service.`,
    }),
    ko: (f) => ({
      what: say`rollcall.yaml에 ${f.name('service', '이 서비스')}의 구성 방법이 없습니다.`,
      todo: say`서비스에 ${code('fleet')} 항목과, 이름을 정하는 ${code('group')}, ${code('template')} 항목을 추가하십시오.`,
    }),
  }),
  network_not_found: bilingual({
    en: (f) => ({
      what: f.is('name', 'default')
        ? say`The account has no default VPC in this region.`
        : say`There is no ${f.noun(network.en(f), 'name')}.`,
      todo: say`Name one that is there by its Name tag or its id, under ${code('fleet')} in rollcall.yaml. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: f.is('name', 'default')
        ? say`이 리전에는 기본 VPC가 없습니다.`
        : say`${network.ko(f)}${f.colon('name')}: 찾을 수 없습니다.`,
      todo: say`rollcall.yaml의 ${code('fleet')} 항목에 실제로 있는 Name 태그나 ID를 지정하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  network_ambiguous: bilingual({
    en: (f) => ({
      what: say`Several bear the name ${f.name('name', '?')}${f.known('found', () => say`: ${f.names('found')}`)}.`,
      todo: say`Name the one that is meant by its id. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`이름이 같은 항목이 여러 개 있습니다${f.colon('name')}${f.known('found', () => say` (${f.names('found')})`)}.`,
      todo: say`ID로 하나를 지정하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  balancer_zones: bilingual({
    en: (f) => ({
      what: say`${f.noun('The load balancer', 'name')} needs subnets of two zones or more, one a zone${f.known('subnets', () => say`; these are ${f.names('subnets')} in ${f.names('zones', 'one zone')}`)}.`,
      todo: say`Correct ${code('load_balancer.subnets')}. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('로드 밸런서', 'name', '은는')} 두 개 이상의 가용 영역에서 영역마다 서브넷이 하나씩 필요합니다${f.known('subnets', () => say`(현재 ${f.names('subnets')})`)}.`,
      todo: say`${code('load_balancer.subnets')} 항목을 고치십시오. 변경된 것은 없습니다.`,
    }),
  }),
  balancer_addresses: bilingual({
    en: (f) => ({
      what: say`${f.noun('The load balancer', 'name')} needs ${f.text('need', '8')} free addresses in each subnet; ${f.names('subnets', 'a subnet')} has fewer.`,
      todo: say`Use other subnets, or free addresses. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('로드 밸런서', 'name', '은는')} 서브넷마다 빈 주소가 ${f.text('need', '8')}개 필요합니다. 부족한 서브넷: ${f.names('subnets', '확인 필요')}.`,
      todo: say`다른 서브넷을 지정하거나 주소를 확보하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  rights_missing: bilingual({
    en: (f) => ({
      what: say`Rollcall's credentials lack rights that this needs${f.known('actions', () => say`: ${f.names('actions')}`)}.`,
      todo: say`Give its role what ${f.name('policy', 'its policy')} grants. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`Rollcall 자격 증명에 필요한 권한이 없습니다${f.known('actions', () => say`: ${f.names('actions')}`)}.`,
      todo: say`역할에 ${f.name('policy', '정책 문서')}의 권한을 부여하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  resources_foreign: bilingual({
    en: (f) => ({
      what: say`${f.names('names', 'Some of it')} bears a name of the blueprint and is not of ${f.name('service', 'the service')}.`,
      todo: f.is('adoptable', true)
        ? say`${f.commandText(`provision ${f.text('service')} --adopt`)} takes over what fits, after a plan that says so. Else use other names. Nothing was changed.`
        : say`It belongs to another service and is never taken over: use other names. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`구성할 이름과 같지만 ${f.name('service', '이 서비스')}의 것이 아닌 항목이 있습니다${f.known('names', () => say`: ${f.names('names')}`)}.`,
      todo: f.is('adoptable', true)
        ? say`${f.commandText(`provision ${f.text('service')} --adopt`)} 명령으로 맞는 항목을 계획 확인 후 인수하거나, 다른 이름을 사용하십시오. 변경된 것은 없습니다.`
        : say`다른 서비스의 항목이므로 인수하지 않습니다. 다른 이름을 사용하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  resource_unfit: bilingual({
    en: (f) => ({
      what: say`${f.name('name', 'A resource')} differs in what AWS cannot change in place${f.known('differences', () => say`: ${f.names('differences')}`)}.`,
      todo: say`Nothing is ever replaced: give it another name in rollcall.yaml, or remove it by hand. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.name('name', '리소스')}: AWS가 제자리에서 바꿀 수 없는 차이가 있습니다${f.known('differences', () => say` (${f.names('differences')})`)}.`,
      todo: say`교체는 하지 않습니다. rollcall.yaml에서 다른 이름을 쓰거나 직접 삭제하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  resource_taken: bilingual({
    en: (f) => ({
      what: say`Somebody else made ${f.name('name', 'a resource of that name')} since the plan was made.`,
      todo: say`Look at it, then provision again.`,
    }),
    ko: (f) => ({
      what: say`계획 이후 다른 사람이 같은 이름의 리소스를 만들었습니다${f.colon('name')}.`,
      todo: say`확인한 뒤 다시 구성하십시오.`,
    }),
  }),
  resource_not_own: bilingual({
    en: (f) => ({
      what: say`${f.name('name', 'A resource')} does not carry the tags by which it may be removed, and is left alone.`,
      todo: say`Look at who owns it, and remove it by hand if it is to go.`,
    }),
    ko: (f) => ({
      what: say`${f.name('name', '리소스')}: 삭제할 수 있음을 나타내는 태그가 없어 그대로 두었습니다.`,
      todo: say`누구의 것인지 확인하고, 필요하면 직접 삭제하십시오.`,
    }),
  }),
  fleet_complete: bilingual({
    en: (f) => ({
      what: say`Nothing is to do: the fleet of ${f.name('service', 'the service')} is built as rollcall.yaml says${f.beside('group')}.${f.known('left', () => say` What differs and stays as it is: ${f.names('left')}.`)}`,
    }),
    ko: (f) => ({
      what: say`할 일이 없습니다. ${f.name('service', '이 서비스')} 구성이 rollcall.yaml과 같습니다${f.beside('group')}.${f.known('left', () => say` 다르지만 그대로 두는 항목: ${f.names('left')}.`)}`,
    }),
  }),
  balancer_failed: bilingual({
    en: (f) => ({
      what: say`${f.noun('The load balancer', 'name')} could not be brought up${f.known('state', () => say` (state ${f.name('state', '')})`)}.`,
      todo: say`See what AWS says, then provision again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('로드 밸런서', 'name')}: 준비하지 못했습니다${f.known('state', () => say`(상태 ${f.name('state', '')})`)}.`,
      todo: say`AWS 메시지를 확인한 뒤 다시 구성하십시오.`,
    }),
  }),
  balancer_protected: bilingual({
    en: (f) => ({
      what: say`Deletion protection of ${f.noun('the load balancer', 'name')} is on, so that it stays.`,
      todo: say`Take the protection off in the EC2 console, then run this again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('로드 밸런서', 'name')}: 삭제 방지가 켜져 있어 그대로 두었습니다.`,
      todo: say`EC2 콘솔에서 삭제 방지를 끈 뒤 다시 실행하십시오.`,
    }),
  }),
  fleet_not_serving: bilingual({
    en: (f) => ({
      what: say`The new fleet does not serve${f.known('after', () => say` after ${f.span('after')}`)}: ${f.text('healthy', '0')} of ${f.text('wanted', 'its')} instances of ${f.name('group', 'the group')} are healthy${f.known('balancer', () => say`, the load balancer is ${f.name('balancer', '')}`)}.`,
      todo: say`See whether the instances boot and answer the health check.`,
    }),
    ko: (f) => ({
      what: say`새로 구성한 인스턴스가 서비스하지 못합니다${f.known('after', () => say`(${f.span('after')} 경과)`)}. ${f.name('group', '그룹')} 정상 ${f.text('healthy', '0')}/${f.text('wanted', '?')}대${f.known('balancer', () => say`, 로드 밸런서 상태 ${f.name('balancer', '')}`)}.`,
      todo: say`인스턴스가 부팅되어 상태 확인에 응답하는지 확인하십시오.`,
    }),
  }),
  left_resource: bilingual({
    en: (f) => ({
      what: say`The ${kindName(f.text('what', 'resource'), 'en')} ${f.name('name', '')}${f.beside('id')} is there; the next provision goes on with it.`,
    }),
    ko: (f) => ({
      what: say`${kindName(f.text('what', '리소스'), 'ko')} ${f.name('name', '')}${f.beside('id')}: 남아 있으며, 다음 구성 때 이어서 사용합니다.`,
    }),
  }),
  nothing_to_tear_down: bilingual({
    en: (f) => ({
      what: say`Nothing in AWS carries the tag of ${f.name('service', 'the service')}, so nothing of it is taken down.${f.known('names', () => say` ${f.names('names')} ${f.items('names').length === 1 ? 'bears its name, belongs to nobody that Rollcall knows' : 'bear its names, belong to nobody that Rollcall knows'}, and stays.`)}`,
      todo: f.has('images')
        ? say`Its images stay as well (${f.names('images')}); with ${code('--images')} they go.`
        : say`Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`AWS에 ${f.name('service', '이 서비스')} 태그가 있는 리소스가 없어 철거할 것이 없습니다.${f.known('names', () => say` 이름은 같지만 태그가 없어 그대로 두는 항목: ${f.names('names')}.`)}`,
      todo: f.has('images')
        ? say`이미지도 그대로 둡니다(${f.names('images')}). ${code('--images')} 옵션을 붙이면 삭제합니다.`
        : say`변경된 것은 없습니다.`,
    }),
  }),
  teardown_while_running: bilingual({
    en: (f) => ({
      what: say`${f.noun('An operation', 'operation')} is at work on ${f.name('service', 'the service')}.`,
      todo: say`Wait until it has ended, or cancel it, then try again. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')}에서 다른 작업이 진행 중입니다${f.beside('operation')}.`,
      todo: say`작업이 끝나기를 기다리거나 취소한 뒤 다시 시도하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  teardown_in_window: bilingual({
    en: (f) => ({
      what: say`An old color of ${f.name('service', 'the service')} still stands by${f.known('until', () => say` until ${f.when('until')}`)}.`,
      todo: say`End that first with ${f.commandText(`finish ${f.text('service')}`)}. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')}의 이전 색상이 아직 대기 중입니다${f.known('until', () => say`(${f.when('until')}까지)`)}.`,
      todo: say`먼저 ${f.commandText(`finish ${f.text('service')}`)} 명령으로 마무리하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  teardown_events: bilingual({
    en: (f) => ({
      what: say`Live events still count on ${f.name('service', 'the service')}${f.known('events', () => say`: ${f.names('events')}`)}.`,
      todo: say`Take each off the schedule first, with ${f.commandText(`unschedule ${f.items('events')[0] ?? '<event>'}`)}. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')}에 예정된 이벤트가 있습니다${f.known('events', () => say`: ${f.names('events')}`)}.`,
      todo: say`먼저 ${f.commandText(`unschedule ${f.items('events')[0] ?? '<event>'}`)} 명령으로 이벤트를 취소하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  teardown_standby: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has instances in Standby, which do not end with it${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`Return them to service or terminate them first. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에 대기(Standby) 인스턴스가 있어 함께 종료되지 않습니다${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`먼저 서비스로 복귀시키거나 종료하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  teardown_needed: bilingual({
    en: (f) => ({
      what: say`Others still need what would be taken from them${f.known('needs', () => say`: ${f.names('needs')}`)}.`,
      todo: say`Each arrow points to what is needed. Detach it there first. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`다른 리소스가 아직 사용하고 있습니다${f.known('needs', () => say`: ${f.names('needs')}`)}.`,
      todo: say`화살표가 가리키는 것이 사용 중인 항목입니다. 먼저 연결을 해제하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  name_not_typed: bilingual({
    en: (f) => ({
      what: say`This is not confirmed by a click: the name of the service is typed in its form${f.beside('service')}.`,
      todo: say`Click ${bold('Take down…')} under the plan.`,
    }),
    ko: (f) => ({
      what: say`버튼만으로는 확인되지 않습니다. 양식에 서비스 이름을 직접 입력해야 합니다${f.beside('service')}.`,
      todo: say`계획 아래의 ${bold('철거…')} 버튼을 누르십시오.`,
    }),
  }),
  left_standing: bilingual({
    en: (f) => ({
      what: say`${f.noun(`The ${kindName(f.text('what', 'resource'), 'en')}`, 'name')}${f.beside('id')} is still there.`,
    }),
    ko: (f) => ({
      what: say`${f.noun(kindName(f.text('what', '리소스'), 'ko'), 'name')}${f.beside('id')}: 아직 남아 있습니다.`,
    }),
  }),
  left_fixed: bilingual({
    en: (f) => ({
      what: say`What had drifted was set as rollcall.yaml says, and stays so${f.known('names', () => say`: ${f.names('names')}`)}.`,
    }),
    ko: (f) => ({
      what: say`달라져 있던 항목은 rollcall.yaml대로 맞춘 상태로 둡니다${f.known('names', () => say`: ${f.names('names')}`)}.`,
    }),
  }),
  left_emptied: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is still there and was being emptied: its instances, scheduled actions and policies are gone or going.`,
      todo: say`Another teardown goes on from there; a provision brings it back.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}: 아직 남아 있으며, 인스턴스와 예약 작업, 조정 정책은 이미 없거나 없어지는 중입니다.`,
      todo: say`다시 철거하면 이어서 진행하고, 구성하면 되살립니다.`,
    }),
  }),
} satisfies SomeSentences
