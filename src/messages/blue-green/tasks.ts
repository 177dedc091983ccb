import { instancesOf, type PlannedColors } from '../../domain/blue-green/planned-colors'
import type { Json } from '../../domain/json'
import type { StepRecord } from '../../domain/operation/operation'
import { trafficSteps } from '../../domain/steps/blue-green/traffic'
import { recordsOf } from '../../domain/steps/records'
import type { TaskName } from '../../domain/steps/tasks'
import { bilingual, type Locale } from '../locale'
import { nothing, words, type Phrase } from '../text/phrase'

type Title = (from: string, to: string, version: string, count: number) => string
type Titles = { readonly [name in TaskName]?: Title }
type How = PlannedColors['how']

/** The tasks of a swap, of a way back out of Standby, and of a window's end. `from` serves now, `to` is the other color. */
const titles = bilingual<Readonly<Record<How, Titles>>>({
  en: {
    swap: {
      version: (_from, to, version) => `Give ${to} ${version}`,
      copy: (_from, to) => `Copy policies and scheduled actions to ${to}`,
      fleet: (_from, to, _version, count) =>
        `Start ${count === 1 ? '1 instance' : `${count} instances`} in ${to}`,
      health: (_from, to) => `Make sure ${to} stays healthy`,
      handover: (from, to) => `Hand alarms and scheduled actions from ${from} to ${to}`,
      standby: (from) => `Put ${from} into Standby`,
      finish: (from) => `Keep ${from} for a warm way back`,
    },
    return: {
      standby: (_from, to) => `Bring ${to} out of Standby`,
      copy: (_from, to) => `Copy policies and scheduled actions to ${to}`,
      health: (_from, to) => `Make sure ${to} is healthy again`,
      handover: (from, to) => `Hand alarms and scheduled actions from ${from} to ${to}`,
      fleet: (from) => `Take ${from} to zero`,
      finish: (from) => `Leave ${from} idle, as it was`,
    },
    finish: {
      standby: (_from, to) => `Terminate what stands by in ${to}`,
      finish: (_from, to) => `Leave ${to} idle, at zero`,
    },
  },
  ko: {
    swap: {
      version: (_from, to, version) => `${to} 색상에 ${version} 지정`,
      copy: (_from, to) => `${to} 색상에 조정 정책과 예약 작업 복사`,
      fleet: (_from, to, _version, count) => `${to} 색상에서 인스턴스 ${count}대 시작`,
      health: (_from, to) => `${to} 색상의 정상 상태 유지 확인`,
      handover: (from, to) => `알람과 예약 작업을 ${from}에서 ${to} 색상으로 넘기기`,
      standby: (from) => `${from} 색상을 대기(Standby)로 전환`,
      finish: (from) => `바로 되돌릴 수 있도록 ${from} 색상 유지`,
    },
    return: {
      standby: (_from, to) => `${to} 색상을 대기(Standby)에서 복귀`,
      copy: (_from, to) => `${to} 색상에 조정 정책과 예약 작업 복사`,
      health: (_from, to) => `${to} 색상이 다시 정상인지 확인`,
      handover: (from, to) => `알람과 예약 작업을 ${from}에서 ${to} 색상으로 넘기기`,
      fleet: (from) => `${from} 색상을 0대로 줄이기`,
      finish: (from) => `${from} 색상을 이전과 같은 유휴 상태로 되돌리기`,
    },
    finish: {
      standby: (_from, to) => `${to} 색상의 대기 인스턴스 종료`,
      finish: (_from, to) => `${to} 색상을 0대 유휴 상태로 두기`,
    },
  },
})

/** Where traffic moves by weights, what differs: no color goes into Standby or comes out of it. */
const byWeights = bilingual<Readonly<Record<How, Titles>>>({
  en: {
    swap: { finish: (from) => `Keep ${from} at weight 0 for a warm way back` },
    return: {
      health: (_from, to) => `Make sure ${to} is healthy`,
      weights: (_from, to) => `Give ${to} all the traffic again`,
    },
    finish: {
      standby: (from) => `Make sure ${from} is whole`,
      weights: (from) => `Make sure all traffic goes to ${from}`,
      fleet: (_from, to) => `Take ${to} to zero`,
    },
  },
  ko: {
    swap: { finish: (from) => `바로 되돌릴 수 있도록 ${from} 색상을 가중치 0으로 유지` },
    return: {
      health: (_from, to) => `${to} 색상이 정상인지 확인`,
      weights: (_from, to) => `모든 트래픽을 다시 ${to} 색상으로 보내기`,
    },
    finish: {
      standby: (from) => `${from} 색상이 모두 정상인지 확인`,
      weights: (from) => `모든 트래픽이 ${from} 색상으로 가는지 확인`,
      fleet: (_from, to) => `${to} 색상을 0대로 줄이기`,
    },
  },
})

const shift = bilingual({
  en: (to: string, steps: string) => `Shift traffic to ${to}: ${steps}`,
  ko: (to: string, steps: string) => `${to} 색상으로 트래픽 이동: ${steps}`,
})

/** Steps of a shift as people read them: `10 % → 50 % → 100 %`. */
export const shares = (steps: readonly number[]): string => steps.map((step) => `${step} %`).join(' → ')

/** The title of a task that moves colors; undefined for one that is the same without colors. */
export const blueGreenTask = (
  name: TaskName,
  { how, from, to, components, weights }: PlannedColors,
  version: string,
  { language }: Locale,
): string | undefined => {
  if (weights && how === 'swap' && name === 'weights') return shift[language](to, shares(weights.steps))
  const count = components.reduce((sum, component) => sum + instancesOf(component.from), 0)
  const title = (weights && byWeights[language][how][name]) ?? titles[language][how][name]
  return title?.(from, to, version, count)
}

const cells = 10

/** How much of the traffic the color coming up gets by now, as a bar; nothing while it gets none. */
export const shareBar = (steps: readonly StepRecord[]): Phrase => {
  const set = recordsOf(steps, trafficSteps.set).findLast(
    ({ record, onWayBack }) => record.state === 'done' && !onWayBack,
  )
  const share = (set?.record.choice as { readonly to?: Json } | undefined)?.to
  if (typeof share !== 'number') return nothing
  const full = Math.max(1, Math.round((share / 100) * cells))
  return words(`${'▰'.repeat(full)}${'▱'.repeat(cells - full)} ${share} %`)
}
