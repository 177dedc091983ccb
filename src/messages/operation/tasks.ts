import type { PlanBlock, SectionBlock, TaskCardBlock } from '@slack/types'
import type { Operation, StepRecord } from '../../domain/operation/operation'
import type { Plan } from '../../domain/operation/plan'
import { taskOf } from '../../domain/steps/key'
import { readKey } from '../../domain/steps/read-key'
import { isMonitorTask, type TaskName, taskNames } from '../../domain/steps/tasks'
import type { Milliseconds } from '../../domain/time/time'
import { section } from '../kit/blocks'
import { blueGreenTask, shareBar } from '../blue-green/tasks'
import { bilingual, type Locale } from '../locale'
import { sentencesOf } from '../reasons/reasons'
import { cut } from '../text/cut'
import { about, duration } from '../text/numbers'
import { joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import { rich } from '../text/render'

/** A task as it is shown. */
export interface TaskView {
  readonly name: TaskName
  readonly status: TaskCardBlock['status']
  readonly title: string
  readonly detail: Phrase
}

const text = bilingual({
  en: {
    heading: 'Steps',
    use: (name: string) => `Use image ${name}`,
    join: (name: string) => `Wait for image ${name}`,
    bake: (name: string) => `Bake image ${name}`,
    image: 'Image',
    newVersion: (template: string) => `New version of launch template ${template}`,
    version: (template: string, version: number) => `Version ${version} of launch template ${template}`,
    template: 'Launch template',
    replace: (count: number) => (count === 1 ? 'Replace 1 instance' : `Replace ${count} instances`),
    schedule: 'Scheduled actions of the group',
    scale: (desired: number) => `Set the group to ${desired}`,
    fleet: 'Replace the fleet',
    health: 'Make sure every instance stays healthy',
    network: 'Security groups',
    balancer: 'Load balancer, target group and listener',
    group: 'Auto Scaling group',
    emptied: 'Drain the group to zero and delete it',
    images_gone: 'Delete the images with their snapshots',
    serves: 'Wait until the load balancer and every instance serve',
    versions: 'Delete old template versions',
    images: 'Delete old images with their snapshots',
    give: 'Give the idle color its version',
    copy: 'Copy policies and scheduled actions',
    weights: 'Shift the traffic',
    handover: 'Hand over alarms and scheduled actions',
    standby: 'Standby',
    finish: 'Move the default, hand the group back',
    moveDefault: 'Move the default version',
    monitor: 'Monitor the event',
    return: 'Go back to the state before',
    of: (elapsed: string, expected: string) => `${elapsed} of ${expected}`,
    took: (span: string) => `took ${span}`,
    atOnce: 'took under 1 s',
    notRun: 'not run',
    refresh: {
      Pending: 'about to start',
      InProgress: '',
      Baking: 'watching the new instances',
      Cancelling: 'stopping',
      RollbackInProgress: 'going back',
    },
    healthy: (count: string) => `${count} healthy`,
    remaining: (count: string) => `${count} left`,
    watched: (percent: string) => `bake time ${percent}`,
  },
  ko: {
    heading: '단계',
    use: (name: string) => `이미지 사용: ${name}`,
    join: (name: string) => `이미지 생성 완료 대기: ${name}`,
    bake: (name: string) => `이미지 생성: ${name}`,
    image: '이미지',
    newVersion: (template: string) => `시작 템플릿 새 버전: ${template}`,
    version: (template: string, version: number) => `시작 템플릿 버전: ${template} ${version}`,
    template: '시작 템플릿',
    replace: (count: number) => `인스턴스 ${count}대 교체`,
    schedule: '그룹의 예약 작업',
    scale: (desired: number) => `그룹 용량을 ${desired}대로 설정`,
    fleet: '인스턴스 교체',
    health: '모든 인스턴스의 정상 상태 확인',
    network: '보안 그룹',
    balancer: '로드 밸런서, 대상 그룹, 리스너',
    group: '오토 스케일링 그룹',
    emptied: '그룹을 0대로 줄인 뒤 삭제',
    images_gone: '이미지와 스냅샷 삭제',
    serves: '로드 밸런서와 모든 인스턴스의 서비스 확인',
    versions: '오래된 템플릿 버전 삭제',
    images: '오래된 이미지와 스냅샷 삭제',
    give: '유휴 색상에 버전 지정',
    copy: '조정 정책과 예약 작업 복사',
    weights: '트래픽 이동',
    handover: '알람과 예약 작업 넘기기',
    standby: '대기(Standby)',
    finish: '기본 버전 변경, 그룹 설정 복원',
    moveDefault: '기본 버전 변경',
    monitor: '이벤트 모니터링',
    return: '이전 상태로 되돌리기',
    of: (elapsed: string, expected: string) => `${elapsed} 경과(예상 ${expected})`,
    took: (span: string) => `${span} 소요`,
    atOnce: '1초 미만 소요',
    notRun: '실행하지 않음',
    refresh: {
      Pending: '곧 시작',
      InProgress: '',
      Baking: '새 인스턴스 상태 지켜보는 중',
      Cancelling: '멈추는 중',
      RollbackInProgress: '되돌리는 중',
    },
    healthy: (count: string) => `정상 ${count}대`,
    remaining: (count: string) => `${count}대 남음`,
    watched: (percent: string) => `안정화 시간 ${percent}`,
  },
})

export function taskTitle(name: TaskName, plan: Plan | undefined, locale: Locale): string {
  const words = text[locale.language]
  const blueGreenTitle = plan?.colors && blueGreenTask(name, plan.colors, plan.version, locale)
  if (blueGreenTitle !== undefined) return blueGreenTitle
  const target = plan?.template?.target
  switch (name) {
    case 'image':
      return plan?.image ? words[plan.image.how](plan.image.name) : words.image
    case 'template':
      if (!plan?.template || !target) return words.template
      return target.how === 'new'
        ? words.newVersion(plan.template.name)
        : words.version(plan.template.name, target.number)
    case 'fleet':
      // Where nothing is replaced, there are only sizes to set.
      if (plan?.group && (!plan.template || plan.group.outdated === 0))
        return words.scale(plan.group.after.desired)
      return plan?.group && plan.group.outdated > 0 ? words.replace(plan.group.outdated) : words.fleet
    case 'finish':
      return plan?.template && !plan.group ? words.moveDefault : words.finish
    case 'version':
      return words.give
    case 'health':
      return plan?.provision ? words.serves : words.health
    case 'group':
      return plan?.teardown ? words.emptied : words.group
    case 'images':
      return plan?.teardown ? words.images_gone : words.images
    case 'network':
    case 'balancer':
    case 'schedule':
    case 'copy':
    case 'versions':
    case 'weights':
    case 'handover':
    case 'standby':
    case 'return':
      return words[name]
    default:
      return name satisfies never
  }
}

/** The task that a step is part of, as it is shown; nothing for what the operation keeps for itself. */
export const taskOfStep = (
  { key }: StepRecord,
  operation: Pick<Operation, 'plan'>,
  locale: Locale,
): Phrase => {
  const name = taskOf(key)
  if (name !== undefined) return words(taskTitle(name, operation.plan, locale))
  const part = readKey(key)?.declaration.task
  return part !== undefined && isMonitorTask(part) ? words(text[locale.language].monitor) : nothing
}

const stepsOf = (operation: Operation, name: TaskName): readonly StepRecord[] =>
  operation.steps.filter((step) => taskOf(step.key) === name)

function statusOf(operation: Operation, name: TaskName, later: boolean): TaskCardBlock['status'] {
  const steps = stepsOf(operation, name)
  const ending = operation.ending?.kind
  if (steps.some((step) => step.state === 'failed')) return 'error'
  if (steps.length === 0) return ending === 'succeeded' || later ? 'complete' : 'pending'
  const open = steps.some((step) => step.state !== 'done')
  if (ending === 'succeeded' || (!open && (later || ending !== undefined))) return 'complete'
  return ending === undefined && !(open && operation.phase === 'returning' && name !== 'return')
    ? 'in_progress'
    : 'error'
}

function elapsed(steps: readonly StepRecord[], now: number): Milliseconds {
  const begun = Math.min(...steps.map((step) => step.startedAt))
  const ended = Math.max(...steps.map((step) => step.endedAt ?? now))
  return Math.max(0, ended - begun)
}

/** Counts of a wait get their unit, the states of a refresh plain words; all else is in AWS's words already. */
function progressWords(detail: string, locale: Locale): string {
  const copy = text[locale.language]
  const known = Object.entries(copy.refresh).find(([state]) => state === detail)
  if (known) return known[1]
  if (/^\d+\/\d+$/.test(detail)) return copy.healthy(detail)
  if (/^\d+$/.test(detail)) return copy.remaining(detail)
  // The example that AWS adds counts seconds of one instance: old by the time that it is read.
  return cut(detail.replace(/\.? For example: .*$/s, '').replace(/\.$/, ''), 300)
}

/** Beside a share of the traffic, how much of the bake time is over says what it is. */
const percentWords = (name: TaskName, percent: string, { language }: Locale): string =>
  name === 'weights' ? text[language].watched(percent) : percent

function detailOf(
  operation: Operation,
  name: TaskName,
  status: TaskCardBlock['status'],
  locale: Locale,
): Phrase {
  const copy = text[locale.language]
  const steps = stepsOf(operation, name)
  const expected = operation.plan?.tasks.find((task) => task.name === name)?.expected
  const expectedWords = expected === undefined ? '' : about(expected, locale.language)
  if (steps.length === 0) {
    if (status === 'pending') return words(operation.ending ? copy.notRun : expectedWords)
    return nothing
  }
  const spent = elapsed(steps, operation.ending?.at ?? locale.now)
  const span = duration(spent, locale.language)
  if (status === 'complete') return words(spent < 500 ? copy.atOnce : copy.took(span))
  const failure = steps.findLast((step) => step.failure)?.failure
  // What a wait last saw is news only while it waits.
  const progress = operation.ending ? undefined : steps.findLast((step) => step.state === 'waiting')?.progress
  // A sentence ends by itself: nothing follows it.
  if (failure) return joined([words(span), sentencesOf(failure, locale).what], ' · ')
  return joined(
    [
      name === 'weights' ? shareBar(steps) : nothing,
      progress?.percent === undefined
        ? nothing
        : words(percentWords(name, `${Math.round(progress.percent)} %`, locale)),
      words(progressWords(progress?.detail ?? '', locale)),
      words(expected === undefined || status === 'error' ? span : copy.of(span, expectedWords)),
    ],
    ' · ',
  )
}

/** The tasks of the plan with their states; the way back is among them only once it was taken. */
export function tasksOf(operation: Operation, locale: Locale): readonly TaskView[] {
  const planned = operation.plan?.tasks.map((task) => task.name) ?? []
  const startedTasks = operation.steps.map((step) => taskOf(step.key))
  const returning = operation.phase === 'returning' ? (['return'] as const) : []
  // What the plan has comes in its own order: a color that is brought back begins where one that leaves ends.
  const names = [...planned, ...taskNames.filter((name) => !planned.includes(name))].filter(
    (name) => [...startedTasks, ...returning].includes(name) || (name !== 'return' && planned.includes(name)),
  )
  const forward: readonly TaskName[] = names.filter((name) => name !== 'return')
  return names.map((name) => {
    const later = forward.slice(forward.indexOf(name) + 1).some((next) => stepsOf(operation, next).length > 0)
    const status = statusOf(operation, name, name !== 'return' && later)
    return {
      name,
      status: name === 'return' && status === 'pending' ? 'in_progress' : status,
      title: taskTitle(name, operation.plan, locale),
      detail: detailOf(operation, name, status, locale),
    }
  })
}

const signs: Readonly<Record<TaskCardBlock['status'], string>> = {
  pending: '○',
  in_progress: '▶',
  complete: '✓',
  error: '✕',
}

/** Tasks as lines of text. */
export const taskRows = (tasks: readonly TaskView[]): Phrase =>
  lines(
    ...tasks.map((task) => joined([say`${signs[task.status]} ${cut(task.title, 120)}`, task.detail], ' · ')),
  )

/** Tasks as Slack's plan block. Titles and details are cut so that six of them stay far below a message's limit. */
export function planBlock(tasks: readonly TaskView[], locale: Locale): PlanBlock {
  const done = tasks.filter((task) => task.status === 'complete').length
  return {
    type: 'plan',
    title: `${text[locale.language].heading} ${done}/${tasks.length}`,
    tasks: tasks.map((task) => ({
      type: 'task_card',
      task_id: task.name,
      title: cut(task.title, 120),
      status: task.status,
      ...(task.detail.length > 0 && { details: rich(task.detail, 500) }),
    })),
  }
}

export const taskSection = (tasks: readonly TaskView[]): SectionBlock => section(taskRows(tasks))
