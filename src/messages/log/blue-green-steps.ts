import type { StepRecord } from '../../domain/operation/operation'
import { bilingual, type Bilingual } from '../locale'
import { josa } from '../text/josa'
import { code, nothing, say, type Phrase } from '../text/phrase'
import type { Recorded, Sentence } from './sentence'

/** Steps of a move of colors that only take a note, decide or wait for what the next step tells of. */
export const hiddenBlueGreenSteps: readonly string[] = [
  'version/colors as they are',
  'version/settles',
  'fleet/sizes',
  'fleet/before leaves',
  'fleet/protected',
  'copy/as it was',
  'copy/what scales',
  'health/as it is',
  'health/begins',
  'health/due',
  'health/followed',
  'weights/able',
  'weights/begins',
  'weights/due',
  'weights/followed',
  'weights/stand',
  'weights/sure',
  'handover/due',
  'handover/changes',
  'standby/as it is',
  'standby/as it was',
  'standby/as many',
  'standby/what scales',
  'standby/ours',
  'standby/ready',
  'standby/pause',
  'standby/settles',
  'standby/drain',
  'finish/kept',
  'finish/until',
  'finish/gone',
  'finish/beyond',
  'finish/latest',
  'finish/default of',
  'finish/stays pinned',
]

const group = (step: Recorded): Phrase => (step.of === '' ? nothing : say` ${code(step.of)}`)
const what = (step: Recorded): Phrase => (step.what === '' ? nothing : say` ${code(step.what)}`)
const sized = (step: Recorded): Bilingual<Phrase> => ({
  en: say`Desired capacity of${group(step)} set to ${step.field('desired')}`,
  ko: say`${code(step.of)} 원하는 용량을 ${step.field('desired')}${josa(step.field('desired'), '으로')} 설정`,
})
const instances = (count: number): string => (count === 1 ? '1 instance' : `${count} instances`)

const copied: Bilingual<Sentence> = bilingual({
  en: (step) => say`Policy${what(step)} set on${group(step)}`,
  ko: (step) => say`${code(step.of)}에 조정 정책${what(step)} 설정`,
})
const copiedAction: Bilingual<Sentence> = bilingual({
  en: (step) => say`Scheduled action${what(step)} set on${group(step)}`,
  ko: (step) => say`${code(step.of)}에 예약 작업${what(step)} 설정`,
})
const removedPolicy: Bilingual<Sentence> = bilingual({
  en: (step) => say`Policy${what(step)} taken from${group(step)}`,
  ko: (step) => say`${code(step.of)}에서 조정 정책${what(step)} 제거`,
})
const removedAction: Bilingual<Sentence> = bilingual({
  en: (step) => say`Scheduled action${what(step)} taken from${group(step)}`,
  ko: (step) => say`${code(step.of)}에서 예약 작업${what(step)} 제거`,
})
const tagged: Bilingual<Sentence> = bilingual({
  en: (step) => say`${code(step.of)} tagged ${code(step.field('value'))}`,
  ko: (step) => say`${code(step.of)} 그룹에 ${code(step.field('value'))} 태그 지정`,
})
const resized: Bilingual<Sentence> = bilingual({ en: (step) => sized(step).en, ko: (step) => sized(step).ko })

/** What the steps of a move of colors did, by key without the group and what else is named in it. */
export const blueGreenSteps: Readonly<Record<string, Bilingual<Sentence>>> = {
  'version/pin': bilingual({
    en: (step) => say`${code(step.of)} pinned to template version ${code(step.field('template.pin'))}`,
    ko: (step) => say`${code(step.of)} 그룹을 템플릿 버전 ${code(step.field('template.pin'))}에 고정`,
  }),
  'version/launch': bilingual({
    en: (step) => say`${code(step.of)} launches from template version ${code(step.field('template.pin'))}`,
    ko: (step) => say`${code(step.of)} 그룹은 템플릿 버전 ${code(step.field('template.pin'))}에서 시작`,
  }),
  'version/create': bilingual({
    en: (step) => say`Version ${step.outcome} of launch template${group(step)} made`,
    ko: (step) => say`시작 템플릿${group(step)} 버전 ${step.outcome} 생성`,
  }),
  'version/compare': bilingual({
    en: () => say`Compared with the version before: the image alone differs`,
    ko: () => say`이전 버전과 비교: 이미지만 변경됨`,
  }),
  'version/tag': tagged,

  'copy/hold': bilingual({
    en: (step) => say`Alarms of${group(step)} held back for now`,
    ko: (step) => say`${code(step.of)} 알람을 잠시 보류`,
  }),
  'copy/policy': copied,
  'copy/action': copiedAction,
  'copy/take policy': removedPolicy,
  'copy/take': removedAction,
  'fleet/come up': resized,
  'fleet/zero': bilingual({
    en: (step) => say`${code(step.of)} set to zero`,
    ko: (step) => say`${code(step.of)} 용량을 0대로 설정`,
  }),
  'fleet/leaves': bilingual({
    en: (step) => say`All instances of${group(step)} have left service`,
    ko: (step) => say`${code(step.of)} 인스턴스가 모두 서비스에서 제외됨`,
  }),
  'health/whole': bilingual({
    en: () => say`Every instance of the color that takes over is healthy`,
    ko: () => say`넘겨받을 색상의 모든 인스턴스가 정상`,
  }),
  'health/sizes': resized,
  'health/follow': bilingual({
    en: (step) => say`Capacity follows what others changed: desired ${step.field('desired')}`,
    ko: (step) => say`바뀐 용량 반영: 원하는 용량 ${step.field('desired')}`,
  }),
  'health/action runs': bilingual({
    en: () => say`Let a scheduled action run before the hand-over`,
    ko: () => say`예약 작업이 실행될 때까지 대기`,
  }),
  'fleet/join': bilingual({
    en: (step) => say`Target group of the color coming up joined ${code(step.field('route'))} at weight 0`,
    ko: (step) => say`새 색상의 대상 그룹을 ${code(step.field('route'))}에 가중치 0으로 추가`,
  }),
  'weights/hold': bilingual({
    en: (step) => say`Alarms of${group(step)} rest while traffic moves`,
    ko: (step) => say`트래픽을 옮기는 동안 ${code(step.of)} 알람 보류`,
  }),
  'weights/let go': bilingual({
    en: (step) => say`Alarms of${group(step)} count again`,
    ko: (step) => say`${code(step.of)} 알람 다시 적용`,
  }),
  'weights/set': bilingual({
    en: (step) =>
      say`${code(step.field('route'))} shifted: ${step.field('to')} % to the color coming up, ${step.field('from')} % to the other one`,
    ko: (step) =>
      say`${code(step.field('route'))} 트래픽 이동: 새 색상 ${step.field('to')} %, 기존 색상 ${step.field('from')} %`,
  }),
  'weights/all': bilingual({
    en: (step) => say`All traffic of ${code(step.field('route'))} sent back`,
    ko: (step) => say`${code(step.field('route'))} 트래픽을 모두 되돌림`,
  }),
  'weights/whole': bilingual({
    en: (step) => say`Every instance of the color coming up stayed healthy at ${step.of} %`,
    ko: (step) => say`트래픽 ${step.of} %에서 새 색상의 모든 인스턴스가 정상 유지`,
  }),
  'weights/follow': bilingual({
    en: (step) => say`Capacity follows what others changed: desired ${step.field('desired')}`,
    ko: (step) => say`바뀐 용량 반영: 원하는 용량 ${step.field('desired')}`,
  }),
  'weights/action runs': bilingual({
    en: () => say`Let a scheduled action run before the hand-over`,
    ko: () => say`예약 작업이 실행될 때까지 대기`,
  }),
  'handover/action runs': bilingual({
    en: () => say`Let a scheduled action run before the hand-over`,
    ko: () => say`예약 작업이 실행될 때까지 대기`,
  }),
  'finish/alone': bilingual({
    en: (step) => say`${code(step.field('route'))} forwards to the color that serves alone`,
    ko: (step) => say`${code(step.field('route'))} 전달 대상에 서비스 중인 색상만 남김`,
  }),
  'handover/policy': copied,
  'handover/action': copiedAction,
  'handover/enable': bilingual({
    en: (step) => say`Policy${what(step)} of${group(step)} enabled`,
    ko: (step) => say`${code(step.of)} 조정 정책${what(step)} 활성화`,
  }),
  'handover/alarms count': bilingual({
    en: (step) => say`Alarms of${group(step)} count from now on`,
    ko: (step) => say`지금부터 ${code(step.of)} 알람 적용`,
  }),
  'handover/take policy': removedPolicy,
  'handover/take': removedAction,
  'standby/no balancing': bilingual({
    en: (step) => say`Zone balancing of${group(step)} paused`,
    ko: (step) => say`${code(step.of)} 가용 영역 재조정 일시 중지`,
  }),
  'standby/balancing again': bilingual({
    en: (step) => say`Zone balancing of${group(step)} goes on`,
    ko: (step) => say`${code(step.of)} 가용 영역 재조정 재개`,
  }),
  'standby/minimum': bilingual({
    en: (step) => say`Minimum of${group(step)} lowered to 0`,
    ko: (step) => say`${code(step.of)} 최소 용량을 0으로 낮춤`,
  }),
  'standby/enter': bilingual({
    en: (step) => say`${instances(step.count('instances'))} of${group(step)} sent into Standby`,
    ko: (step) => say`${code(step.of)} 인스턴스 ${step.count('instances')}대를 대기(Standby)로 전환`,
  }),
  'standby/drop': bilingual({
    en: (step) => say`Instances of${group(step)} that had only started were let go`,
    ko: (step) => say`${code(step.of)}에서 시작 중이던 인스턴스 종료`,
  }),
  'standby/stands': bilingual({
    en: (step) => say`All of${group(step)} stand by, their targets drained`,
    ko: (step) => say`${code(step.of)} 인스턴스가 모두 대기 상태이며 대상 드레이닝 완료`,
  }),
  'standby/maximum': bilingual({
    en: (step) => say`Maximum of${group(step)} raised to ${step.field('max')}`,
    ko: (step) =>
      say`${code(step.of)} 최대 용량을 ${step.field('max')}${josa(step.field('max'), '으로')} 늘림`,
  }),
  'standby/exit': bilingual({
    en: (step) => say`${instances(step.count('instances'))} of${group(step)} brought out of Standby`,
    ko: (step) => say`${code(step.of)} 인스턴스 ${step.count('instances')}대를 대기(Standby)에서 복귀`,
  }),
  'standby/sizes': resized,
  'standby/as it stood': bilingual({
    en: (step) => say`Sizes of${group(step)} as they were`,
    ko: (step) => say`${code(step.of)} 용량 설정 복원`,
  }),
  'standby/terminate': bilingual({
    en: (step) => say`${instances(step.count('instances'))} of${group(step)} terminated`,
    ko: (step) => say`${code(step.of)} 인스턴스 ${step.count('instances')}대 종료`,
  }),
  'standby/is not needed': bilingual({
    en: () => say`The color that serves is whole: the other one is not needed any more`,
    ko: () => say`서비스 중인 색상이 모두 정상이어서 다른 색상은 더 필요하지 않음`,
  }),
  'finish/delete': bilingual({
    en: (step) => say`New version of launch template${group(step)} deleted again`,
    ko: (step) => say`시작 템플릿${group(step)}의 새 버전 삭제`,
  }),
  'finish/follow': bilingual({
    en: (step) => say`${code(step.of)} follows ${code(step.field('template.pin'))} again`,
    ko: (step) => say`${code(step.of)} 그룹이 다시 ${code(step.field('template.pin'))} 버전을 따름`,
  }),
  'finish/untag': bilingual({
    en: (step) => say`Version tag taken off${group(step)}`,
    ko: (step) => say`${code(step.of)} 그룹의 버전 태그 제거`,
  }),
  'finish/let go': bilingual({
    en: (step) => say`Processes of${group(step)} resumed`,
    ko: (step) => say`${code(step.of)} 프로세스 재개`,
  }),
  'finish/tag': tagged,
  'finish/policy': copied,
  'finish/action': copiedAction,
  'finish/take policy': removedPolicy,
  'finish/take': removedAction,
  'finish/window': bilingual({
    en: () => say`The warm way back is open; its end is set`,
    ko: () => say`바로 되돌리기 가능, 마무리 시각 예약`,
  }),
  'finish/close window': bilingual({
    en: () => say`The warm way back is closed`,
    ko: () => say`바로 되돌리기 종료`,
  }),
  'finish/idle': bilingual({
    en: (step) => say`${code(step.of)} left idle, at zero`,
    ko: (step) => say`${code(step.of)} 그룹을 0대 유휴 상태로 설정`,
  }),
}

const families = [...Object.keys(blueGreenSteps), ...hiddenBlueGreenSteps].toSorted(
  (a, b) => b.length - a.length,
)

/** The key of a step of colors as these tables know it; other keys are given back as they are. */
export const blueGreenFamily = (key: string): string =>
  families.find((family) => key.startsWith(`${family} `)) ?? key

/** What a key names behind its family: the group, and what of it. */
export const namedIn = (key: string): { readonly of: string; readonly what: string } => {
  const family = blueGreenFamily(key)
  const [of = '', ...rest] = family === key ? [] : key.slice(family.length + 1).split(' ')
  return { of, what: rest.join(' ') }
}

/** A look that ended with something to be followed has not come to its end. */
export const isHalfway = ({ outcome }: StepRecord): boolean =>
  typeof outcome === 'object' &&
  outcome !== null &&
  'follow' in outcome &&
  typeof outcome.follow === 'string' &&
  outcome.follow !== ''
