import { bilingual } from '../locale'
import { code, say } from '../text/phrase'
import type { Placeholders, SomeSentences } from './placeholders'

const madeNothing = (f: Placeholders<'nothing_to_prune'>): boolean =>
  f.is('used', 0) && f.is('newest', 0) && f.is('young', 0)

/** What stands between a template and its newest image. */
export const newestImage = {
  no_newest_source: bilingual({
    en: (f) => ({
      what: say`rollcall.yaml does not say which images are those of ${f.name('service', 'the service')}.`,
      todo: say`Add ${code('image.name')}, or ${code('image.newest')}, to the service.`,
    }),
    ko: (f) => ({
      what: say`rollcall.yaml에 ${f.name('service', '이 서비스')}의 이미지가 설정되어 있지 않습니다.`,
      todo: say`서비스에 ${code('image.name')} 또는 ${code('image.newest')} 항목을 추가하십시오.`,
    }),
  }),
  refresh_color_unclear: bilingual({
    en: (f) => ({
      what: say`It is not clear which color serves${f.known('groups', () => say`: ${f.names('groups')}`)}. They launch from two templates, and only the one that serves may move.`,
      todo: say`Try again once one of the two is at zero.`,
    }),
    ko: (f) => ({
      what: say`어느 색상이 서비스 중인지 분명하지 않습니다${f.known('groups', () => say`: ${f.names('groups')}`)}. 두 그룹이 서로 다른 시작 템플릿을 사용하며, 서비스 중인 쪽만 바꿀 수 있습니다.`,
      todo: say`둘 중 하나가 0대가 된 뒤 다시 시도하십시오.`,
    }),
  }),
  rollback_of_refresh: bilingual({
    en: (f) => ({
      what: say`This takes back the last move to a newer image, not the deploy before it${f.known('version', () => say` (${f.name('version', '')})`)}.`,
      todo: f.known(
        'operation',
        () =>
          say`To undo that deploy: ${f.commandText(`rollback ${f.text('service')} ${f.text('operation')}`)}.`,
      ),
    }),
    ko: (f) => ({
      what: say`마지막 이미지 갱신만 되돌립니다. 그 전의 배포${f.beside('version')}는 되돌리지 않습니다.`,
      todo: f.known(
        'operation',
        () =>
          say`배포를 되돌리려면 ${f.commandText(`rollback ${f.text('service')} ${f.text('operation')}`)} 명령을 사용하십시오.`,
      ),
    }),
  }),
  security_groups_beside_interfaces: bilingual({
    en: (f) => ({
      what: say`${f.noun('Version', 'version')} of ${f.noun('the launch template', 'template')} has network interfaces and gives its security groups beside them, where a group with subnets wants them within: every launch would fail.`,
      todo: say`${f.commandText('update-image … --security-groups-by-id')} makes a version that has them within.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 ${f.noun('버전', 'version')}에는 네트워크 인터페이스가 있는데 보안 그룹이 인터페이스 밖에 지정되어 있습니다. 서브넷을 사용하는 그룹은 인터페이스 안에 지정해야 하므로 인스턴스를 시작할 수 없습니다.`,
      todo: say`${f.commandText('update-image … --security-groups-by-id')} 명령으로 인터페이스 안에 지정한 새 버전을 만드십시오.`,
    }),
  }),
  security_groups_unclear: bilingual({
    en: (f) => ({
      what: say`${f.names('names', 'A security group')} cannot be found as exactly one security group in ${f.noun('VPC', 'vpc')}.${f.known('found', () => say` Found there: ${f.names('found')}.`)}`,
      todo: say`Check the names, or make a version with the right ids by hand. Nothing was changed.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('VPC', 'vpc')}에서 보안 그룹을 하나로 특정할 수 없습니다${f.known('names', () => say`: ${f.names('names')}`)}.${f.known('found', () => say` 찾은 보안 그룹: ${f.names('found')}.`)}`,
      todo: say`이름을 확인하거나 올바른 ID로 새 버전을 직접 만드십시오. 변경된 것은 없습니다.`,
    }),
  }),
  nothing_to_prune: bilingual({
    en: (f) => ({
      what: madeNothing(f)
        ? say`There is nothing to prune: Rollcall has made no image and no template version for ${f.name('service', 'the service')} that is still there.`
        : say`There is nothing to prune. Of what Rollcall made for ${f.name('service', 'the service')}: in use ${f.text('used', '0')}, among the newest${f.known('count', () => say` (${f.text('count')} are kept)`)} ${f.text('newest', '0')}, too young${f.known('after', () => say` (under ${f.span('after')})`)} ${f.text('young', '0')}.`,
      todo: madeNothing(f)
        ? say`What Rollcall did not make is never touched.`
        : say`${code('keep')} in rollcall.yaml says what is kept. What Rollcall did not make is never touched.`,
    }),
    ko: (f) => ({
      what: madeNothing(f)
        ? say`정리할 항목이 없습니다. ${f.name('service', '이 서비스')}에 Rollcall이 만든 이미지나 템플릿 버전이 남아 있지 않습니다.`
        : say`정리할 항목이 없습니다. ${f.name('service', '이 서비스')}에 Rollcall이 만든 항목 중 사용 중 ${f.text('used', '0')}개, 최신${f.known('count', () => say` ${f.text('count')}개`)}에 드는 ${f.text('newest', '0')}개, 보존 기간${f.known('after', () => say`(${f.span('after')})`)} 이내 ${f.text('young', '0')}개입니다.`,
      todo: madeNothing(f)
        ? say`Rollcall이 만들지 않은 항목은 삭제하지 않습니다.`
        : say`보존 기준은 rollcall.yaml의 ${code('keep')} 항목입니다. Rollcall이 만들지 않은 항목은 삭제하지 않습니다.`,
    }),
  }),
  prune_incomplete: bilingual({
    en: (f) => ({
      what: say`${f.text('count', 'Some')} ${f.is('count', 1) ? 'thing that was' : 'things that were'} to be deleted ${f.is('count', 1) ? 'is' : 'are'} still there.`,
      todo: say`Look at what AWS says of each, then prune again: what is gone already is not asked for twice.`,
    }),
    ko: (f) => ({
      what: say`삭제하려던 항목 중 ${f.has('count') ? `${f.text('count')}개가` : '일부가'} 남아 있습니다.`,
      todo: say`항목별 AWS 메시지를 확인한 뒤 다시 정리하십시오. 이미 삭제된 항목은 다시 요청하지 않습니다.`,
    }),
  }),
  left_undeleted: bilingual({
    en: (f) => ({
      what: f.is('what', 'version')
        ? say`Version ${f.name('id', '?')} of the launch template${f.beside('name')} could not be deleted.`
        : f.is('what', 'snapshot')
          ? say`${f.noun('The snapshot', 'id')}${f.beside('name')} could not be deleted.`
          : say`${f.noun('The image', 'name')}${f.beside('id')} could not be deregistered.`,
    }),
    ko: (f) => ({
      what: f.is('what', 'version')
        ? say`시작 템플릿${f.beside('name')} 버전 ${f.name('id', '?')}: 삭제하지 못했습니다.`
        : f.is('what', 'snapshot')
          ? say`${f.noun('스냅샷', 'id')}${f.beside('name')}: 삭제하지 못했습니다.`
          : say`${f.noun('이미지', 'name')}${f.beside('id')}: 등록을 취소하지 못했습니다.`,
    }),
  }),
  lost_operation: bilingual({
    en: (f) => ({
      what: say`No record knows ${f.name('operation', 'an operation')} any more: it was lost with the store.${f.known('images', () => say` Images that it made: ${f.names('images')}.`)}${f.known('versions', () => say` Launch template versions: ${f.names('versions')}.`)}${f.known('resources', () => say` What else it built: ${f.names('resources')}.`)}`,
      todo: say`Nothing was deleted. Look at the status: the operation may have stopped midway. Images and versions may stay; pruning the service deletes those that are of no use.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('작업', 'operation')}: 기록이 없습니다. 저장소의 데이터와 함께 유실되었습니다.${f.known('images', () => say` 남은 이미지: ${f.names('images')}.`)}${f.known('versions', () => say` 남은 시작 템플릿 버전: ${f.names('versions')}.`)}${f.known('resources', () => say` 그 밖에 생성된 리소스: ${f.names('resources')}.`)}`,
      todo: say`삭제한 것은 없습니다. 작업이 도중에 멈췄을 수 있으니 상태 조회로 현재 구성을 확인하십시오. 이미지와 템플릿 버전은 그대로 두어도 되며, 쓰지 않는 것은 정리할 때 삭제됩니다.`,
    }),
  }),
  left_snapshots: bilingual({
    en: (f) => ({
      what: say`${f.noun('The image', 'image')} is gone, its snapshots are still there${f.known('snapshots', () => say`: ${f.names('snapshots')}`)}.`,
      todo: say`The next prune finds and deletes them.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('이미지', 'image')}: 이미지는 삭제되었고 스냅샷은 남아 있습니다${f.known('snapshots', () => say`: ${f.names('snapshots')}`)}.`,
      todo: say`다음 정리 때 찾아서 삭제합니다.`,
    }),
  }),
} satisfies SomeSentences
