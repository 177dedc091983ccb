import type { Json } from '../../domain/json'
import type { StepRecord } from '../../domain/operation/operation'
import { bilingual, type Bilingual, type Language } from '../locale'
import { josa } from '../text/josa'
import { code, nothing, say, words, type Phrase } from '../text/phrase'
import { blueGreenFamily, blueGreenSteps, isHalfway, namedIn, hiddenBlueGreenSteps } from './blue-green-steps'
import type { Recorded, Sentence } from './sentence'

const scalar = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const fateOf = ({ outcome }: StepRecord): Recorded['fate'] => {
  const content = JSON.stringify(outcome ?? {})
  if (content.includes('"deleted"')) return 'deleted'
  return content.includes('"failed"') ? 'failed' : 'kept'
}

/** Whether it went its way and AWS refused what it was for. */
export const wasRefused = (step: StepRecord): boolean =>
  /^(images|versions)\//.test(step.key) && fateOf(step) === 'failed'

const gone = {
  en: { deleted: 'deleted', failed: 'could not be deleted', kept: 'left alone' },
  ko: { deleted: '삭제', failed: '삭제하지 못함', kept: '유지' },
}

const recorded = (step: StepRecord): Recorded => {
  const outcome = scalar(step.outcome)
  return {
    ...namedIn(step.key.replace(/^return\//, '')),
    count: (name) => {
      const listed = (step.choice as { readonly [key: string]: Json | undefined } | undefined)?.[name]
      return Array.isArray(listed) ? listed.length : 0
    },
    outcome: outcome === '' ? nothing : code(outcome),
    fate: fateOf(step),
    field: (path) => {
      const found = path.split('.').reduce<Json | undefined>((value, name) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
        return (value as { readonly [key: string]: Json | undefined })[name]
      }, step.choice)
      return scalar(found)
    },
  }
}

const name = (text: string): Phrase => (text === '' ? nothing : say` ${code(text)}`)
const gap = (phrase: Phrase): Phrase => (phrase.length === 0 ? nothing : say` ${phrase}`)
const to = (text: string): Phrase => (text === '' ? nothing : say` ${text}${josa(text, '으로')}`)

/** Steps that only take a note, decide or find something ready: nothing that people wait for. */
const hidden: readonly string[] = [
  'template/group as it is',
  'template/how the group follows',
  'schedule/calendar',
  'schedule/calendar before',
  'schedule/calendar struck',
  'schedule/first time',
  'schedule/follow',
  'schedule/unfollow',
  'schedule/audit',
  'ready/next time',
  'ready/report',
  'out/healthy',
  'out/healthy after all',
  'out/late',
  'on/event',
  'on/short',
  'in/back',
  'in/late',
  'end/failures',
  'end/over',
  'end/calendar',
  'schedule/corrections',
  'schedule/sizes due',
  'fleet/bounds due',
  'fleet/new instances',
  'fleet/how many leave',
  'fleet/how many serve',
  'fleet/places made',
  'fleet/replace',
  'fleet/straggler',
  'fleet/return',
  'fleet/stopped',
  'finish/desired',
  'finish/latest',
  'finish/stays pinned',
  'versions/gone',
  ...hiddenBlueGreenSteps,
]
/** Not logged: plans that were shown, pauses (signals of people tell of them), unexpected errors. */
const inner = /^(plan|hold|surprise)\//

const known: Readonly<Record<string, Bilingual<Sentence>>> = {
  ...blueGreenSteps,
  'image/create': bilingual({
    en: (step) =>
      say`Image${name(step.field('name'))} is being made${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
    ko: (step) =>
      say`이미지${name(step.field('name'))} 생성 시작${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
  }),
  'image/available': bilingual({
    en: (step) => say`Image${gap(step.outcome)} is available`,
    ko: (step) => say`이미지${gap(step.outcome)} 사용 가능`,
  }),
  'template/pin': bilingual({
    en: (step) =>
      say`Group pinned to template version${name(step.field('template.pin'))} for the time of the roll`,
    ko: (step) => say`작업 중 그룹을 템플릿 버전${name(step.field('template.pin'))}에 고정`,
  }),
  'template/follow again': bilingual({
    en: (step) => say`Group follows${name(step.field('template.pin'))} again`,
    ko: (step) => say`그룹이 다시${name(step.field('template.pin'))} 버전을 따름`,
  }),
  'template/create version': bilingual({
    en: (step) => say`Launch template version${gap(step.outcome)} made`,
    ko: (step) => say`시작 템플릿 버전${gap(step.outcome)} 생성`,
  }),
  'template/compare': bilingual({
    en: () => words('Compared with the version before: only what was planned differs'),
    ko: () => words('이전 버전과 비교: 계획한 것만 변경됨'),
  }),
  'template/delete version': bilingual({
    en: (step) => say`New launch template version${name(step.field('version'))} deleted again`,
    ko: (step) => say`새 시작 템플릿 버전${name(step.field('version'))} 삭제`,
  }),
  'schedule/put': bilingual({
    en: (step) => say`Scheduled action${name(step.field('name'))} set: desired ${step.field('desired')}`,
    ko: (step) => say`예약 작업${name(step.field('name'))} 설정: 원하는 용량 ${step.field('desired')}`,
  }),
  'schedule/delete': bilingual({
    en: (step) => say`Scheduled action${name(step.field('name'))} deleted`,
    ko: (step) => say`예약 작업${name(step.field('name'))} 삭제`,
  }),
  'schedule/sizes': bilingual({
    en: (step) => say`Desired capacity set to ${step.field('desired')} now`,
    ko: (step) => say`지금 원하는 용량을${to(step.field('desired'))} 설정`,
  }),
  'fleet/bounds': bilingual({
    en: (step) => say`Bounds set to min ${step.field('min')}, max ${step.field('max')}`,
    ko: (step) => say`최소 ${step.field('min')}, 최대${to(step.field('max'))} 범위 설정`,
  }),
  'fleet/cooldown': bilingual({
    en: () => words('The cooldown is over'),
    ko: () => words('휴지 기간 종료'),
  }),
  'fleet/desired': bilingual({
    en: (step) => say`Desired capacity set to ${step.field('desired')} after the cooldown`,
    ko: (step) => say`휴지 기간이 끝난 뒤 원하는 용량을${to(step.field('desired'))} 설정`,
  }),
  'fleet/scale': bilingual({
    en: (step) => say`Desired capacity set to ${step.field('desired')}`,
    ko: (step) => say`원하는 용량을${to(step.field('desired'))} 설정`,
  }),
  'health/in service': bilingual({
    en: () => words('Every instance that is wanted is in service and healthy'),
    ko: () => words('필요한 모든 인스턴스가 정상 서비스 중'),
  }),
  'fleet/grow': bilingual({
    en: (step) => say`Desired capacity raised to ${step.field('desired')}, as the catalogue says`,
    ko: (step) => say`카탈로그 설정에 따라 원하는 용량을${to(step.field('desired'))} 늘림`,
  }),
  'fleet/room': bilingual({
    en: (step) => say`Maximum raised to ${step.field('max')} for the time of the roll`,
    ko: (step) => say`작업 중 최대 용량을${to(step.field('max'))} 늘림`,
  }),
  'fleet/start refresh': bilingual({
    en: (step) => say`Instance refresh started${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
    ko: (step) => say`인스턴스 새로 고침 시작${step.outcome.length > 0 ? say`: ${step.outcome}` : nothing}`,
  }),
  'fleet/refresh': bilingual({
    en: () => words('Instance refresh finished'),
    ko: () => words('인스턴스 새로 고침 완료'),
  }),
  'fleet/stop': bilingual({
    en: () => words('Instance refresh asked to stop'),
    ko: () => words('인스턴스 새로 고침 중지 요청'),
  }),
  'fleet/stop ended': bilingual({
    en: () => words('Instance refresh has stopped'),
    ko: () => words('인스턴스 새로 고침 중지됨'),
  }),
  'fleet/roll back': bilingual({
    en: () => words('Instance refresh asked to go back'),
    ko: () => words('인스턴스 새로 고침 되돌리기 요청'),
  }),
  'fleet/roll back ended': bilingual({
    en: () => words('The refresh’s own way back has ended'),
    ko: () => words('인스턴스 새로 고침 되돌리기 종료'),
  }),
  'fleet/double': bilingual({
    en: (step) => say`Desired capacity doubled to ${step.field('desired')}`,
    ko: (step) =>
      say`원하는 용량을 두 배인 ${step.field('desired')}${josa(step.field('desired'), '으로')} 늘림`,
  }),
  'fleet/new beside old': bilingual({
    en: () => words('The new instances are healthy beside the old ones'),
    ko: () => words('새 인스턴스가 이전 인스턴스와 함께 정상 동작'),
  }),
  'fleet/protect': bilingual({
    en: () => words('New instances protected from scale-in'),
    ko: () => words('새 인스턴스에 축소 보호 설정'),
  }),
  'fleet/unprotect': bilingual({
    en: () => words('Scale-in protection taken off again'),
    ko: () => words('축소 보호 해제'),
  }),
  'fleet/oldest first': bilingual({
    en: () => words('Termination policy set to oldest first for the time of the roll'),
    ko: () => words('작업 중 종료 정책을 오래된 인스턴스 우선으로 설정'),
  }),
  'fleet/scale back in': bilingual({
    en: (step) => say`Desired capacity back to ${step.field('desired')}`,
    ko: (step) => say`원하는 용량을${to(step.field('desired'))} 되돌림`,
  }),
  'fleet/old ones leave': bilingual({
    en: () => words('The old instances are gone'),
    ko: () => words('이전 인스턴스 종료 완료'),
  }),
  'fleet/replace launches': bilingual({
    en: (step) => say`New instances launch from template version${name(step.field('template.pin'))}`,
    ko: (step) => say`새 인스턴스는 템플릿 버전${name(step.field('template.pin'))}에서 시작`,
  }),
  'fleet/straggler launches': bilingual({
    en: (step) => say`Checked that instances launch from template version${name(step.field('template.pin'))}`,
    ko: (step) => say`인스턴스가 템플릿 버전${name(step.field('template.pin'))}에서 시작하는지 확인`,
  }),
  'fleet/return launches': bilingual({
    en: (step) =>
      say`Instances launch from the old template version${name(step.field('template.pin'))} again`,
    ko: (step) => say`인스턴스가 다시 이전 템플릿 버전${name(step.field('template.pin'))}에서 시작`,
  }),
  'fleet/terminate': bilingual({
    en: (step) => say`Instance${name(step.field('instance'))} taken out and terminated`,
    ko: (step) => say`인스턴스${name(step.field('instance'))} 제외 후 종료`,
  }),
  'fleet/raise': bilingual({
    en: (step) => say`Desired capacity raised to ${step.field('desired')}`,
    ko: (step) => say`원하는 용량을${to(step.field('desired'))} 늘림`,
  }),
  'fleet/lower': bilingual({
    en: (step) => say`Desired capacity back to ${step.field('desired')}`,
    ko: (step) => say`원하는 용량을${to(step.field('desired'))} 되돌림`,
  }),
  'fleet/sizes': bilingual({
    en: () => words('Sizes and policies of the group restored'),
    ko: () => words('그룹의 용량과 정책 복원'),
  }),
  'health/every instance': bilingual({
    en: () => words('Every instance is healthy on the new version'),
    ko: () => words('모든 인스턴스가 새 버전에서 정상'),
  }),
  'finish/default': bilingual({
    en: (step) => say`Default of the launch template moved to version${name(step.field('version'))}`,
    ko: (step) =>
      say`시작 템플릿 기본 버전을${name(step.field('version'))}${josa(step.field('version'), '으로')} 변경`,
  }),
  'finish/hand back': bilingual({
    en: (step) =>
      step.field('template.pin') === ''
        ? words('Group handed back as planned')
        : say`Group handed back as planned; it follows${name(step.field('template.pin'))}`,
    ko: (step) =>
      step.field('template.pin') === ''
        ? words('그룹 설정을 계획대로 복원')
        : say`그룹 설정을 계획대로 복원, 시작 템플릿 버전${name(step.field('template.pin'))}`,
  }),
  'versions/delete': bilingual({
    en: (step) => say`Old template versions ${gone.en[step.fate]}`,
    ko: (step) => say`오래된 템플릿 버전 ${gone.ko[step.fate]}`,
  }),
  'images/deregister': bilingual({
    en: (step) => say`Image${name(step.field('name'))} ${gone.en[step.fate]}`,
    ko: (step) => say`이미지${name(step.field('name'))} ${gone.ko[step.fate]}`,
  }),
  'images/snapshot': bilingual({
    en: (step) => say`Snapshot${name(step.field('id'))} ${gone.en[step.fate]}`,
    ko: (step) => say`스냅샷${name(step.field('id'))} ${gone.ko[step.fate]}`,
  }),
  'finish/freeze': bilingual({
    en: () => words('New deploys wait until someone allows them'),
    ko: () => words('새 배포는 담당자가 허용할 때까지 보류'),
  }),
}

/** The key as the tables know it: without the way back before it, and without rounds and turns. */
const family = (key: string): string =>
  blueGreenFamily(key.replace(/^return\//, ''))
    .replace(/^finish\/default .*$/, 'finish/default')
    .replace(/^schedule\/(put|delete) .*$/, 'schedule/$1')
    .replace(/^(images|versions)\/(\w+) .*$/, '$1/$2')
    .replace(/^fleet\/\w+ \d+ (terminate|raise|lower)$/, 'fleet/$1')
    .replace(/ \d+/g, '')

/** Whether a step that went well is worth a line. */
export const isHidden = (step: StepRecord): boolean =>
  inner.test(step.key) ||
  (step.state === 'done' &&
    (hidden.includes(family(step.key)) || step.outcome === 'interrupted' || isHalfway(step)))

/** What a step did, in a few words; one that no table knows is said by its own name. */
export function stepSentence(step: StepRecord, language: Language): Phrase {
  const key = family(step.key)
  const sentence = Object.hasOwn(known, key) ? known[key] : undefined
  if (sentence) return sentence[language](recorded(step))
  const what = key.slice(key.indexOf('/') + 1)
  return words(`${what.charAt(0).toUpperCase()}${what.slice(1)}`)
}
