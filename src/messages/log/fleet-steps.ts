import {
  type fleetSteps,
  type healthSteps,
  type promotionSteps,
  type templateSteps,
  type Way,
  ways,
} from '../../domain/steps/fleet'
import { bilingual, type Bilingual } from '../locale'
import { josa } from '../text/josa'
import { nothing, say, words, type Phrase } from '../text/phrase'
import { gap, name, type Recorded, type Sentence, type Sentences, to } from './sentence'

const wayOf = (text: string): Way => ways.find((way) => way === text) ?? 'replace'

const launching = bilingual<{ readonly [way in Way]: (version: Phrase) => Phrase }>({
  en: {
    replace: (version) => say`New instances launch from template version${version}`,
    straggler: (version) => say`Checked that instances launch from template version${version}`,
    return: (version) => say`Instances launch from the old template version${version} again`,
  },
  ko: {
    replace: (version) => say`새 인스턴스는 템플릿 버전${version}에서 시작`,
    straggler: (version) => say`인스턴스가 템플릿 버전${version}에서 시작하는지 확인`,
    return: (version) => say`인스턴스가 다시 이전 템플릿 버전${version}에서 시작`,
  },
})

export const defaultMoved: Bilingual<Sentence<never>> = bilingual({
  en: (step) => say`Default of the launch template moved to version${name(step.field('version'))}`,
  ko: (step) =>
    say`시작 템플릿 기본 버전을${name(step.field('version'))}${josa(step.field('version'), '으로')} 변경`,
})

export const templateSentences: Sentences<typeof templateSteps> = {
  pin: bilingual({
    en: (step) =>
      say`Group pinned to template version${name(step.field('template.pin'))} for the time of the roll`,
    ko: (step) => say`작업 중 그룹을 템플릿 버전${name(step.field('template.pin'))}에 고정`,
  }),
  followAgain: bilingual({
    en: (step) => say`Group follows${name(step.field('template.pin'))} again`,
    ko: (step) => say`그룹이 다시${name(step.field('template.pin'))} 버전을 따름`,
  }),
  create: bilingual({
    en: (step) => say`Launch template version${gap(step.outcome)} made`,
    ko: (step) => say`시작 템플릿 버전${gap(step.outcome)} 생성`,
  }),
  compare: bilingual({
    en: () => words('Compared with the version before: only what was planned differs'),
    ko: () => words('이전 버전과 비교: 계획한 것만 변경됨'),
  }),
  delete: bilingual({
    en: (step) => say`New launch template version${name(step.field('version'))} deleted again`,
    ko: (step) => say`새 시작 템플릿 버전${name(step.field('version'))} 삭제`,
  }),
}

/** Somebody else resized the group first: what was wanted was not asked for. */
const wasOvertaken = ({ outcome }: Recorded): boolean => outcome.length > 0
const overtaken = {
  en: words('Desired capacity left alone: somebody else had changed it meanwhile'),
  ko: words('다른 변경이 먼저 있어 원하는 용량을 그대로 둠'),
}

/** The refresh had ended before it was asked to, by itself or by somebody else; AWS says how. */
const endedBefore = bilingual<(step: Recorded) => Phrase | undefined>({
  en: (step) => {
    const ended = step.field('ended')
    return ended === '' ? undefined : say`Instance refresh had ended already: AWS says${name(ended)}`
  },
  ko: (step) => {
    const ended = step.field('ended')
    return ended === '' ? undefined : say`인스턴스 새로 고침이 이미 종료됨: AWS 상태${name(ended)}`
  },
})

const backIn = bilingual<Sentence<never>>({
  en: (step) => (wasOvertaken(step) ? overtaken.en : say`Desired capacity back to ${step.field('desired')}`),
  ko: (step) => (wasOvertaken(step) ? overtaken.ko : say`원하는 용량을${to(step.field('desired'))} 되돌림`),
})

export const fleetSentences: Sentences<typeof fleetSteps> = {
  makeRoom: bilingual({
    en: (step) => say`Maximum raised to ${step.field('max')} for the time of the roll`,
    ko: (step) => say`작업 중 최대 용량을${to(step.field('max'))} 늘림`,
  }),
  newestFirst: bilingual({
    en: () => words('Termination policy set to newest first for the time of the roll'),
    ko: () => words('작업 중 종료 정책을 최신 인스턴스 우선으로 설정'),
  }),
  startRefresh: bilingual({
    en: (step) => say`Instance refresh started${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
    ko: (step) => say`인스턴스 새로 고침 시작${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
  }),
  refresh: bilingual({
    en: () => words('Instance refresh finished'),
    ko: () => words('인스턴스 새로 고침 완료'),
  }),
  stopRefresh: bilingual({
    en: (step) => endedBefore.en(step) ?? words('Instance refresh asked to stop'),
    ko: (step) => endedBefore.ko(step) ?? words('인스턴스 새로 고침 중지 요청'),
  }),
  refreshStopped: bilingual({
    en: () => words('Instance refresh has stopped'),
    ko: () => words('인스턴스 새로 고침 중지됨'),
  }),
  rollBackRefresh: bilingual({
    en: (step) => endedBefore.en(step) ?? words('Instance refresh asked to go back'),
    ko: (step) => endedBefore.ko(step) ?? words('인스턴스 새로 고침 되돌리기 요청'),
  }),
  refreshRolledBack: bilingual({
    en: () => words('The refresh’s own way back has ended'),
    ko: () => words('인스턴스 새로 고침 되돌리기 종료'),
  }),
  launchFrom: bilingual({
    en: (step) => launching.en[wayOf(step.of('way'))](name(step.field('template.pin'))),
    ko: (step) => launching.ko[wayOf(step.of('way'))](name(step.field('template.pin'))),
  }),
  terminate: bilingual({
    en: (step) => say`Instance${name(step.field('instance'))} taken out and terminated`,
    ko: (step) => say`인스턴스${name(step.field('instance'))} 제외 후 종료`,
  }),
  raise: bilingual({
    en: (step) =>
      wasOvertaken(step) ? overtaken.en : say`Desired capacity raised to ${step.field('desired')}`,
    ko: (step) => (wasOvertaken(step) ? overtaken.ko : say`원하는 용량을${to(step.field('desired'))} 늘림`),
  }),
  lower: backIn,
  double: bilingual({
    en: (step) => say`Desired capacity doubled to ${step.field('desired')}`,
    ko: (step) =>
      say`원하는 용량을 두 배인 ${step.field('desired')}${josa(step.field('desired'), '으로')} 늘림`,
  }),
  healthyBesideOld: bilingual({
    en: () => words('The new instances are healthy beside the old ones'),
    ko: () => words('새 인스턴스가 이전 인스턴스와 함께 정상 동작'),
  }),
  protect: bilingual({
    en: () => words('New instances protected from scale-in'),
    ko: () => words('새 인스턴스에 축소 보호 설정'),
  }),
  unprotect: bilingual({
    en: () => words('Scale-in protection taken off again'),
    ko: () => words('축소 보호 해제'),
  }),
  oldestFirst: bilingual({
    en: () => words('Termination policy set to oldest first for the time of the roll'),
    ko: () => words('작업 중 종료 정책을 오래된 인스턴스 우선으로 설정'),
  }),
  scaleBackIn: backIn,
  oldOnesLeave: bilingual({
    en: () => words('The old instances are gone'),
    ko: () => words('이전 인스턴스 종료 완료'),
  }),
  grow: bilingual({
    en: (step) => say`Desired capacity raised to ${step.field('desired')}, as the catalogue says`,
    ko: (step) => say`카탈로그 설정에 따라 원하는 용량을${to(step.field('desired'))} 늘림`,
  }),
  restoreSizes: bilingual({
    en: () => words('Sizes and policies of the group restored'),
    ko: () => words('그룹의 용량과 정책 복원'),
  }),
  setBounds: bilingual({
    en: (step) => say`Bounds set to min ${step.field('min')}, max ${step.field('max')}`,
    ko: (step) => say`최소 ${step.field('min')}, 최대${to(step.field('max'))} 범위 설정`,
  }),
  cooldown: bilingual({
    en: () => words('The cooldown is over'),
    ko: () => words('휴지 기간 종료'),
  }),
  setDesired: bilingual({
    en: (step) => say`Desired capacity set to ${step.field('desired')} after the cooldown`,
    ko: (step) => say`휴지 기간이 끝난 뒤 원하는 용량을${to(step.field('desired'))} 설정`,
  }),
  scale: bilingual({
    en: (step) => say`Desired capacity set to ${step.field('desired')}`,
    ko: (step) => say`원하는 용량을${to(step.field('desired'))} 설정`,
  }),
}

export const healthSentences: Sentences<typeof healthSteps> = {
  everyInstance: bilingual({
    en: () => words('Every instance is healthy on the new version'),
    ko: () => words('모든 인스턴스가 새 버전에서 정상'),
  }),
  inService: bilingual({
    en: () => words('Every instance that is wanted is in service and healthy'),
    ko: () => words('필요한 모든 인스턴스가 정상 서비스 중'),
  }),
}

export const promotionSentences: Sentences<typeof promotionSteps> = {
  moveDefault: defaultMoved,
  handBack: bilingual({
    en: (step) =>
      step.field('template.pin') === ''
        ? words('Group handed back as planned')
        : say`Group handed back as planned; it follows${name(step.field('template.pin'))}`,
    ko: (step) =>
      step.field('template.pin') === ''
        ? words('그룹 설정을 계획대로 복원')
        : say`그룹 설정을 계획대로 복원, 시작 템플릿 버전${name(step.field('template.pin'))}`,
  }),
  freeze: bilingual({
    en: () => words('New deploys wait until someone allows them'),
    ko: () => words('새 배포는 담당자가 허용할 때까지 보류'),
  }),
}
