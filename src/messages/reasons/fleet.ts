import { bilingual } from '../locale'
import { code, nothing, say } from '../text/phrase'
import type { SomeSentences } from './placeholders'

/** What is wrong with a service, its group, template or traffic, before anything was changed; some are warnings in a plan as well. */
export const fleets = {
  unknown_service: bilingual({
    en: (f) => ({
      what: say`rollcall.yaml has no service ${f.name('service', 'with that name')}.`,
      todo: f.has('known') ? say`It has ${f.names('known')}.` : nothing,
    }),
    ko: (f) => ({
      what: f.has('service')
        ? say`rollcall.yaml에 ${f.name('service', '')} 서비스가 없습니다.`
        : say`rollcall.yaml에 없는 서비스입니다.`,
      todo: f.has('known') ? say`등록된 서비스: ${f.names('known')}` : nothing,
    }),
  }),
  group_not_found: bilingual({
    en: (f) => ({
      what: say`AWS has no Auto Scaling group ${f.name('group', 'with that name')}${f.known('region', () => say` in ${f.name('region', '')}`)}.`,
      todo: say`Check the group's name, the region and the role in rollcall.yaml.`,
    }),
    ko: (f) => ({
      what: say`AWS${f.known('region', () => say` ${f.name('region', '')} 리전`)}에서 ${f.noun('오토 스케일링 그룹', 'group', '을를')} 찾을 수 없습니다.`,
      todo: say`rollcall.yaml의 그룹 이름, 리전, 역할을 확인하십시오.`,
    }),
  }),
  group_without_template: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} does not launch from a launch template.`,
      todo: say`AWS makes a launch template of a launch configuration: EC2 console, Launch configurations, ${code('Copy to launch template')}. Give the group that one.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group', '은는')} 시작 템플릿을 사용하지 않습니다.`,
      todo: say`EC2 콘솔의 시작 구성 화면에서 ${code('시작 템플릿으로 복사')}를 실행해 시작 템플릿을 만든 뒤 그룹에 지정하십시오.`,
    }),
  }),
  group_uses_other_template: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} launches from ${f.name('template', 'another launch template')}, but rollcall.yaml names ${f.name('expected', 'a different one')}.`,
      todo: say`Correct ${code('template')} in rollcall.yaml, or change the group.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 시작 템플릿${f.beside('template')}이 rollcall.yaml의 설정${f.beside('expected')}과 다릅니다.`,
      todo: say`rollcall.yaml의 ${code('template')} 항목이나 그룹의 시작 템플릿을 바로잡으십시오.`,
    }),
  }),
  group_being_deleted: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is being deleted.`,
      todo: say`Find out who is deleting it before you deploy.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group', '이가')} 삭제되는 중입니다.`,
      todo: say`배포하기 전에 누가 삭제하고 있는지 확인하십시오.`,
    }),
  }),
  template_version_not_found: bilingual({
    en: (f) => ({
      what: say`${f.noun('The launch template', 'template')} has no version ${f.name('version', 'with that number')}.`,
      todo: say`Check the number in the EC2 console, or leave it out to use the newest.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}에 ${f.noun('버전', 'version', '이가')} 없습니다.`,
      todo: say`EC2 콘솔에서 번호를 확인하거나, 번호를 생략하여 최신 버전을 사용하십시오.`,
    }),
  }),
  standby_instances: bilingual({
    en: (f) => ({
      what: f.has('treated')
        ? say`${f.has('instances') ? f.names('instances') : 'Instances'} in Standby ${f.is('treated', 'terminate') ? 'will be terminated' : 'will be left as they are, on their old version'}.`
        : say`${f.noun('The group', 'group')} has instances in Standby${f.known('instances', () => say`: ${f.names('instances')}`)}. An instance refresh would wait an hour for them and then fail.`,
      todo: f.has('treated')
        ? nothing
        : say`Say what to do with them, ${code('--standby ignore')} or ${code('--standby terminate')}, or return them to service first.`,
    }),
    ko: (f) => ({
      what: f.has('treated')
        ? say`대기(Standby) 상태의 인스턴스${f.known('instances', () => say`(${f.names('instances')})`)}${f.is('treated', 'terminate') ? '는 종료됩니다' : '는 이전 버전 그대로 둡니다'}.`
        : say`${f.noun('오토 스케일링 그룹', 'group')}에 대기(Standby) 상태의 인스턴스가 있습니다${f.known('instances', () => say`: ${f.names('instances')}`)}. 이대로 새로 고침하면 한 시간을 기다린 뒤 실패합니다.`,
      todo: f.has('treated')
        ? nothing
        : say`${code('--standby ignore')}(그대로 두기) 또는 ${code('--standby terminate')}(종료) 옵션을 지정하거나, 먼저 InService 상태로 복귀시키십시오.`,
    }),
  }),
  protected_instances: bilingual({
    en: (f) => ({
      what: say`Instances with scale-in protection will be replaced as well${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
    }),
    ko: (f) => ({
      what: say`축소 보호가 설정된 인스턴스도 함께 교체됩니다${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
    }),
  }),
  override_templates: bilingual({
    en: (f) => ({
      what: say`The mixed instances policy of ${f.name('group', 'the group')} launches some instance types from ${f.has('templates') ? say`other launch templates: ${f.names('templates')}` : say`other launch templates`}. Those would stay on the old image.`,
      todo: say`Let all types of the policy launch from the group's own template, or deploy this group by other means.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 혼합 인스턴스 정책에서 일부 인스턴스 유형이 다른 시작 템플릿을 사용합니다${f.known('templates', () => say`: ${f.names('templates')}`)}. 배포하면 그 유형은 이전 이미지에 남습니다.`,
      todo: say`정책의 모든 유형이 그룹의 시작 템플릿을 사용하게 하거나, 이 그룹은 다른 방법으로 배포하십시오.`,
    }),
  }),
  override_images: bilingual({
    en: (f) => ({
      what: say`The mixed instances policy of ${f.name('group', 'the group')} gives some instance types images of their own${f.known('images', () => say`: ${f.names('images')}`)}. A new version of the template would not reach those.`,
      todo: say`Take the images out of the policy's overrides, so that all types launch the template's.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 혼합 인스턴스 정책이 일부 인스턴스 유형에 별도 이미지를 지정합니다${f.known('images', () => say`: ${f.names('images')}`)}. 시작 템플릿의 새 버전은 그 유형에 적용되지 않습니다.`,
      todo: say`정책의 재정의에서 이미지를 빼서 모든 유형이 시작 템플릿의 이미지를 쓰게 하십시오.`,
    }),
  }),
  capacity_not_units: bilingual({
    en: (f) => ({
      what: say`Instances of ${f.noun('the group', 'group')} have weights, so that its sizes are units: ${f.text('desired', '?')} are desired. The catalogue's ${code('capacity')} allows no more than ${f.text('max', '?')}. It is left out, and the sizes stay as they are.`,
      todo: say`Give ${code('capacity')} in units, or take it out of the catalogue.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스에는 가중치가 있어 크기를 단위로 계산합니다. 목표 용량은 ${f.text('desired', '?')}단위인데 카탈로그의 ${code('capacity')} 최대값은 ${f.text('max', '?')}입니다. 이 설정은 적용하지 않고 현재 크기를 그대로 둡니다.`,
      todo: say`${code('capacity')}를 단위로 적거나 카탈로그에서 삭제하십시오.`,
    }),
  }),
  warm_pool: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has a warm pool, whose instances come up first and run the old version. ${f.has('strategy') ? say`The strategy ${f.name('strategy', '')} does not renew it.` : nothing}`,
      todo: say`Deploy with ${code('--strategy refresh')}: AWS's instance refresh renews the warm pool too.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에 웜 풀이 있어 이전 버전 인스턴스가 먼저 올라옵니다.${f.known('strategy', () => say` ${f.name('strategy', '')} 전략은 웜 풀을 교체하지 않습니다.`)}`,
      todo: say`${code('--strategy refresh')}로 배포하십시오. AWS 인스턴스 새로 고침은 웜 풀도 교체합니다.`,
    }),
  }),
  image_by_parameter: bilingual({
    en: (f) => ({
      what: say`${f.noun('The launch template', 'template')} names its image by the parameter ${f.name('parameter', 'of Systems Manager')}. AWS rolls no instance refresh back from there: if something goes wrong, instances are brought back one by one.`,
      todo: say`The new version names its image by id; what the parameter says later does not change it.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template', '이가')} Systems Manager 파라미터${f.beside('parameter')}로 이미지를 지정합니다. 이 경우 AWS는 인스턴스 새로 고침을 되돌리지 않으므로, 문제가 생기면 인스턴스를 하나씩 되돌립니다.`,
      todo: say`새 버전은 이미지 ID를 직접 지정합니다. 이후 파라미터 값이 바뀌어도 영향이 없습니다.`,
    }),
  }),
  sources_unchecked: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is also behind ${f.names('sources', 'load balancers of another kind')}. Their health checks are not looked at; the group's own verdict counts.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group', '은는')} ${f.names('sources', '다른 종류의 로드 밸런서')}에도 연결되어 있습니다. 그 상태 검사는 확인하지 않고 그룹의 상태 판정만 따릅니다.`,
    }),
  }),
  refresh_already_running: bilingual({
    en: (f) => ({
      what: say`An instance refresh that Rollcall did not start is running on ${f.name('group', 'the group')}${f.beside('refresh')}.`,
      todo: say`Let it finish or cancel it in the EC2 console, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에서 Rollcall이 시작하지 않은 인스턴스 새로 고침이 진행 중입니다${f.beside('refresh')}.`,
      todo: say`끝날 때까지 기다리거나 EC2 콘솔에서 취소한 뒤 다시 시도하십시오.`,
    }),
  }),
  processes_suspended: bilingual({
    en: (f) => ({
      what: say`Processes that a deploy needs are suspended on ${f.name('group', 'the group')}${f.known('processes', () => say`: ${f.names('processes')}`)}.`,
      todo: say`Find out why they were suspended and resume them, then try again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에서 배포에 필요한 프로세스가 일시 중지되어 있습니다${f.known('processes', () => say`: ${f.names('processes')}`)}.`,
      todo: say`중지한 이유를 확인하고 프로세스를 재개한 뒤 다시 시도하십시오.`,
    }),
  }),
  capacity_out_of_bounds: bilingual({
    en: (f) => ({
      what: say`The sizes do not fit${f.known('group', () => say` ${f.name('group', '')}`)}${f.known('needed', () => say`: ${f.text('needed')} needed`)}${f.known('max', () => say`, between ${f.text('min', '0')} and ${f.text('max')} allowed`)}.`,
      todo: say`Raise the group's maximum, or choose another size.`,
    }),
    ko: (f) => ({
      what: say`용량이 범위를 벗어납니다${f.beside('group')}${f.known('needed', () => say`: 필요 ${f.text('needed')}대`)}${f.known('max', () => say`, 허용 ${f.text('min', '0')}~${f.text('max')}대`)}.`,
      todo: say`그룹의 최대 용량을 늘리거나 다른 값을 지정하십시오.`,
    }),
  }),
  group_empty: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} has no instances, so nothing can prove that the version works. It applies to the instances launched next.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}에 인스턴스가 없어 새 버전의 정상 동작을 확인할 수 없습니다. 다음에 시작되는 인스턴스부터 적용됩니다.`,
    }),
  }),
  strategy_unsupported: bilingual({
    en: (f) => ({
      what: say`${f.noun('The strategy', 'strategy')} does not fit ${f.name('service', 'this service')}.`,
      todo: f.has('supported')
        ? say`Possible: ${f.names('supported')}.`
        : say`Leave ${code('--strategy')} out to use the service’s own.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')}에는 ${f.name('strategy', '해당')} 전략을 사용할 수 없습니다.`,
      todo: f.has('supported')
        ? say`사용 가능: ${f.names('supported')}`
        : say`${code('--strategy')} 옵션을 생략하면 서비스의 기본 전략을 사용합니다.`,
    }),
  }),
  nothing_to_roll_back: bilingual({
    en: (f) => ({
      what: say`There is no deploy of ${f.name('service', 'the service')} that could be rolled back.`,
      todo: say`Deploy the version you want instead: ${f.commandText(`deploy ${f.text('service', '<service>')} <version>`)}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 되돌릴 수 있는 배포 기록이 없습니다.`,
      todo: say`원하는 버전을 직접 배포하십시오: ${f.commandText(`deploy ${f.text('service', '<서비스>')} <버전>`)}`,
    }),
  }),
  rollback_while_running: bilingual({
    en: (f) => ({
      what: f.is('phase', 'returning')
        ? say`${f.name('version', 'The last change')} is going back by itself just now${f.beside('operation')}: there is nothing to roll back.`
        : say`${f.name('version', 'A change')} is under way just now${f.beside('operation')}, so a rollback would take back what served before it.`,
      todo: f.is('phase', 'returning')
        ? say`Look at it again when it has ended.`
        : say`To go back from it: ${f.commandText(`cancel ${f.text('service', '<service>')}`)}.`,
    }),
    ko: (f) => ({
      what: f.is('phase', 'returning')
        ? say`${f.name('version', '마지막 변경')} 배포${f.beside('operation')}가 지금 스스로 이전 상태로 돌아가고 있습니다. 따로 되돌릴 것이 없습니다.`
        : say`${f.name('version', '변경')} 배포${f.beside('operation')}가 진행 중입니다. 지금 되돌리면 그 이전에 서비스하던 버전까지 되돌리게 됩니다.`,
      todo: f.is('phase', 'returning')
        ? say`끝난 뒤에 다시 확인하십시오.`
        : say`진행 중인 작업에서 돌아가려면 ${f.commandText(`cancel ${f.text('service', '<서비스>')}`)} 명령을 사용하십시오.`,
    }),
  }),
  version_in_other_letters: bilingual({
    en: (f) => ({
      what: say`There is no version ${f.name('version', '')} yet, but there is ${f.name('known', 'one in other letters')}.`,
      todo: say`Did you mean ${f.commandText(`deploy ${f.text('service', '<service>')} ${f.text('known', '<version>')}`)}? If you confirm, a new image is baked.`,
    }),
    ko: (f) => ({
      what: say`${f.name('version', '이')} 버전은 아직 없지만, 대소문자만 다른 버전이 있습니다${f.colon('known')}.`,
      todo: say`${f.commandText(`deploy ${f.text('service', '<서비스>')} ${f.text('known', '<버전>')}`)} 명령을 의도했는지 확인하십시오. 확인하면 새 이미지를 만듭니다.`,
    }),
  }),
  version_like_word: bilingual({
    en: (f) => ({
      what: say`There is no version ${f.name('version', '')} yet, and it reads like a word that is no version.`,
      todo: say`If you confirm, an image of that name is baked and deployed. If you meant something else, do not: see ${f.commandText('help')}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('version', '이')} 버전은 아직 없으며, 버전이 아닌 다른 말로 보입니다.`,
      todo: say`확인하면 그 이름으로 이미지를 만들어 배포합니다. 다른 뜻이었다면 확인하지 마십시오. ${f.commandText('help')}에서 명령을 볼 수 있습니다.`,
    }),
  }),
  rollback_after_failure: bilingual({
    en: (f) => ({
      what: say`${f.name('version', 'The last deploy')} was not kept${f.beside('operation')}: ${f.name('serves', 'the version before it')} serves. This takes ${f.name('serves', 'that')} back to ${f.name('back', 'the one before')}.`,
      todo: say`If you meant ${f.name('version', 'the last deploy')}, there is nothing left to undo: do not confirm.`,
    }),
    ko: (f) => ({
      what: say`마지막 배포${f.beside('version')}는 이미 이전 상태로 돌아갔고 현재 서비스 중인 버전은 ${f.name('serves', '그 이전 버전')}입니다. 이 작업은 현재 버전을 더 이전 버전${f.beside('back')}으로 되돌립니다.`,
      todo: say`마지막 배포를 되돌리려던 것이라면 더 할 일이 없으니 확인하지 마십시오.`,
    }),
  }),
  previous_version_gone: bilingual({
    en: (f) => ({
      what: say`${f.noun('Version', 'version')} of ${f.noun('the launch template', 'template')} no longer exists, so it cannot be rolled back to.`,
      todo: say`Deploy the version you want again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 ${f.noun('버전', 'version', '이가')} 더 이상 없어 되돌릴 수 없습니다.`,
      todo: say`원하는 버전을 새로 배포하십시오.`,
    }),
  }),
  target_group_unused: bilingual({
    en: (f) => ({
      what: say`No listener forwards to ${f.has('targetGroups') ? f.names('targetGroups') : 'the target group'}, so its targets can never become healthy.`,
      todo: say`Add it to a listener or rule of the load balancer, then try again.`,
    }),
    ko: (f) => ({
      what: say`대상 그룹${f.known('targetGroups', () => say` ${f.names('targetGroups')}`)}에 연결된 리스너가 없어 대상이 정상 상태가 될 수 없습니다.`,
      todo: say`로드 밸런서의 리스너나 규칙에 대상 그룹을 연결한 뒤 다시 시도하십시오.`,
    }),
  }),
} satisfies SomeSentences
