import { bilingual } from '../locale'
import { code, say } from '../text/phrase'
import type { SomeSentences } from './placeholders'

/** What an ending leaves in AWS, by name. */
export const residual = {
  left_image: bilingual({
    en: (f) => ({
      what: f.has('unusable')
        ? say`The failed image ${f.name('name', '')}${f.beside('image')} stays until someone deregisters it.`
        : say`${f.noun('The image', 'name')}${f.beside('image')} stays; the next deploy of that version uses it.`,
    }),
    ko: (f) => ({
      what: f.has('unusable')
        ? say`실패한 이미지 ${f.name('name', '')}${f.beside('image')}: 등록을 취소할 때까지 남아 있습니다.`
        : say`${f.noun('이미지', 'name')}${f.beside('image')}: 그대로 남아 있으며, 같은 버전을 다시 배포할 때 사용합니다.`,
    }),
  }),
  left_template_version: bilingual({
    en: (f) => ({
      what: say`${f.noun('Version', 'version')} of ${f.noun('the launch template', 'template')} stays; nothing launches from it.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 ${f.noun('버전', 'version')}: 그대로 남아 있지만 사용하는 곳은 없습니다.`,
    }),
  }),
  left_template_default: bilingual({
    en: (f) => ({
      what: say`The default of ${f.noun('the launch template', 'template')} is ${f.name('is', 'changed')}${f.known('was', () => say`; it was ${f.name('was', '')}`)}.`,
      todo: say`Set it back by hand if nothing else needs it.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 기본 버전: 현재 ${f.name('is', '변경됨')}${f.known('was', () => say`, 이전 ${f.name('was', '')}`)}.`,
      todo: say`다른 곳에서 필요하지 않으면 직접 되돌려 놓으십시오.`,
    }),
  }),
  left_default_behind: bilingual({
    en: (f) => ({
      what: say`${f.noun('Version', 'is')} is still the default of ${f.noun('the launch template', 'template')}${f.known('serves', () => say`; ${f.name('serves', '')} serves`)}.`,
      todo: say`Set the default${f.known('serves', () => say` to ${f.name('serves', '')}`)} by hand.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 기본 버전: 아직 ${f.name('is', '이전 버전')}입니다${f.known('serves', () => say`(서비스 중인 버전 ${f.name('serves', '')})`)}.`,
      todo: say`기본 버전을${f.known('serves', () => say` ${f.name('serves', '')}(으)로`)} 직접 변경하십시오.`,
    }),
  }),
  left_group_behind: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} was not changed as it should be at the end.`,
      todo: f.has('desired')
        ? say`Set it by hand: desired ${f.text('desired', '?')}${f.known('min', () => say`, min ${f.text('min', '?')}`)}${f.known('max', () => say`, max ${f.text('max', '?')}`)}.`
        : say`Compare its settings with the plan, and set them by hand.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 마무리 변경이 적용되지 않았습니다.`,
      todo: f.has('desired')
        ? say`직접 설정하십시오: 원하는 용량 ${f.text('desired', '?')}${f.known('min', () => say`, 최소 ${f.text('min', '?')}`)}${f.known('max', () => say`, 최대 ${f.text('max', '?')}`)}.`
        : say`설정을 계획과 비교하여 직접 바꾸십시오.`,
    }),
  }),
  left_group_sizes: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} is at desired ${f.text('desired', '?')}, min ${f.text('min', '?')}, max ${f.text('max', '?')}.`,
      todo: say`Set its sizes back by hand, unless it serves now.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 용량: 원하는 용량 ${f.text('desired', '?')}, 최소 ${f.text('min', '?')}, 최대 ${f.text('max', '?')}.`,
      todo: say`지금 서비스 중인 그룹이 아니면 용량을 직접 되돌려 놓으십시오.`,
    }),
  }),
  left_group_template: bilingual({
    en: (f) => ({
      what: say`${f.noun('The group', 'group')} now launches from version ${f.name('is', 'unknown')}${f.known('was', () => say`; it was ${f.name('was', '')}`)}.`,
      todo: f.has('passed')
        ? say`Leave it so until the default is right; then let the group follow ${f.name('was', 'it')} again.`
        : say`Set the version back by hand, unless it serves now.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 시작 템플릿 버전: 현재 ${f.name('is', '변경됨')}${f.known('was', () => say`, 이전 ${f.name('was', '')}`)}.`,
      todo: f.has('passed')
        ? say`기본 버전을 먼저 바로잡은 뒤, 그룹이 다시 ${f.name('was', '기본 버전')}을(를) 따르게 하십시오.`
        : say`지금 서비스 중인 버전이 아니면 직접 되돌려 놓으십시오.`,
    }),
  }),
  left_instances: bilingual({
    en: (f) => ({
      what: say`Instances${f.known('version', () => say` of ${f.name('version', '')}`)} still run${f.known('group', () => say` in ${f.name('group', '')}`)}${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`They keep serving; replace them with a deploy or a rollback.`,
    }),
    ko: (f) => ({
      what: say`아직 실행 중인${f.known('version', () => say` ${f.name('version', '')} 버전`)} 인스턴스가 있습니다${f.known('group', () => say`(${f.noun('오토 스케일링 그룹', 'group')})`)}${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`현재 상태로 계속 서비스하므로, 배포나 되돌리기로 교체하십시오.`,
    }),
  }),
  left_refresh: bilingual({
    en: (f) => ({
      what: say`${f.noun('The instance refresh', 'refresh')} of ${f.name('group', 'the group')} is still running in AWS.`,
      todo: say`Cancel it in the EC2 console, or let it end.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스 새로 고침${f.beside('refresh')}이 AWS에서 아직 진행 중입니다.`,
      todo: say`EC2 콘솔에서 취소하거나 끝날 때까지 기다리십시오.`,
    }),
  }),
  left_protected: bilingual({
    en: (f) => ({
      what: say`Instances of ${f.name('group', 'the group')} are still protected from scale-in${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`Take the protection off in the EC2 console.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스에 축소 보호가 남아 있습니다${f.known('instances', () => say`: ${f.names('instances')}`)}.`,
      todo: say`EC2 콘솔에서 축소 보호를 해제하십시오.`,
    }),
  }),
  left_midway: bilingual({
    en: (f) => ({
      what: say`It stopped in the middle, and put nothing back.`,
      todo: say`See what it had done: ${f.commandText(`show ${f.text('operation', '<operation>')}`)}`,
    }),
    ko: (f) => ({
      what: say`작업이 도중에 멈췄고, 되돌린 것은 없습니다.`,
      todo: say`수행한 단계 확인: ${f.commandText(`show ${f.text('operation', '<작업>')}`)}`,
    }),
  }),
  left_suspended: bilingual({
    en: (f) => ({
      what: say`Processes of ${f.name('group', 'the group')} are still suspended${f.known('processes', () => say`: ${f.names('processes')}`)}.`,
      todo: say`Check in the EC2 console and resume them by hand.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 프로세스가 아직 일시 중지되어 있습니다${f.known('processes', () => say`: ${f.names('processes')}`)}.`,
      todo: say`EC2 콘솔에서 확인하고 직접 재개하십시오.`,
    }),
  }),
  left_scale_ins_held: bilingual({
    en: (f) => ({
      what: say`Scaling policies of ${f.name('group', 'the group')} still add instances and take none away${f.known('policies', () => say`: ${f.names('policies')}`)}.`,
      todo: say`Let them scale in again in the EC2 console: clear ${code('Disable scale in')}, or enable the policy.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 조정 정책이 아직 용량을 늘리기만 하고 줄이지 않습니다${f.known('policies', () => say`: ${f.names('policies')}`)}.`,
      todo: say`EC2 콘솔에서 ${code('Disable scale in')} 설정을 해제하거나 정책을 활성화하여 다시 축소되게 하십시오.`,
    }),
  }),
  left_changed: bilingual({
    en: (f) => ({
      what: say`${f.is('what', 'policies') ? 'Scaling policies' : f.is('what', 'actions') ? 'Scheduled actions' : f.is('what', 'tags') ? 'Tags' : f.is('what', 'termination policies') ? 'Termination policies' : 'Settings'} of ${f.name('group', 'the group')} are as this operation left them${f.known('names', () => say`: ${f.names('names')}`)}.`,
      todo: say`See in the EC2 console whether they are right for what serves now.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 ${f.is('what', 'policies') ? '조정 정책' : f.is('what', 'actions') ? '예약 작업' : f.is('what', 'tags') ? '태그' : f.is('what', 'termination policies') ? '종료 정책' : '설정'}${f.known('names', () => say` ${f.names('names')}`)}: 이 작업이 변경한 상태로 남아 있습니다.`,
      todo: say`지금 서비스하는 그룹에 맞는지 EC2 콘솔에서 확인하십시오.`,
    }),
  }),
} satisfies SomeSentences
