import type {
  checkedGateSteps,
  colorGateSteps,
  dueActionSteps,
  shareGateSteps,
} from '../../domain/steps/blue-green/gate'
import type { standbySteps, windowSteps } from '../../domain/steps/blue-green/standby'
import type { trafficSteps } from '../../domain/steps/blue-green/traffic'
import { bilingual, type Bilingual } from '../locale'
import { josa } from '../text/josa'
import { code, say } from '../text/phrase'
import { resized } from './blue-green-steps'
import type { Sentence, Sentences } from './sentence'

const instances = (count: number): string => (count === 1 ? '1 instance' : `${count} instances`)

const follow: Bilingual<Sentence<never>> = bilingual({
  en: (step) => say`Capacity follows what others changed: desired ${step.field('desired')}`,
  ko: (step) => say`바뀐 용량 반영: 원하는 용량 ${step.field('desired')}`,
})

const actionsRun: Bilingual<Sentence<never>> = bilingual({
  en: () => say`Let a scheduled action run before the hand-over`,
  ko: () => say`예약 작업이 실행될 때까지 대기`,
})

const minimumLowered: Bilingual<Sentence<'group'>> = bilingual({
  en: (step) => say`Minimum of ${step.name('group')} lowered to 0`,
  ko: (step) => say`${step.name('group')} 최소 용량을 0으로 낮춤`,
})

const terminated: Bilingual<Sentence<'group'>> = bilingual({
  en: (step) => say`${instances(step.count('instances'))} of ${step.name('group')} terminated`,
  ko: (step) => say`${step.name('group')} 인스턴스 ${step.count('instances')}대 종료`,
})

export const colorGateSentences: Sentences<typeof colorGateSteps> = {
  whole: bilingual({
    en: () => say`Every instance of the color that takes over is healthy`,
    ko: () => say`넘겨받을 색상의 모든 인스턴스가 정상`,
  }),
  follow,
  actionsRun,
}

export const checkedGateSentences: Sentences<typeof checkedGateSteps> = {
  whole: bilingual({
    en: () => say`Every instance of the color that takes over is still healthy`,
    ko: () => say`넘겨받을 색상의 모든 인스턴스가 계속 정상`,
  }),
  follow,
  actionsRun,
}

export const shareGateSentences: Sentences<typeof shareGateSteps> = {
  whole: bilingual({
    en: (step) => say`Every instance of the color coming up stayed healthy at ${step.of('share')} %`,
    ko: (step) => say`트래픽 ${step.of('share')} %에서 새 색상의 모든 인스턴스가 정상 유지`,
  }),
  follow,
  actionsRun,
}

export const dueActionSentences: Sentences<typeof dueActionSteps> = {
  actionsRun,
}

export const trafficSentences: Sentences<typeof trafficSteps> = {
  join: bilingual({
    en: (step) => say`Target group of the color coming up joined ${code(step.field('route'))} at weight 0`,
    ko: (step) => say`새 색상의 대상 그룹을 ${code(step.field('route'))}에 가중치 0으로 추가`,
  }),
  suspend: bilingual({
    en: (step) => say`Alarms of ${step.name('group')} rest while traffic moves`,
    ko: (step) => say`트래픽을 옮기는 동안 ${step.name('group')} 알람 보류`,
  }),
  resume: bilingual({
    en: (step) => say`Alarms of ${step.name('group')} count again`,
    ko: (step) => say`${step.name('group')} 알람 다시 적용`,
  }),
  set: bilingual({
    en: (step) =>
      say`${code(step.field('route'))} shifted: ${step.field('to')} % to the color coming up, ${step.field('from')} % to the other one`,
    ko: (step) =>
      say`${code(step.field('route'))} 트래픽 이동: 새 색상 ${step.field('to')} %, 기존 색상 ${step.field('from')} %`,
  }),
  all: bilingual({
    en: (step) => say`All traffic of ${code(step.field('route'))} sent back`,
    ko: (step) => say`${code(step.field('route'))} 트래픽을 모두 되돌림`,
  }),
  alone: bilingual({
    en: (step) => say`${code(step.field('route'))} forwards to the color that serves alone`,
    ko: (step) => say`${code(step.field('route'))} 전달 대상에 서비스 중인 색상만 남김`,
  }),
}

export const standbySentences: Sentences<typeof standbySteps> = {
  suspendBalancing: bilingual({
    en: (step) => say`Zone balancing of ${step.name('group')} paused`,
    ko: (step) => say`${step.name('group')} 가용 영역 재조정 일시 중지`,
  }),
  resumeBalancing: bilingual({
    en: (step) => say`Zone balancing of ${step.name('group')} goes on`,
    ko: (step) => say`${step.name('group')} 가용 영역 재조정 재개`,
  }),
  lowerMinimum: minimumLowered,
  lowerMinimumAgain: minimumLowered,
  drop: bilingual({
    en: (step) => say`Instances of ${step.name('group')} that had only started were let go`,
    ko: (step) => say`${step.name('group')}에서 시작 중이던 인스턴스 종료`,
  }),
  empty: bilingual({
    en: (step) => say`Desired capacity of ${step.name('group')} set to 0: all of it stands by`,
    ko: (step) => say`${step.name('group')} 인스턴스가 모두 대기 중이므로 원하는 용량을 0으로 설정`,
  }),
  enter: bilingual({
    en: (step) => say`${instances(step.count('instances'))} of ${step.name('group')} sent into Standby`,
    ko: (step) => say`${step.name('group')} 인스턴스 ${step.count('instances')}대를 대기(Standby)로 전환`,
  }),
  stands: bilingual({
    en: (step) => say`All of ${step.name('group')} stand by, their targets drained`,
    ko: (step) => say`${step.name('group')} 인스턴스가 모두 대기 상태이며 대상 드레이닝 완료`,
  }),
  keepAll: bilingual({
    en: (step) => say`Terminations in ${step.name('group')} paused`,
    ko: (step) => say`${step.name('group')} 인스턴스 종료 일시 중지`,
  }),
  asInService: bilingual({
    en: (step) =>
      say`Desired capacity of ${step.name('group')} set to what is in service: ${step.field('desired')}`,
    ko: (step) =>
      say`${step.name('group')}의 원하는 용량을 서비스 중인 만큼(${step.field('desired')})으로 설정`,
  }),
  launchAgain: bilingual({
    en: (step) => say`Launches in ${step.name('group')} go on`,
    ko: (step) => say`${step.name('group')} 인스턴스 시작 재개`,
  }),
  keepNoMore: bilingual({
    en: (step) => say`Terminations in ${step.name('group')} go on`,
    ko: (step) => say`${step.name('group')} 인스턴스 종료 재개`,
  }),
  raiseMaximum: bilingual({
    en: (step) => say`Maximum of ${step.name('group')} raised to ${step.field('max')}`,
    ko: (step) =>
      say`${step.name('group')} 최대 용량을 ${step.field('max')}${josa(step.field('max'), '으로')} 늘림`,
  }),
  exit: bilingual({
    en: (step) => say`${instances(step.count('instances'))} of ${step.name('group')} brought out of Standby`,
    ko: (step) => say`${step.name('group')} 인스턴스 ${step.count('instances')}대를 대기(Standby)에서 복귀`,
  }),
  sizes: resized,
  sizesAsKept: bilingual({
    en: (step) => say`Sizes of ${step.name('group')} as they were`,
    ko: (step) => say`${step.name('group')} 용량 설정 복원`,
  }),
  terminateDead: terminated,
  terminate: terminated,
  notNeeded: bilingual({
    en: () => say`The color that serves is whole: the other one is not needed any more`,
    ko: () => say`서비스 중인 색상이 모두 정상이어서 다른 색상은 더 필요하지 않음`,
  }),
}

export const windowSentences: Sentences<typeof windowSteps> = {
  open: bilingual({
    en: () => say`The warm way back is open; its end is set`,
    ko: () => say`바로 되돌리기 가능, 마무리 시각 예약`,
  }),
  close: bilingual({
    en: () => say`The warm way back is closed`,
    ko: () => say`바로 되돌리기 종료`,
  }),
  idle: bilingual({
    en: (step) => say`${step.name('group')} left idle, at zero`,
    ko: (step) => say`${step.name('group')} 그룹을 0대 유휴 상태로 설정`,
  }),
}
