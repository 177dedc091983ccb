import type { alarmHoldSteps, checkSteps, shareCheckSteps } from '../../domain/steps/checks'
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
    en: (step) => say`Alarms of ${step.name('group')} held while both versions serve`,
    ko: (step) => say`두 버전이 함께 서비스하는 동안 ${step.name('group')} 알람 보류`,
  }),
  release: bilingual({
    en: (step) => say`Alarms of ${step.name('group')} count again`,
    ko: (step) => say`${step.name('group')} 알람 다시 적용`,
  }),
}

export const shareCheckSentences: Sentences<typeof shareCheckSteps> = {
  verdict: bilingual({
    en: (step) => say`Looked at what customers meet at ${step.of('share')} %`,
    ko: (step) => say`트래픽 ${step.of('share')} %에서 사용자 응답 확인`,
  }),
}
