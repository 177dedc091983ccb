import type { ReadinessReport } from '../../../domain/events/monitoring'
import type { ButtonSpec } from '../../kit/blocks'
import { bilingual, type Locale } from '../../locale'
import { reasonRow } from '../../reasons/reasons'
import { duration } from '../../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../../text/phrase'
import type { ReasonCode } from '../../../domain/reasons/reason-facts'

const text = bilingual({
  en: {
    allGood: 'Everything that was checked is ready.',
    toFix: (count: number) =>
      count === 1 ? 'One thing to put right before then:' : `${count} things to put right before then:`,
    image: (name: Phrase) => say`newest image ${name}`,
    version: (number: number) => `version ${number} everywhere`,
    healthy: (count: number) => `${count} healthy`,
    addresses: (count: number) => `${count} free addresses`,
    vcpus: (count: number) => `${count} vCPUs free of the quota`,
    actions: 'scheduled actions as made',
    took: (span: string) => `last scale-outs took up to ${span}`,
    fix: {
      image_not_newest: 'Take the newest image',
      versions_differ: 'Roll to one version',
      event_actions_changed: 'Put the actions right',
      event_base_differs: 'Go back to the sizes of now',
      event_lead_short: 'Go out earlier',
    },
    other: 'Put it right',
  },
  ko: {
    allGood: '확인한 항목이 모두 준비되었습니다.',
    toFix: (count: number) => `그 전에 조치할 항목 ${count}건:`,
    image: (name: Phrase) => say`최신 이미지 ${name}`,
    version: (number: number) => `모두 버전 ${number}`,
    healthy: (count: number) => `정상 ${count}대`,
    addresses: (count: number) => `사용 가능한 주소 ${count}개`,
    vcpus: (count: number) => `할당량에서 남은 vCPU ${count}개`,
    actions: '예약 작업 정상',
    took: (span: string) => `최근 확대 최대 ${span} 소요`,
    fix: {
      image_not_newest: '최신 이미지로 갱신',
      versions_differ: '같은 버전으로 교체',
      event_actions_changed: '예약 작업 복구',
      event_base_differs: '현재 용량으로 복귀',
      event_lead_short: '더 일찍 확대',
    },
    other: '조치',
  },
})

const goodRow = ({ good }: ReadinessReport, { language }: Locale): Phrase => {
  const copy = text[language]
  const { image, version, healthy, addresses, vcpus, actions, took } = good
  const content = joined(
    [
      actions ? words(copy.actions) : nothing,
      image === undefined ? nothing : copy.image(code(image)),
      version === undefined ? nothing : words(copy.version(version)),
      healthy === undefined ? nothing : words(copy.healthy(healthy)),
      addresses === undefined ? nothing : words(copy.addresses(addresses)),
      vcpus === undefined ? nothing : words(copy.vcpus(vcpus)),
      took === undefined ? nothing : words(copy.took(duration(took, language))),
    ],
    ' · ',
  )
  return content.length === 0 ? nothing : say`✓ ${content}`
}

const maxReasons = 6

/** A readiness report: what is to be put right, what is in order, and what nobody could look at. */
export const readinessRows = (report: ReadinessReport, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const { bad, unknown } = report
  return lines(
    bad.length > 0 ? bold(copy.toFix(bad.length)) : words(copy.allGood),
    ...bad.slice(0, maxReasons).map(({ reason }) => say`⚠️ ${reasonRow(reason, locale)}`),
    goodRow(report, locale),
    ...unknown.slice(0, maxReasons).map((reason) => say`– ${reasonRow(reason, locale)}`),
  )
}

/** A button for each thing that a line of chat puts right; each line once. */
export const fixButtons = ({ bad }: ReadinessReport, { language }: Locale): readonly ButtonSpec[] => {
  const copy = text[language]
  const label = (code: ReasonCode): string =>
    Object.entries(copy.fix).find(([known]) => known === code)?.[1] ?? copy.other
  const fixes = bad.flatMap(({ reason, mend: fix }) =>
    fix === undefined ? [] : [{ code: reason.code, mend: fix }],
  )
  return fixes
    .filter(({ mend: fix }, index) => fixes.findIndex((other) => other.mend === fix) === index)
    .slice(0, maxReasons)
    .map(({ code, mend: fix }) => ({
      verb: 'run_command',
      key: fix,
      label: label(code),
      value: { line: fix },
    }))
}
