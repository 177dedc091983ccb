import type { Report } from '../../domain/events/following'
import type { ReasonCode } from '../../domain/reasons'
import type { Press } from '../kit/blocks'
import { both, type Voice } from '../language'
import { reasonLine } from '../reasons'
import { duration } from '../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'

const text = both({
  en: {
    allGood: 'Everything that was checked is ready.',
    toMend: (count: number) =>
      count === 1 ? 'One thing to put right before then:' : `${count} things to put right before then:`,
    image: (name: Phrase) => say`newest image ${name}`,
    version: (number: number) => `version ${number} everywhere`,
    healthy: (count: number) => `${count} healthy`,
    addresses: (count: number) => `${count} free addresses`,
    vcpus: (count: number) => `${count} vCPUs free of the quota`,
    actions: 'scheduled actions as made',
    took: (span: string) => `last scale-outs took up to ${span}`,
    mend: {
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
    toMend: (count: number) => `그 전에 조치할 항목 ${count}건:`,
    image: (name: Phrase) => say`최신 이미지 ${name}`,
    version: (number: number) => `모두 버전 ${number}`,
    healthy: (count: number) => `정상 ${count}대`,
    addresses: (count: number) => `사용 가능한 주소 ${count}개`,
    vcpus: (count: number) => `할당량에서 남은 vCPU ${count}개`,
    actions: '예약 작업 정상',
    took: (span: string) => `최근 확대 최대 ${span} 소요`,
    mend: {
      image_not_newest: '최신 이미지로 갱신',
      versions_differ: '같은 버전으로 교체',
      event_actions_changed: '예약 작업 복구',
      event_base_differs: '현재 용량으로 복귀',
      event_lead_short: '더 일찍 확대',
    },
    other: '조치',
  },
})

const goodLine = ({ good }: Report, { language }: Voice): Phrase => {
  const speech = text[language]
  const { image, version, healthy, addresses, vcpus, actions, took } = good
  const told = joined(
    [
      actions ? words(speech.actions) : nothing,
      image === undefined ? nothing : speech.image(code(image)),
      version === undefined ? nothing : words(speech.version(version)),
      healthy === undefined ? nothing : words(speech.healthy(healthy)),
      addresses === undefined ? nothing : words(speech.addresses(addresses)),
      vcpus === undefined ? nothing : words(speech.vcpus(vcpus)),
      took === undefined ? nothing : words(speech.took(duration(took, language))),
    ],
    ' · ',
  )
  return told.length === 0 ? nothing : say`✓ ${told}`
}

const mostTold = 6

/** A readiness report: what is to be put right, what is in order, and what nobody could look at. */
export const readinessLines = (report: Report, voice: Voice): Phrase => {
  const speech = text[voice.language]
  const { bad, unknown } = report
  return lines(
    bad.length > 0 ? bold(speech.toMend(bad.length)) : words(speech.allGood),
    ...bad.slice(0, mostTold).map(({ reason }) => say`⚠️ ${reasonLine(reason, voice)}`),
    goodLine(report, voice),
    ...unknown.slice(0, mostTold).map((reason) => say`– ${reasonLine(reason, voice)}`),
  )
}

/** A button for each thing that a line of chat puts right; each line once. */
export const mendPresses = ({ bad }: Report, { language }: Voice): readonly Press[] => {
  const speech = text[language]
  const label = (code: ReasonCode): string =>
    Object.entries(speech.mend).find(([known]) => known === code)?.[1] ?? speech.other
  const mends = bad.flatMap(({ reason, mend }) => (mend === undefined ? [] : [{ code: reason.code, mend }]))
  return mends
    .filter(({ mend }, index) => mends.findIndex((other) => other.mend === mend) === index)
    .slice(0, mostTold)
    .map(({ code, mend }) => ({ verb: 'run_command', key: mend, label: label(code), value: { line: mend } }))
}
