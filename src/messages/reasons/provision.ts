import { bilingual } from '../locale'
import { kindName } from '../provision/kinds'
import { code, say } from '../text/phrase'
import type { Placeholders, Sentences } from './placeholders'

type Code =
  | 'balancer_addresses'
  | 'balancer_failed'
  | 'balancer_protected'
  | 'balancer_zones'
  | 'fleet_complete'
  | 'fleet_not_serving'
  | 'left_resource'
  | 'network_ambiguous'
  | 'network_not_found'
  | 'no_blueprint'
  | 'resource_not_own'
  | 'resource_taken'
  | 'resource_unfit'
  | 'resources_foreign'
  | 'rights_missing'

const network = bilingual<(f: Placeholders<'network_not_found'>) => string>({
  en: (f: Placeholders<'network_not_found'>) => (f.is('what', 'subnet') ? 'subnet' : 'VPC'),
  ko: (f: Placeholders<'network_not_found'>) => (f.is('what', 'subnet') ? '서브넷' : 'VPC'),
})

/** What stands between a blueprint and its fleet, and what is left of one. */
export const provisioning: Sentences<Code> = {
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
      what: say`Rollcall's credentials lack the right to build${f.known('actions', () => say`: ${f.names('actions')}`)}.`,
      todo: say`Give its role the policy ${code('deploy/iam-policy.provision.json')}. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`Rollcall 자격 증명에 구성 권한이 없습니다${f.known('actions', () => say`: ${f.names('actions')}`)}.`,
      todo: say`역할에 ${code('deploy/iam-policy.provision.json')} 정책을 연결하십시오. 변경된 것은 없습니다.`,
    }),
  }),
  resources_foreign: bilingual({
    en: (f) => ({
      what: say`${f.names('names', 'Some of it')} bears a name of the blueprint and is not of ${f.name('service', 'the service')}.`,
      todo: f.has('adoptable')
        ? say`${f.commandText(`provision ${f.text('service')} --adopt`)} takes over what fits, after a plan that says so. Else use other names. Nothing was changed.`
        : say`It belongs to another service and is never taken over: use other names. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`구성할 이름과 같지만 ${f.name('service', '이 서비스')}의 것이 아닌 항목이 있습니다${f.known('names', () => say`: ${f.names('names')}`)}.`,
      todo: f.has('adoptable')
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
}
