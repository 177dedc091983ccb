import type { Fault, FleetView } from '../../protocol'

export interface FaultSwitch {
  label: string
  about: string
  kind: Fault['kind']
  /** The fault that it sets, by what there is; nothing where there is nothing to set it on. */
  fault: (fleet: FleetView | null) => Fault | undefined
}

/** The image that was made last: of the version that is being deployed, as a rule. */
const newest = (fleet: FleetView | null): string | undefined =>
  fleet?.images.toSorted((a, b) => b.createdAt - a.createdAt).at(0)?.id

const always = (fault: Fault): Pick<FaultSwitch, 'kind' | 'fault'> => ({
  kind: fault.kind,
  fault: () => fault,
})

/** The faults that have a switch. */
export const faultSwitches: readonly FaultSwitch[] = [
  {
    label: 'Never healthy',
    about: 'Instances launched from now on never pass their health check',
    ...always({ kind: 'never-healthy' }),
  },
  {
    label: 'Throttling',
    about: 'AWS answers every call with its throttling error',
    ...always({ kind: 'throttle' }),
  },
  {
    label: 'AWS silent',
    about: 'AWS gives no answer at all, neither to reads nor to changes',
    ...always({ kind: 'silent' }),
  },
  {
    label: 'Right missing',
    about: 'The worker may not call UpdateAutoScalingGroup any more, as if its policy had been narrowed',
    ...always({ kind: 'denied', action: 'UpdateAutoScalingGroup' }),
  },
  {
    label: 'No capacity',
    about: 'Launches fail with InsufficientInstanceCapacity',
    ...always({ kind: 'capacity-shortage' }),
  },
  {
    label: 'Late answers',
    about: 'Reads show the world as it was a minute ago',
    ...always({ kind: 'late-consistency', seconds: 60 }),
  },
  { label: 'Bake fails', about: 'Images being baked end as failed', ...always({ kind: 'image-fails' }) },
  {
    label: 'Bad version',
    about: 'Instances of the newest image answer one request of ten with an error, and three times slower',
    kind: 'bad-version',
    fault(fleet) {
      const image = newest(fleet)
      return image === undefined ? undefined : { kind: 'bad-version', image, errors: 0.1, latency: 3 }
    },
  },
  {
    label: 'Burst',
    about: 'Three times as many customers everywhere',
    ...always({ kind: 'burst', factor: 3 }),
  },
  {
    label: 'Slow dependency',
    about: 'What the applications wait for takes two seconds more',
    ...always({ kind: 'slow-dependency', milliseconds: 2000 }),
  },
  { label: 'Slack down', about: 'Slack does not answer the bot', ...always({ kind: 'slack-down' }) },
  {
    label: 'Channel archived',
    about: 'Somebody has archived #ops: nothing can be posted or changed there',
    ...always({ kind: 'slack-archived', channel: 'ops' }),
  },
]
