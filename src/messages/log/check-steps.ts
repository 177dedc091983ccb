import type { alarmHoldSteps, checkSteps, shareCheckSteps } from '../../domain/steps/checks'
import type { scaleInHoldSteps } from '../../domain/steps/scale-ins'
import { bilingual } from '../locale'
import { say } from '../text/phrase'
import type { Sentences } from './sentence'

export const checkSentences: Sentences<typeof checkSteps> = {
  verdict: bilingual({
    en: () => say`Looked at what customers meet`,
    ko: () => say`사용자 응답 확인`,
  }),
}

export const alarmHoldSentences: Sentences<typeof alarmHoldSteps> = {
  hold: bilingual({
    en: (step) =>
      step.outcome.length > 0
        ? say`Alarms of ${step.name('group')} not held`
        : say`Alarms of ${step.name('group')} held while both versions serve`,
    ko: (step) =>
      step.outcome.length > 0
        ? say`${step.name('group')} 알람을 보류하지 못함`
        : say`두 버전이 함께 서비스하는 동안 ${step.name('group')} 알람 보류`,
  }),
  release: bilingual({
    en: (step) => say`Alarms of ${step.name('group')} count again`,
    ko: (step) => say`${step.name('group')} 알람 다시 적용`,
  }),
}

export const scaleInHoldSentences: Sentences<typeof scaleInHoldSteps> = {
  hold: bilingual({
    en: (step) =>
      step.outcome.length > 0
        ? say`Scale-ins by policy ${step.name('policy')} not held`
        : say`Scale-ins by policy ${step.name('policy')} held for the time of the roll`,
    ko: (step) =>
      step.outcome.length > 0
        ? say`조정 정책 ${step.name('policy')}에 의한 축소를 보류하지 못함`
        : say`작업 중 조정 정책 ${step.name('policy')}에 의한 축소 보류`,
  }),
  release: bilingual({
    en: (step) =>
      step.outcome.length > 0
        ? say`Policy ${step.name('policy')} left as somebody else has set it`
        : say`Policy ${step.name('policy')} scales in again`,
    ko: (step) =>
      step.outcome.length > 0
        ? say`조정 정책 ${step.name('policy')}: 다른 곳에서 변경되어 그대로 둠`
        : say`조정 정책 ${step.name('policy')}에 의한 축소 다시 적용`,
  }),
}

export const shareCheckSentences: Sentences<typeof shareCheckSteps> = {
  verdict: bilingual({
    en: (step) => say`Looked at what customers meet at ${step.of('share')} %`,
    ko: (step) => say`트래픽 ${step.of('share')} %에서 사용자 응답 확인`,
  }),
}
