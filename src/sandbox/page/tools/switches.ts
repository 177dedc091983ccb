import type { Fault } from '../../protocol'

export interface FaultSwitch {
  label: string
  about: string
  fault: Fault
}

/** The faults that have a switch. */
export const faultSwitches: readonly FaultSwitch[] = [
  {
    label: 'Never healthy',
    about: 'Instances launched from now on never pass their health check',
    fault: { kind: 'never-healthy' },
  },
  {
    label: 'Throttling',
    about: 'AWS answers every call with its throttling error',
    fault: { kind: 'throttle' },
  },
  {
    label: 'No capacity',
    about: 'Launches fail with InsufficientInstanceCapacity',
    fault: { kind: 'capacity-shortage' },
  },
  {
    label: 'Late answers',
    about: 'Reads show the world as it was a minute ago',
    fault: { kind: 'late-consistency', seconds: 60 },
  },
  { label: 'Bake fails', about: 'Images being baked end as failed', fault: { kind: 'image-fails' } },
  { label: 'Slack down', about: 'Slack does not answer the bot', fault: { kind: 'slack-down' } },
  {
    label: 'Channel archived',
    about: 'Somebody has archived #ops: nothing can be posted or changed there',
    fault: { kind: 'slack-archived', channel: 'ops' },
  },
]
