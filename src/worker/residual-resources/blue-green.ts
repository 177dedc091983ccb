import type { Json } from '../../domain/json'
import type { StepRecord } from '../../domain/operation/operation'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { Recorder } from '../../durable/recorder'

type StepReader = Pick<Recorder, 'startingWith'>

const field = ({ choice }: StepRecord, name: string): Json | undefined =>
  typeof choice === 'object' && choice !== null && !Array.isArray(choice)
    ? (choice as { readonly [key: string]: Json | undefined })[name]
    : undefined

const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Steps of these keys that happened, or may have: on the way there and on the way back. */
const steps = (recorder: StepReader, key: string): readonly StepRecord[] =>
  ['', 'return/'].flatMap((scope) => recorder.startingWith(`${scope}${key} `))

const groupOf = (step: StepRecord): string => {
  const group = field(step, 'group')
  return typeof group === 'string' ? group : ''
}

/**
 * What an operation on two colors leaves behind where its way back failed too: instances that it put into Standby and
 * did not bring back, traffic that it shifted and did not give back, and processes that it suspended and did not resume.
 */
export const blueGreenResidues = (recorder: StepReader): readonly Reason[] => {
  const entered = steps(recorder, 'standby/enter')
  const inStandby = new Map<string, Set<string>>()
  for (const step of entered) {
    const known = inStandby.get(groupOf(step)) ?? new Set()
    inStandby.set(groupOf(step), new Set([...known, ...strings(field(step, 'instances'))]))
  }
  for (const step of [...steps(recorder, 'standby/exit'), ...steps(recorder, 'standby/terminate')]) {
    for (const id of step.state === 'done' ? strings(field(step, 'instances')) : [])
      inStandby.get(groupOf(step))?.delete(id)
  }
  const suspended = [
    ...steps(recorder, 'standby/no balancing'),
    ...steps(recorder, 'copy/hold'),
    ...steps(recorder, 'weights/hold'),
  ]
  const resumed = [
    'standby/balancing again',
    'handover/alarms count',
    'finish/let go',
    'weights/let go',
  ].flatMap((key) => steps(recorder, key).filter(({ state }) => state === 'done'))
  const route = (step: StepRecord) => strings([field(step, 'route') ?? ''])
  const restored = new Set(
    steps(recorder, 'weights/all')
      .filter(({ state }) => state === 'done')
      .flatMap(route),
  )
  const weighted = steps(recorder, 'weights/set').flatMap(route)
  const routes = [...new Set(weighted)].filter((name) => !restored.has(name))
  return [
    ...(routes.length > 0 ? [reason('left_weights', { routes })] : []),
    ...[...inStandby].flatMap(([group, instances]) =>
      instances.size > 0 ? [reason('left_standby', { group, instances: [...instances] })] : [],
    ),
    ...suspended.flatMap((step) => {
      const group = groupOf(step)
      const resumedProcesses = new Set(
        resumed.filter((one) => groupOf(one) === group).flatMap((one) => strings(field(one, 'processes'))),
      )
      const processes = strings(field(step, 'processes')).filter((one) => !resumedProcesses.has(one))
      return processes.length > 0 ? [reason('left_suspended', { group, processes })] : []
    }),
  ]
}
