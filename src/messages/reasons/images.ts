import { bilingual } from '../locale'
import { code, nothing, say } from '../text/phrase'
import type { SomeSentences } from './placeholders'

/** What is wrong with an image, or with what it is baked from. */
export const images = {
  image_of_others: bilingual({
    en: (f) => ({
      what: say`An image ${f.name('name', 'of that name')} is shared by the account ${f.name('owner', 'that owns it')}${f.beside('image')}. Baking another one under its name would hide it.`,
      todo: say`If it is the right one, add the account to ${code('image.owners')} in rollcall.yaml; if not, choose another version name.`,
    }),
    ko: (f) => ({
      what: say`${f.known('owner', () => say`${f.name('owner', '')} `)}계정이 공유한 이미지${f.known('name', () => say` ${f.name('name', '')}`)}가 이미 있습니다${f.beside('image')}. 같은 이름으로 새로 만들면 그 이미지가 가려집니다.`,
      todo: say`그 이미지가 맞으면 rollcall.yaml의 ${code('image.owners')}에 계정을 추가하고, 아니면 다른 버전 이름을 쓰십시오.`,
    }),
  }),
  image_disabled: bilingual({
    en: (f) => ({
      what: say`${f.noun('The image', 'name')}${f.beside('image')} is disabled, so nothing can be launched from it.`,
      todo: say`Enable it in the EC2 console, or choose another version.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('이미지', 'name')}${f.beside('image')}가 비활성화되어 있어 인스턴스를 시작할 수 없습니다.`,
      todo: say`EC2 콘솔에서 이미지를 활성화하거나 다른 버전을 선택하십시오.`,
    }),
  }),
  architecture_differs: bilingual({
    en: (f) => ({
      what: say`${f.noun('The image', 'image')} is for ${f.name('architecture', 'another architecture')}, and ${f.names('types', 'the instance type')} cannot run it.`,
      todo: say`Use an image of the other architecture, or change the instance type in the launch template.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('이미지', 'image')}의 아키텍처${f.beside('architecture')}를 인스턴스 유형${f.known('types', () => say` ${f.names('types')}`)}에서 실행할 수 없습니다.`,
      todo: say`다른 아키텍처의 이미지를 쓰거나 시작 템플릿의 인스턴스 유형을 바꾸십시오.`,
    }),
  }),
  source_not_found: bilingual({
    en: (f) => ({
      what: say`No instance to bake from was found${f.colon('source')}.`,
      todo: say`Start that instance, correct ${code('image.from')} in rollcall.yaml, or name one with ${code('--from i-…')}.`,
    }),
    ko: (f) => ({
      what: say`이미지를 만들 원본 인스턴스를 찾을 수 없습니다${f.beside('source')}.`,
      todo: say`인스턴스를 시작하거나, rollcall.yaml의 ${code('image.from')} 설정을 고치거나, ${code('--from i-…')} 옵션으로 지정하십시오.`,
    }),
  }),
  source_ambiguous: bilingual({
    en: (f) => ({
      what: say`Several instances could be the source${f.has('instances') ? say`: ${f.names('instances')}` : nothing}.`,
      todo: say`Name one with ${code('--from i-…')}.`,
    }),
    ko: (f) => ({
      what: say`원본이 될 수 있는 인스턴스가 여러 개입니다${f.has('instances') ? say`: ${f.names('instances')}` : nothing}.`,
      todo: say`${code('--from i-…')} 옵션으로 하나를 지정하십시오.`,
    }),
  }),
  source_wrong_state: bilingual({
    en: (f) => ({
      what: say`${f.name('instance', 'The source instance')} is ${f.name('state', 'not ready')}. An image can only be baked from an instance that is running or stopped.`,
      todo: say`Wait until it is running, or name another with ${code('--from i-…')}.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('원본 인스턴스', 'instance')}의 상태${f.beside('state')}에서는 이미지를 만들 수 없습니다. 실행 중이거나 중지된 인스턴스만 가능합니다.`,
      todo: say`실행될 때까지 기다리거나 ${code('--from i-…')} 옵션으로 다른 인스턴스를 지정하십시오.`,
    }),
  }),
  no_image_source: bilingual({
    en: (f) => ({
      what: say`There is no image of ${f.name('version', 'that version')} yet, and rollcall.yaml does not say what to bake ${f.name('service', 'the service')} from.`,
      todo: say`Add ${code('image.name')} and ${code('image.from')} for the service, or name a source with ${code('--from i-…')} or ${code('--from ami-…')}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('version', '해당')} 버전의 이미지가 아직 없고, rollcall.yaml에 ${f.name('service', '이 서비스')}의 이미지 원본이 설정되어 있지 않습니다.`,
      todo: say`rollcall.yaml에 ${code('image.name')}, ${code('image.from')} 항목을 추가하거나 ${code('--from i-…')}, ${code('--from ami-…')} 옵션으로 원본을 지정하십시오.`,
    }),
  }),
  image_name_invalid: bilingual({
    en: (f) => ({
      what: say`AWS does not accept ${f.name('name', 'this')} as an image name.`,
      todo: say`Use 3 to 128 letters, digits, spaces and ${code("( ) [ ] . / - ' @ _")}.`,
    }),
    ko: (f) => ({
      what: say`이미지 이름으로 사용할 수 없습니다${f.colon('name')}.`,
      todo: say`영문자, 숫자, 공백, ${code("( ) [ ] . / - ' @ _")} 문자를 사용해 3~128자로 지정하십시오.`,
    }),
  }),
  image_failed: bilingual({
    en: (f) => ({
      what: say`${f.noun('The image', 'name')}${f.beside('image')} failed in AWS and cannot be used.`,
      todo: f.has('service')
        ? say`It still holds the name. Delete it with ${f.commandText(`prune ${f.text('service', '<service>')}`)}, then ask again.`
        : say`Deregister the failed image, which still holds the name, then deploy again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('이미지', 'name')}${f.beside('image')} 생성이 AWS에서 실패하여 사용할 수 없습니다.`,
      todo: f.has('service')
        ? say`실패한 이미지가 같은 이름을 사용하고 있습니다. ${f.commandText(`prune ${f.text('service', '<서비스>')}`)} 명령으로 삭제한 뒤 다시 요청하십시오.`
        : say`실패한 이미지가 같은 이름을 사용하고 있으므로, 등록을 취소한 뒤 다시 배포하십시오.`,
    }),
  }),
  image_not_found: bilingual({
    en: (f) => ({
      what: say`AWS has no available image ${f.name('image', f.text('name', 'with that id'))} in this account and region.`,
      todo: say`Check the image’s id and state, or deploy a version and let it be baked.`,
    }),
    ko: (f) => ({
      what: say`이 계정과 리전에 사용 가능한 이미지${f.has('image') ? f.beside('image') : f.beside('name')}가 없습니다.`,
      todo: say`이미지의 ID와 상태를 확인하거나, 버전을 지정해 배포하여 새로 만드십시오.`,
    }),
  }),
  source_reboots: bilingual({
    en: (f) => ({
      what: say`${f.name('instance', 'The source instance')} is rebooted for the image and is unavailable meanwhile.`,
    }),
    ko: (f) => ({
      what: say`이미지를 만들기 위해 원본 인스턴스${f.beside('instance')}를 재부팅하며, 그동안 사용할 수 없습니다.`,
    }),
  }),
  serving_source_reboots: bilingual({
    en: (f) => ({
      what: say`${f.name('instance', 'The source instance')} serves in ${f.name('group', 'the group')}: the reboot takes it out of service, and the group may replace it.${f.known('healthy', () => say` Others that stay healthy: ${f.name('healthy', '')}.`)}${f.known('minimum', () => say` Needed: ${f.name('minimum', '')}.`)}`,
    }),
    ko: (f) => ({
      what: say`원본 인스턴스${f.beside('instance')}는 ${f.name('group', '그룹')}에서 서비스 중입니다. 재부팅하는 동안 서비스에서 빠지고 그룹이 교체할 수도 있습니다.${f.known('healthy', () => say` 그동안 남는 정상 인스턴스: ${f.name('healthy', '')}대.`)}${f.known('minimum', () => say` 최소 필요: ${f.name('minimum', '')}대.`)}`,
    }),
  }),
  target_source_reboots: bilingual({
    en: (f) => ({
      what: say`${f.name('instance', 'The source instance')} is a target of ${f.name('targetGroup', 'the target group')}: while it reboots, requests that are sent to it fail until its health checks do.`,
      todo: say`Bake it without ${code('--reboot')}, or take it out of the target group first.`,
    }),
    ko: (f) => ({
      what: say`원본 인스턴스${f.beside('instance')}는 ${f.name('targetGroup', '대상 그룹')}의 대상입니다. 재부팅하는 동안 상태 확인이 실패할 때까지 이 인스턴스로 간 요청은 실패합니다.`,
      todo: say`${code('--reboot')} 없이 이미지를 만들거나, 먼저 대상 그룹에서 빼십시오.`,
    }),
  }),
  reboot_below_minimum: bilingual({
    en: (f) => ({
      what: say`${f.name('instance', 'The source instance')} serves in ${f.name('group', 'the group')}. While it reboots, too few others would be healthy${f.known('healthy', () => say`: ${f.name('healthy', '')}`)}${f.known('minimum', () => say` of at least ${f.name('minimum', '')}`)}.`,
      todo: say`Bake it without ${code('--reboot')}, name an instance outside of the group with ${code('--from')}, or add an instance first with ${f.commandText(`scale ${f.text('service', '<service>')}`)}.`,
    }),
    ko: (f) => ({
      what: say`원본 인스턴스${f.beside('instance')}는 ${f.name('group', '그룹')}에서 서비스 중입니다. 재부팅하는 동안 남는 정상 인스턴스가 부족합니다${f.known('healthy', () => say` (${f.name('healthy', '')}대${f.known('minimum', () => say`, 최소 ${f.name('minimum', '')}대 필요`)})`)}.`,
      todo: say`${code('--reboot')} 없이 이미지를 만들거나, ${code('--from')}으로 그룹 밖의 인스턴스를 지정하거나, 먼저 ${f.commandText(`scale ${f.text('service', '<서비스>')}`)} 명령으로 인스턴스를 늘리십시오.`,
    }),
  }),
  previous_image_gone: bilingual({
    en: (f) => ({
      what: say`The image of ${f.name('version', 'the previous version')} no longer exists${f.beside('image')}, so it cannot be rolled back to.`,
      todo: say`Deploy a version whose image still exists, or bake it again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('version', '이전')} 버전의 이미지${f.beside('image')}가 더 이상 없어 되돌릴 수 없습니다.`,
      todo: say`이미지가 남아 있는 버전을 배포하거나 새로 만드십시오.`,
    }),
  }),
} satisfies SomeSentences
