import { bilingual } from '../locale'
import { code, nothing, say } from '../text/phrase'
import type { SomeSentences } from './placeholders'

/**
 * EC2 Auto Scaling user guide, "Launch template support", permissions: who works with a group that has a template needs
 * the rights to launch by it, and is told in these words alone which it does not have.
 */
const launchDenied = /not authorized to use launch template/i

/** What a way back restores, by the name its procedure gives it. */
const restored = bilingual<Readonly<Record<string, string>>>({
  en: {
    fleet: 'the instances of the old version',
    colors: 'the old color, its alarms and scheduled actions',
    standby: 'the old color in Standby',
    pin: 'how the group follows its template',
    'template version': 'the new template version, to be deleted',
    'scale-in protection': 'scale-in protection of instances',
  },
  ko: {
    fleet: '이전 버전 인스턴스 복구',
    colors: '이전 색상과 알람, 예약 작업',
    standby: '이전 색상의 대기(Standby) 상태',
    pin: '그룹의 시작 템플릿 버전 설정',
    'template version': '새 시작 템플릿 버전 삭제',
    'scale-in protection': '인스턴스 축소 보호 설정',
  },
})

/** AWS's codes for too many calls; none of them is about what was asked. */
const throttled = /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown/

/** What went wrong on the way. */
export const running = {
  template_mismatch: bilingual({
    en: (f) => ({
      what: say`${f.noun('Version', 'version')} of ${f.noun('the launch template', 'template')} differs in more than its image, so it was not used.`,
      todo: say`Compare it with ${f.has('from') ? say`version ${f.name('from', '')}` : 'the version before'}; someone may have edited the template meanwhile.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('시작 템플릿', 'template')}의 새 버전${f.known('version', () => say` ${f.name('version', '')}`)}에서 이미지 외의 항목도 달라져 사용하지 않았습니다.`,
      todo: say`이전 버전${f.beside('from')}과 비교하십시오. 그 사이에 누군가 템플릿을 수정했을 수 있습니다.`,
    }),
  }),
  refresh_failed: bilingual({
    en: (f) => ({
      what: say`The instance refresh of ${f.name('group', 'the group')} ended as ${f.name('status', 'failed')}${f.beside('refresh')}.`,
      todo: say`Check the group’s activity in the EC2 console and the logs of the new instances, then deploy again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스 새로 고침이 실패했습니다${f.beside('status')}.`,
      todo: say`EC2 콘솔의 그룹 활동 기록과 새 인스턴스의 로그를 확인한 뒤 다시 배포하십시오.`,
    }),
  }),
  new_fleet_unhealthy: bilingual({
    en: (f) => ({
      what: say`The new instances did not ${f.has('after') ? say`become healthy within ${f.span('after')}` : 'stay healthy'}${f.known('wanted', () => say`: ${f.number('healthy') ?? 0} of ${f.text('wanted')} healthy`)}${f.beside('because')}${f.known('instances', () => say`, ${f.names('instances')}`)}.`,
      todo: say`Check the health check’s settings and the application log on a new instance, then deploy a fixed version.`,
    }),
    ko: (f) => ({
      what: say`새 인스턴스가 ${f.has('after') ? say`${f.span('after')} 안에 정상 상태가 되지 못했습니다` : '정상 상태를 유지하지 못했습니다'}${f.known('wanted', () => say`(정상 ${f.number('healthy') ?? 0}/${f.text('wanted')}대)`)}.${f.known('because', () => say` 상태 검사 사유: ${f.name('because', '')}.`)}${f.known('instances', () => say` 인스턴스: ${f.names('instances')}.`)}`,
      todo: say`상태 검사 설정과 새 인스턴스의 애플리케이션 로그를 확인하고, 문제를 고친 버전을 배포하십시오.`,
    }),
  }),
  capacity_short: bilingual({
    en: (f) => ({
      what: say`AWS does not have enough capacity to launch instances for ${f.name('group', 'the group')}.`,
      todo: say`Try again later, or give the group more zones or another instance type.`,
    }),
    ko: (f) => ({
      what: say`AWS의 용량이 부족하여 ${f.noun('오토 스케일링 그룹', 'group')}의 인스턴스를 시작할 수 없습니다.`,
      todo: say`잠시 후 다시 시도하거나, 그룹의 가용 영역 또는 인스턴스 유형을 늘리십시오.`,
    }),
  }),
  launch_failed: bilingual({
    en: (f) => ({
      what: say`${f.name('group', 'The group')} could not launch its new instances.`,
      todo: say`Fix what AWS names, usually the image, the launch template or a quota, then deploy again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group', '이가')} 새 인스턴스를 시작하지 못했습니다.`,
      todo: say`AWS가 알린 원인(주로 이미지, 시작 템플릿, 할당량)을 해결한 뒤 다시 배포하십시오.`,
    }),
  }),
  hook_waits: bilingual({
    en: (f) => ({
      what: say`${f.names('instances', 'New instances')} of ${f.name('group', 'the group')} waited for ${f.has('hooks') ? say`the lifecycle hook ${f.names('hooks')}` : 'a lifecycle hook'}, and nobody completed it${f.known('after', () => say` within ${f.span('after')}`)}.`,
      todo: say`Find out why what the hook calls does not answer with CompleteLifecycleAction, then deploy again.`,
    }),
    ko: (f) => ({
      what: say`${f.noun('오토 스케일링 그룹', 'group')}의 새 인스턴스${f.known('instances', () => say` ${f.names('instances')}`)}가 수명 주기 후크${f.known('hooks', () => say` ${f.names('hooks')}`)}를 기다렸지만${f.known('after', () => say` ${f.span('after')} 안에`)} 완료되지 않았습니다.`,
      todo: say`후크가 호출하는 쪽에서 CompleteLifecycleAction을 보내지 않는 이유를 확인한 뒤 다시 배포하십시오.`,
    }),
  }),
  sizes_changed: bilingual({
    en: (f) => {
      const sizes = (min: number, desired: number, max: number) =>
        `min ${min}, desired ${desired}, max ${max}`
      return {
        what: say`Someone changed the sizes of ${f.name('group', 'the group')} meanwhile${f.known('is', () => say`: ${f.sizes('is', sizes)}`)}. That stays as it is${f.known('was', () => say` (planned: ${f.sizes('was', sizes)})`)}.`,
      }
    },
    ko: (f) => {
      const sizes = (min: number, desired: number, max: number) => `최소 ${min}, 목표 ${desired}, 최대 ${max}`
      return {
        what: say`그 사이 ${f.noun('오토 스케일링 그룹', 'group')}의 크기가 바뀌었습니다${f.known('is', () => say`(${f.sizes('is', sizes)})`)}. 바뀐 크기를 그대로 둡니다${f.known('was', () => say`. 계획된 크기: ${f.sizes('was', sizes)}`)}.`,
      }
    },
  }),
  group_changed: bilingual({
    en: (f) => ({
      what: say`Someone changed ${f.name('group', 'the group')} meanwhile${f.colon('what')}${f.known('was', () => say` was ${f.name('was', '')}, is ${f.name('is', 'unknown')}`)}.`,
      todo: say`Find out who changed it and why before you deploy again.`,
    }),
    ko: (f) => ({
      what: say`작업 중에 누군가 ${f.noun('오토 스케일링 그룹', 'group', '을를')} 변경했습니다${f.known('what', () => say`(${f.name('what', '')}${f.known('was', () => say`: ${f.name('was', '')} → ${f.name('is', '?')}`)})`)}.`,
      todo: say`누가 왜 변경했는지 확인한 뒤 다시 배포하십시오.`,
    }),
  }),
  traffic_guard: bilingual({
    en: (f) => ({
      what: f.has('healthy')
        ? say`The next step would have brought healthy targets${f.known('targetGroup', () => say` in ${f.name('targetGroup', '')}`)} down to ${f.text('healthy')}${f.known('minimum', () => say`, below the minimum of ${f.text('minimum')}`)}, so it was not taken.`
        : say`The next step would have left too few healthy targets, so it was not taken.`,
      todo: say`Find out why targets are unhealthy before taking anything else out.`,
    }),
    ko: (f) => ({
      what: say`다음 단계를 실행하면 정상 대상이 ${f.has('healthy') ? say`${f.text('healthy')}개로` : '너무 많이'} 줄어${f.known('minimum', () => say` 최소 ${f.text('minimum')}개에 미치지 못하므로`)} 실행하지 않았습니다${f.known('targetGroup', () => say`(대상 그룹 ${f.name('targetGroup', '')})`)}.`,
      todo: say`더 제외하기 전에 대상이 비정상인 원인부터 확인하십시오.`,
    }),
  }),
  timed_out: bilingual({
    en: (f) => ({
      what: say`${f.name('step', 'A step')} did not finish in time${f.known('after', () => say` (${f.span('after')})`)}.`,
      todo: say`Check the group’s activity in the EC2 console for what it was waiting on.`,
    }),
    ko: (f) => ({
      what: say`${f.has('step') ? say`${f.name('step', '')} 단계` : '단계'}가 제한 시간${f.known('after', () => say`(${f.span('after')})`)} 안에 끝나지 않았습니다.`,
      todo: say`EC2 콘솔의 그룹 활동 기록에서 무엇을 기다리고 있었는지 확인하십시오.`,
    }),
  }),
  cancelled_by_person: bilingual({
    en: (f) => ({ what: say`${f.person('by', 'Someone')} cancelled it.` }),
    ko: (f) => ({ what: say`${f.honored('by', '사용자', '이가')} 취소했습니다.` }),
  }),
  aws_refused: bilingual({
    en: (f) => ({
      what: throttled.test(f.text('awsCode'))
        ? say`AWS is slowing calls down: ${f.name('action', 'a call')} was not answered${f.beside('awsCode')}.`
        : say`AWS refused ${f.name('action', 'a call')}${f.beside('awsCode')}.`,
      todo: throttled.test(f.text('awsCode'))
        ? say`Try again in a minute.`
        : launchDenied.test(f.text('aws'))
          ? say`Grant the worker’s role ${code('ec2:RunInstances')}, ${code('ec2:CreateTags')} and, where the template names an instance profile, ${code('iam:PassRole')}: AWS says this when any of them is missing.`
          : /Unauthorized|AccessDenied/.test(f.text('awsCode'))
            ? say`Grant the worker’s role this permission, then try again.`
            : say`Fix what AWS names, then try again.`,
    }),
    ko: (f) => ({
      what: throttled.test(f.text('awsCode'))
        ? say`AWS가 호출 속도를 제한하여 ${f.known('action', () => say`${f.name('action', '')} `)}응답을 받지 못했습니다${f.beside('awsCode')}.`
        : say`AWS가 ${f.known('action', () => say`${f.name('action', '')} `)}호출을 거부했습니다${f.beside('awsCode')}.`,
      todo: throttled.test(f.text('awsCode'))
        ? say`잠시 후 다시 시도하십시오.`
        : launchDenied.test(f.text('aws'))
          ? say`워커의 역할에 ${code('ec2:RunInstances')}, ${code('ec2:CreateTags')} 권한을 부여하고, 템플릿에 인스턴스 프로파일이 있으면 ${code('iam:PassRole')} 권한도 부여하십시오. 이 중 하나라도 없으면 AWS가 이렇게 응답합니다.`
          : /Unauthorized|AccessDenied/.test(f.text('awsCode'))
            ? say`워커의 역할에 이 권한을 부여한 뒤 다시 시도하십시오.`
            : say`AWS가 알린 원인을 해결한 뒤 다시 시도하십시오.`,
    }),
  }),
  worker_surprise: bilingual({
    en: (f) => ({
      what: say`Rollcall ran into something unexpected${f.known('step', () => say` at ${f.name('step', '')}`)} and stopped${f.colon('error')}.`,
      todo: say`Check the worker’s log for this operation and report the fault.`,
    }),
    ko: (f) => ({
      what: say`Rollcall이 예상하지 못한 상황을 만나 멈췄습니다${f.known('step', () => say`(단계 ${f.name('step', '')})`)}${f.colon('error')}.`,
      todo: say`이 작업의 워커 로그를 확인하고 문제를 제보해 주십시오.`,
    }),
  }),
  way_back_failed: bilingual({
    en: (f) => ({
      what: say`Part of the way back failed${f.known('what', () => say`: ${restored.en[f.text('what')] ?? f.text('what')}`)}.`,
      todo: say`This has to be put right by hand.`,
    }),
    ko: (f) => ({
      what: say`되돌리는 과정의 일부가 실패했습니다${f.known('what', () => say`: ${restored.ko[f.text('what')] ?? f.text('what')}`)}.`,
      todo: say`담당자가 직접 바로잡아야 합니다.`,
    }),
  }),
  aws_slow: bilingual({
    en: (f) => ({
      what: say`AWS is slow to answer${f.known('action', () => say` (${f.name('action', '')}${f.colon('awsCode')})`)}. It carries on by itself.`,
      todo: nothing,
    }),
    ko: (f) => ({
      what: say`AWS 응답이 지연되고 있습니다${f.known('action', () => say`(${f.name('action', '')}${f.colon('awsCode')})`)}. 자동으로 이어서 진행합니다.`,
      todo: nothing,
    }),
  }),
} satisfies SomeSentences
