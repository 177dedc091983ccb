import type { colorFleetSteps, keptColorSteps } from '../../domain/steps/blue-green/capacity'
import type { copySteps, restoreScalingSteps, transferSteps } from '../../domain/steps/blue-green/scaling'
import type { colorPromotionSteps, colorVersionSteps } from '../../domain/steps/blue-green/version'
import { bilingual, type Bilingual } from '../locale'
import { josa } from '../text/josa'
import { code, say } from '../text/phrase'
import { defaultMoved } from './fleet-steps'
import { type Sentence, type Sentences } from './sentence'

export const resized: Bilingual<Sentence<'group'>> = bilingual({
  en: (step) => say`Desired capacity of ${step.name('group')} set to ${step.field('desired')}`,
  ko: (step) =>
    say`${step.name('group')} 원하는 용량을 ${step.field('desired')}${josa(step.field('desired'), '으로')} 설정`,
})

const tagged: Bilingual<Sentence<'group'>> = bilingual({
  en: (step) => say`${step.name('group')} tagged ${code(step.field('value'))}`,
  ko: (step) => say`${step.name('group')} 그룹에 ${code(step.field('value'))} 태그 지정`,
})

const atZero: Bilingual<Sentence<'group'>> = bilingual({
  en: (step) => say`${step.name('group')} set to zero`,
  ko: (step) => say`${step.name('group')} 용량을 0대로 설정`,
})

/** Policies and scheduled actions, made on a group or taken from it, in whichever task. */
const scaling = {
  policy: bilingual<Sentence<'group' | 'policy'>>({
    en: (step) => say`Policy ${step.name('policy')} set on ${step.name('group')}`,
    ko: (step) => say`${step.name('group')}에 조정 정책 ${step.name('policy')} 설정`,
  }),
  action: bilingual<Sentence<'group' | 'action'>>({
    en: (step) => say`Scheduled action ${step.name('action')} set on ${step.name('group')}`,
    ko: (step) => say`${step.name('group')}에 예약 작업 ${step.name('action')} 설정`,
  }),
  takePolicy: bilingual<Sentence<'group' | 'policy'>>({
    en: (step) => say`Policy ${step.name('policy')} taken from ${step.name('group')}`,
    ko: (step) => say`${step.name('group')}에서 조정 정책 ${step.name('policy')} 제거`,
  }),
  takeAction: bilingual<Sentence<'group' | 'action'>>({
    en: (step) => say`Scheduled action ${step.name('action')} taken from ${step.name('group')}`,
    ko: (step) => say`${step.name('group')}에서 예약 작업 ${step.name('action')} 제거`,
  }),
}

export const colorVersionSentences: Sentences<typeof colorVersionSteps> = {
  pin: bilingual({
    en: (step) => say`${step.name('group')} pinned to template version ${code(step.field('template.pin'))}`,
    ko: (step) => say`${step.name('group')} 그룹을 템플릿 버전 ${code(step.field('template.pin'))}에 고정`,
  }),
  launchFrom: bilingual({
    en: (step) =>
      say`${step.name('group')} launches from template version ${code(step.field('template.pin'))}`,
    ko: (step) => say`${step.name('group')} 그룹은 템플릿 버전 ${code(step.field('template.pin'))}에서 시작`,
  }),
  create: bilingual({
    en: (step) => say`Version ${step.outcome} of launch template ${step.name('template')} made`,
    ko: (step) => say`시작 템플릿 ${step.name('template')} 버전 ${step.outcome} 생성`,
  }),
  compare: bilingual({
    en: () => say`Compared with the version before: the image alone differs`,
    ko: () => say`이전 버전과 비교: 이미지만 변경됨`,
  }),
  tag: tagged,
}

export const colorPromotionSentences: Sentences<typeof colorPromotionSteps> = {
  moveDefault: defaultMoved,
  deleteVersion: bilingual({
    en: (step) => say`New version of launch template ${step.name('template')} deleted again`,
    ko: (step) => say`시작 템플릿 ${step.name('template')}의 새 버전 삭제`,
  }),
  follow: bilingual({
    en: (step) => say`${step.name('group')} follows ${code(step.field('template.pin'))} again`,
    ko: (step) => say`${step.name('group')} 그룹이 다시 ${code(step.field('template.pin'))} 버전을 따름`,
  }),
  tag: tagged,
  untag: bilingual({
    en: (step) => say`Version tag taken off ${step.name('group')}`,
    ko: (step) => say`${step.name('group')} 그룹의 버전 태그 제거`,
  }),
}

export const copySentences: Sentences<typeof copySteps> = {
  ...scaling,
  suspend: bilingual({
    en: (step) => say`Alarms of ${step.name('group')} held back for now`,
    ko: (step) => say`${step.name('group')} 알람을 잠시 보류`,
  }),
}

export const transferSentences: Sentences<typeof transferSteps> = {
  ...scaling,
  resume: bilingual({
    en: (step) => say`Alarms of ${step.name('group')} count from now on`,
    ko: (step) => say`지금부터 ${step.name('group')} 알람 적용`,
  }),
  enablePolicy: bilingual({
    en: (step) => say`Policy ${step.name('policy')} of ${step.name('group')} enabled`,
    ko: (step) => say`${step.name('group')} 조정 정책 ${step.name('policy')} 활성화`,
  }),
}

export const restoreScalingSentences: Sentences<typeof restoreScalingSteps> = {
  ...scaling,
  takeAddedSince: scaling.takeAction,
  resume: bilingual({
    en: (step) => say`Processes of ${step.name('group')} resumed`,
    ko: (step) => say`${step.name('group')} 프로세스 재개`,
  }),
}

export const colorFleetSentences: Sentences<typeof colorFleetSteps> = {
  comeUp: resized,
  zero: atZero,
  zeroAgain: atZero,
  leaves: bilingual({
    en: (step) => say`All instances of ${step.name('group')} have left service`,
    ko: (step) => say`${step.name('group')} 인스턴스가 모두 서비스에서 제외됨`,
  }),
  unprotect: bilingual({
    en: (step) => say`Scale-in protection taken off instances of ${step.name('group')}`,
    ko: (step) => say`${step.name('group')} 인스턴스의 축소 보호 해제`,
  }),
}

export const keptColorSentences: Sentences<typeof keptColorSteps> = {
  sizes: resized,
}
