import type { fixSteps, provisionSteps, removalSteps, teardownSteps } from '../../domain/steps/provision'
import { bilingual } from '../locale'
import { kindName } from '../provision/kinds'
import { nothing, say, words, type Phrase } from '../text/phrase'
import { gap, name, type Recorded, type Sentences } from './sentence'

const thing = (step: Recorded, language: 'en' | 'ko', otherwise: string): Phrase =>
  say`${kindName(step.field('kind'), language) || otherwise}${name(step.field('name'))}`

const made = bilingual({
  en: (step: Recorded) =>
    say`Made: ${thing(step, 'en', 'resource')}${step.outcome.length > 0 && !step.field('name').startsWith('arn') ? say` · ${step.outcome}` : nothing}`,
  ko: (step: Recorded) =>
    say`생성: ${thing(step, 'ko', '리소스')}${step.outcome.length > 0 ? say` · ${step.outcome}` : nothing}`,
})
const deleted = bilingual({
  en: (step: Recorded) => say`Deleted: ${thing(step, 'en', 'resource')}`,
  ko: (step: Recorded) => say`삭제: ${thing(step, 'ko', '리소스')}`,
})

const metricsCollected = bilingual({
  en: (step: Recorded) => say`Metrics of group${name(step.field('group'))} go to CloudWatch`,
  ko: (step: Recorded) => say`그룹${name(step.field('group'))} 지표를 CloudWatch에 수집`,
})

export const provisionSentences: Sentences<typeof provisionSteps> = {
  adopt: bilingual({
    en: (step) => say`Taken over: ${thing(step, 'en', 'resource')}`,
    ko: (step) => say`인수: ${thing(step, 'ko', '리소스')}`,
  }),
  createSecurityGroup: made,
  allow: bilingual({
    en: (step) => say`Inbound rules of security group${name(step.field('name'))} are in place`,
    ko: (step) => say`보안 그룹${name(step.field('name'))} 인바운드 규칙 적용`,
  }),
  createBalancer: made,
  createTargetGroup: made,
  createGreenTargetGroup: made,
  createGreenGroup: made,
  collectGreenMetrics: metricsCollected,
  createListener: made,
  registerSource: bilingual({
    en: (step) => say`Instance${name(step.field('instance'))} registered as a target`,
    ko: (step) => say`인스턴스${name(step.field('instance'))} 대상으로 등록`,
  }),
  createTemplate: made,
  createGroup: made,
  collectMetrics: metricsCollected,
  putPolicy: bilingual({
    en: (step) => say`Scaling policy${name(step.field('policy'))} is set`,
    ko: (step) => say`조정 정책${name(step.field('policy'))} 설정`,
  }),
  serves: bilingual({
    en: (step) =>
      say`Every instance serves${step.outcome.length > 0 ? say` behind ${step.outcome}` : nothing}`,
    ko: (step) => say`모든 인스턴스 서비스 중${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
  }),
}

const targetGroupFixed = bilingual({
  en: (step: Recorded) =>
    say`Health check of target group${name(step.field('name'))} is as the blueprint says`,
  ko: (step: Recorded) => say`대상 그룹${name(step.field('name'))} 상태 확인: 설정대로 맞춤`,
})
const groupFixed = bilingual({
  en: (step: Recorded) => say`Group${name(step.field('group'))} is as the blueprint says`,
  ko: (step: Recorded) => say`그룹${name(step.field('group'))}: 설정대로 맞춤`,
})

export const fixSentences: Sentences<typeof fixSteps> = {
  balancer: bilingual({
    en: (step) => say`Load balancer${name(step.field('name'))} is as the blueprint says`,
    ko: (step) => say`로드 밸런서${name(step.field('name'))}: 설정대로 맞춤`,
  }),
  targetGroup: targetGroupFixed,
  greenTargetGroup: targetGroupFixed,
  greenGroup: groupFixed,
  template: bilingual({
    en: (step) => say`The launch template has version${gap(step.outcome)} as the blueprint says`,
    ko: (step) => say`시작 템플릿 새 버전${gap(step.outcome)}: 설정대로 맞춤`,
  }),
  templateDefault: bilingual({
    en: (step) => say`Version${name(step.field('version'))} is the default`,
    ko: (step) => say`기본 버전${name(step.field('version'))} 지정`,
  }),
  group: groupFixed,
  attach: bilingual({
    en: (step) => say`Group ${step.name('group')} is attached to its target group`,
    ko: (step) => say`그룹 ${step.name('group')}: 대상 그룹 연결`,
  }),
  tag: bilingual({
    en: (step) => say`Group ${step.name('group')} has the blueprint's tags`,
    ko: (step) => say`그룹 ${step.name('group')}: 태그를 설정대로 맞춤`,
  }),
}

export const removalSentences: Sentences<typeof removalSteps> = {
  toZero: bilingual({
    en: (step) => say`Group ${step.name('group')} is set to zero`,
    ko: (step) => say`그룹 ${step.name('group')} 용량을 0대로 설정`,
  }),
  drained: bilingual({
    en: (step) => say`All instances of ${step.name('group')} have drained and ended`,
    ko: (step) => say`${step.name('group')} 인스턴스의 연결 정리와 종료 완료`,
  }),
  deleteGroup: deleted,
  deregisterSource: bilingual({
    en: (step) => say`Instance${name(step.field('instance'))} is no target any more`,
    ko: (step) => say`인스턴스${name(step.field('instance'))} 대상에서 제외`,
  }),
  deleteListener: deleted,
  deleteBalancer: deleted,
  deleteTargetGroup: deleted,
  deleteGreenTargetGroup: deleted,
  deleteTemplate: deleted,
  interfacesGone: bilingual({
    en: () => words('No network interface carries the security group any more'),
    ko: () => words('보안 그룹을 사용하는 네트워크 인터페이스 없음'),
  }),
  deleteSecurityGroup: deleted,
}

export const teardownSentences: Sentences<typeof teardownSteps> = {
  deleteAction: bilingual({
    en: (step) => say`Deleted: scheduled action ${step.name('action')} of ${step.name('group')}`,
    ko: (step) => say`삭제: ${step.name('group')} 예약 작업 ${step.name('action')}`,
  }),
  deletePolicy: bilingual({
    en: (step) => say`Deleted: scaling policy ${step.name('policy')} of ${step.name('group')}`,
    ko: (step) => say`삭제: ${step.name('group')} 조정 정책 ${step.name('policy')}`,
  }),
  deleteListener: deleted,
  deleteBalancer: deleted,
  deleteTargetGroup: deleted,
  deleteTemplate: deleted,
  interfacesGone: bilingual({
    en: (step) => say`No network interface carries security group ${step.name('resource')} any more`,
    ko: (step) => say`보안 그룹 ${step.name('resource')}: 사용하는 네트워크 인터페이스 없음`,
  }),
  deleteSecurityGroup: deleted,
}
