import { koreanAction } from '../text/action-names'
import { bilingual } from '../locale'
import { bold, code, italic, nothing, say } from '../text/phrase'
import { subjectKo } from '../text/who'
import type { SomeSentences } from './placeholders'

/** What the gates say: permission, locks, consent. */
export const gates = {
  not_allowed: bilingual({
    en: (f) => ({
      what: f.is('service', '*')
        ? say`You are not allowed to run ${f.name('action', 'this')} on all services.`
        : say`You are not allowed to run ${f.name('action', 'this')} on ${f.name('service', 'this service')}.`,
      todo: say`Who may: ${f.may()}. ${f.nobody() ? 'A rule in rollcall.yaml has to allow it first.' : 'Ask one of them to run it.'}`,
    }),
    ko: (f) => ({
      what: f.is('service', '*')
        ? say`전체 서비스에 대한 ${koreanAction(f.text('action', '실행'))} 권한이 없습니다.`
        : say`${f.name('service', '이 서비스')}에 대한 ${koreanAction(f.text('action', '실행'))} 권한이 없습니다.`,
      todo: say`권한이 있는 사람: ${f.may()}. ${f.nobody() ? 'rollcall.yaml에 허용 규칙을 먼저 추가해야 합니다.' : '이 중 한 명에게 실행을 요청하십시오.'}`,
    }),
  }),
  locked: bilingual({
    en: (f) => ({
      what: say`${f.is('service', '*') ? 'Every service' : f.name('service', 'The service')} is locked by ${f.person('by', 'somebody')}${f.known('why', () => say`: ${italic(f.text('why'))}`)}${f.known('until', () => say`, until ${f.when('until')}`)}.`,
      todo: say`Ask them, or unlock it with ${f.commandText(`unlock ${f.text('service', '<service>')}`)} when the reason has passed.`,
    }),
    ko: (f) => ({
      what: say`${f.is('service', '*') ? '모든 서비스' : f.name('service', '서비스')}: ${f.honored('by', '다른 사용자', '이가')} 잠갔습니다${f.known('why', () => say`(사유: ${italic(f.text('why'))})`)}.${f.known('until', () => say` 해제 예정: ${f.when('until')}.`)}`,
      todo: say`잠근 사람에게 확인하십시오. 사유가 해소되었으면 ${f.commandText(`unlock ${f.text('service', '<서비스>')}`)} 명령으로 잠금을 해제할 수 있습니다.`,
    }),
  }),
  frozen_after_rollback: bilingual({
    en: (f) => ({
      what: say`${f.name('service', 'The service')} was rolled back${f.known('operation', () => say` by ${f.name('operation', '')}`)}${f.known('by', () => say`, requested by ${f.person('by', '')}`)}. New deploys wait until someone allows them.`,
      todo: say`Fix the cause, then run ${f.commandText(`unlock ${f.text('service', '<service>')}`)} and deploy again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 되돌리기 이후 새 배포가 보류되어 있습니다${f.known('operation', () => say`(작업 ${f.name('operation', '')}${f.known('by', () => say`, 요청자 ${f.person('by', '')}`)})`)}.`,
      todo: say`원인을 해결한 뒤 ${f.commandText(`unlock ${f.text('service', '<서비스>')}`)} 명령을 실행하고 다시 배포하십시오.`,
    }),
  }),
  window_closed: bilingual({
    en: (f) => ({
      what: say`Changes of ${f.name('service', 'the service')} are held: the window ${bold(f.text('window', 'of the calendar'))} is closed${f.known('until', () => say` until ${f.when('until')}`)}${f.known('why', () => say` (${italic(f.text('why'))})`)}. Rollbacks, cancels and scale-outs still pass.`,
      todo: f.nobody()
        ? say`Nobody may override it: rollcall.yaml has no ${code('override')}.`
        : say`In an emergency it can be overridden for one operation. Who may: ${f.may()}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: ${bold(f.text('window', '변경 금지'))} 기간이라 변경이 보류됩니다${f.known('until', () => say`. 종료: ${f.when('until')}`)}${f.known('why', () => say`(사유: ${italic(f.text('why'))})`)}. 되돌리기, 취소, 확장은 계속할 수 있습니다.`,
      todo: f.nobody()
        ? say`rollcall.yaml에 ${code('override')} 설정이 없어 예외를 허용할 수 없습니다.`
        : say`긴급한 경우 작업 한 건에 한해 예외로 진행할 수 있습니다. 권한이 있는 사람: ${f.may()}.`,
    }),
  }),
  override_not_allowed: bilingual({
    en: (f) => ({
      what: say`You may not override the window ${bold(f.text('window', 'of the calendar'))} on ${f.name('service', 'this service')}. Nothing was started.`,
      todo: f.nobody()
        ? say`rollcall.yaml has to say first who agrees to that: ${code('override: { by: approvers }')}.`
        : say`Who may: ${f.may()}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')}: ${bold(f.text('window', '변경 금지'))} 기간의 예외를 요청할 권한이 없습니다. 시작한 작업은 없습니다.`,
      todo: f.nobody()
        ? say`예외를 승인할 사람을 rollcall.yaml에 먼저 지정해야 합니다: ${code('override: { by: approvers }')}`
        : say`권한이 있는 사람: ${f.may()}.`,
    }),
  }),
  runs_into_window: bilingual({
    en: (f) => ({
      what: say`It is expected to end ${f.when('ends')}, after the window ${bold(f.text('window', 'of the calendar'))} closes ${f.when('at')}. Once it has begun it is not stopped by that.`,
    }),
    ko: (f) => ({
      what: say`예상 종료 시각(${f.when('ends')})이 ${bold(f.text('window', '변경 금지'))} 기간 시작(${f.when('at')})보다 늦습니다. 시작한 작업은 기간이 시작되어도 멈추지 않습니다.`,
    }),
  }),
  reason_missing: bilingual({
    en: (f) => ({
      what: say`${f.name('action', 'This')} on ${f.name('service', 'this service')} needs a reason. Nothing was started.`,
      todo: say`Send it again with ${code('--reason "…"')}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')} ${koreanAction(f.text('action', '실행'))}에는 사유가 필요합니다. 시작한 작업은 없습니다.`,
      todo: say`${code('--reason "…"')}를 붙여 다시 보내십시오.`,
    }),
  }),
  ticket_missing: bilingual({
    en: (f) => ({
      what: say`${f.name('action', 'This')} on ${f.name('service', 'this service')} needs a ticket in its reason${f.known('form', () => say`, in the form ${f.name('form', '')}`)}. Nothing was started.`,
      todo: say`Send it again with the ticket in ${code('--reason "…"')}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '이 서비스')} ${koreanAction(f.text('action', '실행'))}에는 사유에 티켓 번호가 필요합니다${f.known('form', () => say`(형식: ${f.name('form', '')})`)}. 시작한 작업은 없습니다.`,
      todo: say`${code('--reason "…"')}에 티켓 번호를 넣어 다시 보내십시오.`,
    }),
  }),
  approver_not_member: bilingual({
    en: (f) => ({
      what: say`Only full members of this workspace may approve or decline ${f.name('operation', 'this operation')}: no guests, no people of other workspaces, nobody who has left.`,
      todo: say`Ask another approver.`,
    }),
    ko: (f) => ({
      what: say`${f.name('operation', '이 작업')}: 이 워크스페이스의 정식 멤버만 승인하거나 거절할 수 있습니다. 게스트, 다른 워크스페이스 사용자, 비활성화된 사용자는 할 수 없습니다.`,
      todo: say`다른 승인자에게 요청하십시오.`,
    }),
  }),
  approval_declined: bilingual({
    en: (f) => ({
      what: say`${f.person('by', 'An approver')} declined it.`,
      todo: say`Talk to them, then send the command again.`,
    }),
    ko: (f) => ({
      what: say`${f.honored('by', '승인자', '이가')} 거절했습니다.`,
      todo: say`협의한 뒤 명령을 다시 보내십시오.`,
    }),
  }),
  approval_expired: bilingual({
    en: (f) => ({
      what: say`Not enough approvals came in time${f.known('count', () => say` (${f.number('given') ?? 0} of ${f.text('count')})`)}.`,
      todo: say`Send the command again when an approver is around: ${f.may()}.`,
    }),
    ko: (f) => ({
      what: say`기한 안에 승인을 받지 못했습니다${f.known('count', () => say`(${f.text('count')}건 중 ${f.number('given') ?? 0}건)`)}.`,
      todo: say`승인자가 있을 때 명령을 다시 보내십시오: ${f.may()}`,
    }),
  }),
  not_confirmed: bilingual({
    en: (f) => ({
      what: f.has('by')
        ? say`${f.person('by', '')} decided not to run it.`
        : say`Nobody confirmed the plan in time.`,
      todo: say`Send the command again when you are ready.`,
    }),
    ko: (f) => ({
      what: f.has('by')
        ? say`${subjectKo(f.person('by', ''))} 실행하지 않기로 했습니다.`
        : say`기한 안에 계획이 확인되지 않았습니다.`,
      todo: say`준비되면 명령을 다시 보내십시오.`,
    }),
  }),
  plan_changed: bilingual({
    en: (f) => ({
      what: say`The plan you saw is out of date${f.known('what', () => say`: ${f.text('what')}`)}. Nothing was started.`,
      todo: say`Look at the newest plan and answer that, or send the command again.`,
    }),
    ko: (f) => ({
      what: say`표시된 계획이 더 이상 유효하지 않습니다${f.known('what', () => say`(${f.text('what')})`)}. 시작한 작업은 없습니다.`,
      todo: say`최신 계획을 확인한 뒤 다시 선택하거나 명령을 다시 보내십시오.`,
    }),
  }),
  nothing_to_do: bilingual({
    en: (f) => ({
      what:
        f.has('image') && f.has('version')
          ? say`The image of ${f.name('service', 'the service')} ${f.name('version', '')} already exists: ${f.name('image', '')}. Nothing was baked.`
          : f.has('left')
            ? say`Nothing was changed: the newer image ${f.name('left', '')} was taken back, and new instances of ${f.name('service', 'the service')} go on launching ${f.name('image', '')}. To take it all the same, deploy its version by name.`
            : f.has('image')
              ? say`New instances of ${f.name('service', 'the service')} launch the newest image already: ${f.name('image', '')}. Nothing was changed.`
              : f.has('group')
                ? say`${f.name('group', 'The group')} is as asked already. Nothing was changed.`
                : say`Every instance of ${f.name('service', 'the service')} already runs ${f.name('version', 'that version')}. Nothing was replaced.`,
    }),
    ko: (f) => ({
      what:
        f.has('image') && f.has('version')
          ? say`${f.name('service', '서비스')} ${f.name('version', '')} 이미지가 이미 있습니다(${f.name('image', '')}). 새로 만들지 않았습니다.`
          : f.has('left')
            ? say`변경한 것은 없습니다. 더 새로운 이미지 ${f.name('left', '')}는 이전에 되돌렸으므로 제외했고, ${f.name('service', '서비스')}의 새 인스턴스는 계속 ${f.name('image', '')} 이미지로 시작됩니다. 그래도 사용하려면 해당 버전을 직접 배포하십시오.`
            : f.has('image')
              ? say`${f.name('service', '서비스')}: 새 인스턴스는 이미 최신 이미지로 시작됩니다(${f.name('image', '')}). 변경한 것은 없습니다.`
              : f.has('group')
                ? say`${f.name('group', '그룹')}: 이미 요청한 상태입니다. 변경한 것은 없습니다.`
                : say`${f.name('service', '서비스')}: 모든 인스턴스가 이미 ${f.name('version', '해당')} 버전입니다. 교체한 인스턴스는 없습니다.`,
    }),
  }),
  not_approver: bilingual({
    en: (f) => ({
      what: say`You are not an approver of ${f.name('operation', 'this operation')}.`,
      todo: say`Who may approve or decline: ${f.may()}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('operation', '이 작업')}: 승인 권한이 없습니다.`,
      todo: say`승인하거나 거절할 수 있는 사람: ${f.may()}.`,
    }),
  }),
  own_approval: bilingual({
    en: (f) => ({
      what: say`You requested ${f.name('operation', 'this operation')} yourself, so someone else has to approve it.`,
      todo: say`Ask another approver.`,
    }),
    ko: (f) => ({
      what: say`${f.name('operation', '이 작업')}: 요청자 본인은 승인할 수 없습니다.`,
      todo: say`다른 승인자에게 요청하십시오.`,
    }),
  }),
  not_requester: bilingual({
    en: (f) => ({
      what: say`Only ${f.person('by', 'the person who asked')} can confirm ${f.name('operation', 'this operation')}.`,
      todo: say`To run it yourself, send the command again.`,
    }),
    ko: (f) => ({
      what: say`${f.name('operation', '이 작업')}: ${f.honored('by', '요청자', '이가')} 요청한 작업이며, 본인만 실행을 확인할 수 있습니다.`,
      todo: say`직접 실행하려면 명령을 다시 보내십시오.`,
    }),
  }),
  stale: bilingual({
    en: (f) => ({
      what: f.has('ending')
        ? say`${f.name('operation', 'This operation')} has already ended. Your click changed nothing.`
        : say`${f.name('operation', 'This operation')} has moved on, so this no longer applies. Your click changed nothing.`,
      todo: f.has('operation')
        ? say`See where it stands: ${f.commandText(`show ${f.text('operation')}`)}`
        : nothing,
    }),
    ko: (f) => ({
      what: f.has('ending')
        ? say`${f.name('operation', '이 작업')}: 이미 끝난 작업입니다. 변경된 것은 없습니다.`
        : say`${f.name('operation', '이 작업')}: 이미 다음 단계로 넘어가 적용할 수 없습니다. 변경된 것은 없습니다.`,
      todo: f.has('operation')
        ? say`현재 상태 확인: ${f.commandText(`show ${f.text('operation')}`)}`
        : nothing,
    }),
  }),
  too_late_to_cancel: bilingual({
    en: (f) => ({
      what: say`It is too late to cancel ${f.name('operation', 'this operation')}: its checks are passed and it is finishing.`,
      todo: f.has('operation')
        ? say`See how it ends: ${f.commandText(`show ${f.text('operation')}`)}. A finished deploy can be rolled back.`
        : nothing,
    }),
    ko: (f) => ({
      what: say`${f.name('operation', '이 작업')}: 확인을 모두 통과하고 마무리하는 중이라 취소할 수 없습니다.`,
      todo: f.has('operation')
        ? say`결과 확인: ${f.commandText(`show ${f.text('operation')}`)}. 배포는 끝난 뒤 되돌릴 수 있습니다.`
        : nothing,
    }),
  }),
  unknown_operation: bilingual({
    en: (f) => ({
      what: say`There is no operation ${f.name('operation', 'with that id')}.`,
      todo: say`Recent ones: ${f.commandText('history')}`,
    }),
    ko: (f) => ({
      what: f.has('operation')
        ? say`${f.name('operation', '')} 작업을 찾을 수 없습니다.`
        : say`해당 작업을 찾을 수 없습니다.`,
      todo: say`최근 작업 목록: ${f.commandText('history')}`,
    }),
  }),
  not_locked: bilingual({
    en: (f) => ({
      what: f.is('service', '*')
        ? say`No lock is set on all services.`
        : say`${f.name('service', 'The service')} is not locked.`,
    }),
    ko: (f) => ({
      what: f.is('service', '*')
        ? say`전체 서비스에 걸린 잠금이 없습니다.`
        : say`${f.name('service', '서비스')}에 걸린 잠금이 없습니다.`,
    }),
  }),
  other_lock: bilingual({
    en: (f) => ({
      what: say`That button is of a lock that is over. ${f.is('service', '*') ? 'Every service' : f.name('service', 'The service')} is locked anew${f.known('by', () => say` by ${f.person('by', '')}`)}${f.known('since', () => say` since ${f.when('since')}`)}${f.known('why', () => say`: ${italic(f.text('why'))}`)}.`,
      todo: say`To clear that one, use the button of its message, or ${f.commandText(`unlock ${f.text('service', '<service>')}`)}.`,
    }),
    ko: (f) => ({
      what: say`이 버튼의 잠금은 이미 해제되었습니다. ${f.is('service', '*') ? '모든 서비스' : f.name('service', '서비스')}에 새 잠금이 있습니다${f.known('by', () => say`. 설정한 사람: ${f.person('by', '')}`)}${f.known('since', () => say`, ${f.when('since')}부터`)}${f.known('why', () => say`(사유: ${italic(f.text('why'))})`)}.`,
      todo: say`새 잠금을 해제하려면 해당 메시지의 버튼이나 ${f.commandText(`unlock ${f.text('service', '<서비스>')}`)} 명령을 사용하십시오.`,
    }),
  }),
  record_unreadable: bilingual({
    en: (f) => ({
      what: say`What is recorded of ${f.name('record', 'it')} cannot be read: it is damaged, or a newer version of Rollcall wrote it.`,
      todo: say`Run the same version everywhere; what helps with a damaged record stands in docs/operations.md.`,
    }),
    ko: (f) => ({
      what: say`${f.name('record', '일부')} 기록을 읽을 수 없습니다. 손상되었거나 더 새로운 버전의 Rollcall이 남긴 기록입니다.`,
      todo: say`모든 프로세스를 같은 버전으로 실행하십시오. 손상된 기록의 조치 방법은 docs/operations.md에 있습니다.`,
    }),
  }),
  message_taken: bilingual({
    en: (f) => ({
      what: say`A message is carried out once${f.known('operation', () => say`; this one started ${f.name('operation', '')}`)}. Editing it starts nothing more.`,
      todo: say`Say it in a new message.`,
    }),
    ko: (f) => ({
      what: say`메시지 하나는 한 번만 실행됩니다${f.known('operation', () => say`(시작한 작업: ${f.name('operation', '')})`)}. 수정해도 다시 실행되지 않습니다.`,
      todo: say`새 메시지로 입력해 주십시오.`,
    }),
  }),
  nothing_to_cancel: bilingual({
    en: (f) => ({
      what: say`Nothing runs or waits on ${f.name('service', 'the service')}, so there is nothing to cancel.`,
      todo: say`What was done lately: ${f.commandText(`history ${f.text('service', '<service>')}`)}.`,
    }),
    ko: (f) => ({
      what: say`${f.name('service', '서비스')}: 진행 중이거나 대기 중인 작업이 없어 취소할 것이 없습니다.`,
      todo: say`최근 작업 조회: ${f.commandText(`history ${f.text('service', '<서비스>')}`)}.`,
    }),
  }),
} satisfies SomeSentences
