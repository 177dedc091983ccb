import type { imageSteps, pruneSteps } from '../../domain/steps/images'
import { bilingual } from '../locale'
import { nothing, say } from '../text/phrase'
import { gap, name, type Sentences } from './sentence'

const gone = bilingual({
  en: { deleted: 'deleted', failed: 'could not be deleted', kept: 'left alone' },
  ko: { deleted: '삭제', failed: '삭제하지 못함', kept: '유지' },
})

export const imageSentences: Sentences<typeof imageSteps> = {
  create: bilingual({
    en: (step) =>
      say`Image${name(step.field('name'))} is being made${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
    ko: (step) =>
      say`이미지${name(step.field('name'))} 생성 시작${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
  }),
  available: bilingual({
    en: (step) => say`Image${gap(step.outcome)} is available`,
    ko: (step) => say`이미지${gap(step.outcome)} 사용 가능`,
  }),
}

export const pruneSentences: Sentences<typeof pruneSteps> = {
  deleteVersions: bilingual({
    en: (step) => say`Old template versions ${gone.en[step.fate]}`,
    ko: (step) => say`오래된 템플릿 버전 ${gone.ko[step.fate]}`,
  }),
  deregister: bilingual({
    en: (step) => say`Image${name(step.field('name'))} ${gone.en[step.fate]}`,
    ko: (step) => say`이미지${name(step.field('name'))} ${gone.ko[step.fate]}`,
  }),
  deleteSnapshot: bilingual({
    en: (step) => say`Snapshot${name(step.field('id'))} ${gone.en[step.fate]}`,
    ko: (step) => say`스냅샷${name(step.field('id'))} ${gone.ko[step.fate]}`,
  }),
}
