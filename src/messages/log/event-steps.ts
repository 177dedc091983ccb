import type { scheduleSteps } from '../../domain/steps/events'
import { bilingual } from '../locale'
import { say } from '../text/phrase'
import { name, type Sentences, to } from './sentence'

export const scheduleSentences: Sentences<typeof scheduleSteps> = {
  putAction: bilingual({
    en: (step) => say`Scheduled action${name(step.field('name'))} set: desired ${step.field('desired')}`,
    ko: (step) => say`예약 작업${name(step.field('name'))} 설정: 원하는 용량 ${step.field('desired')}`,
  }),
  deleteAction: bilingual({
    en: (step) => say`Scheduled action${name(step.field('name'))} deleted`,
    ko: (step) => say`예약 작업${name(step.field('name'))} 삭제`,
  }),
  setSizes: bilingual({
    en: (step) => say`Desired capacity set to ${step.field('desired')} now`,
    ko: (step) => say`지금 원하는 용량을${to(step.field('desired'))} 설정`,
  }),
}
