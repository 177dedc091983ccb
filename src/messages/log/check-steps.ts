import type { checkSteps, shareCheckSteps } from '../../domain/steps/checks'
import { bilingual } from '../locale'
import { say } from '../text/phrase'
import type { Sentences } from './sentence'

export const checkSentences: Sentences<typeof checkSteps> = {
  verdict: bilingual({
    en: () => say`Looked at what customers meet`,
    ko: () => say`사용자 응답 확인`,
  }),
}

export const shareCheckSentences: Sentences<typeof shareCheckSteps> = {
  verdict: bilingual({
    en: (step) => say`Looked at what customers meet at ${step.of('share')} %`,
    ko: (step) => say`트래픽 ${step.of('share')} %에서 사용자 응답 확인`,
  }),
}
