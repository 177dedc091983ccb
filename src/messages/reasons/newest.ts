import { both } from '../language'
import { code, say } from '../text/phrase'
import type { Sentences } from './blanks'

type Code =
  | 'no_newest_source'
  | 'refresh_color_unclear'
  | 'rollback_of_refresh'
  | 'security_groups_beside_interfaces'
  | 'security_groups_unclear'

/** What stands between a template and its newest image. */
export const newest: Sentences<Code> = {
  no_newest_source: both({
    en: (f) => ({
      what: say`rollcall.yaml does not say which images are those of ${f.name('service', 'the service')}, so none can be called its newest.`,
      todo: say`Add ${code('image.name')}, or ${code('image.newest')}, to the service.`,
    }),
    ko: (f) => ({
      what: say`rollcall.yaml에 ${f.name('service', '이 서비스')}의 이미지가 설정되어 있지 않아 최신 이미지를 정할 수 없습니다.`,
      todo: say`서비스에 ${code('image.name')} 또는 ${code('image.newest')} 항목을 추가하십시오.`,
    }),
  }),
  refresh_color_unclear: both({
    en: (f) => ({
      what: say`It is not clear which color serves${f.known('groups', () => say`: ${f.names('groups')}`)}. They launch from two templates, and only the one that serves may move.`,
      todo: say`Try again once one of the two is at zero.`,
    }),
    ko: (f) => ({
      what: say`어느 색상이 서비스 중인지 분명하지 않습니다${f.known('groups', () => say`: ${f.names('groups')}`)}. 두 그룹이 서로 다른 시작 템플릿을 사용하며, 서비스 중인 쪽만 바꿀 수 있습니다.`,
      todo: say`둘 중 하나가 0대가 된 뒤 다시 시도하십시오.`,
    }),
  }),
  rollback_of_refresh: both({
    en: (f) => ({
      what: say`This takes back the last move to a newer image, not the deploy before it${f.known('version', () => say` (${f.name('version', '')})`)}.`,
      todo: f.known(
        'operation',
        () => say`To undo that deploy: ${f.line(`rollback ${f.text('service')} ${f.text('operation')}`)}.`,
      ),
    }),
    ko: (f) => ({
      what: say`마지막 이미지 갱신만 되돌립니다. 그 전의 배포${f.beside('version')}는 되돌리지 않습니다.`,
      todo: f.known(
        'operation',
        () =>
          say`배포를 되돌리려면 ${f.line(`rollback ${f.text('service')} ${f.text('operation')}`)} 명령을 사용하십시오.`,
      ),
    }),
  }),
  security_groups_beside_interfaces: both({
    en: (f) => ({
      what: say`${f.noun('Version', 'version')} of ${f.noun('the launch template', 'template')} has network interfaces and gives its security groups beside them, where a group with subnets wants them within: every launch would fail.`,
      todo: say`${f.line('refresh … --security-groups-by-id')} makes a version that has them within.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 ${f.noun('버전', 'version')}에는 네트워크 인터페이스가 있는데 보안 그룹이 인터페이스 밖에 지정되어 있습니다. 서브넷을 사용하는 그룹은 인터페이스 안에 지정해야 하므로 인스턴스를 시작할 수 없습니다.`,
      todo: say`${f.line('refresh … --security-groups-by-id')} 명령으로 인터페이스 안에 지정한 새 버전을 만드십시오.`,
    }),
  }),
  security_groups_unclear: both({
    en: (f) => ({
      what: say`${f.names('names', 'A security group')} cannot be found as exactly one security group in ${f.noun('VPC', 'vpc')}.${f.known('found', () => say` Found there: ${f.names('found')}.`)}`,
      todo: say`Check the names, or make a version with the right ids by hand. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('VPC', 'vpc')}에서 보안 그룹을 하나로 특정할 수 없습니다${f.known('names', () => say`: ${f.names('names')}`)}.${f.known('found', () => say` 찾은 보안 그룹: ${f.names('found')}.`)}`,
      todo: say`이름을 확인하거나 올바른 ID로 새 버전을 직접 만드십시오. 변경된 것은 없습니다.`,
    }),
  }),
}
