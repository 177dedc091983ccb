import type { Strategy } from '../catalogue/strategy'
import type { Instant } from '../time/time'

/** What a command asks of an operation; the closed union that procedures are started with. */
export type Request =
  | {
      readonly procedure: 'deploy'
      readonly service: string
      readonly version: string
      readonly strategy?: Strategy
      /** An instance id, an image id, or absent for the catalogue's source. */
      readonly from?: string
      /** What to do with Standby instances during a refresh; without a word they are a refusal. */
      readonly standby?: 'ignore' | 'terminate'
      /** Shares of the traffic, in percent, one after the other; for the strategy `canary`. */
      readonly weights?: readonly number[]
    }
  | {
      readonly procedure: 'bake'
      readonly service: string
      readonly version: string
      readonly from?: string
      readonly reboot: boolean
    }
  | { readonly procedure: 'roll'; readonly service: string; readonly templateVersion?: number }
  | {
      readonly procedure: 'rollback'
      readonly service: string
      /** The finished operation to undo; the newest successful one when absent. */
      readonly operation?: string
    }
  /** The colors change places, the version stays. */
  | {
      readonly procedure: 'swap'
      readonly service: string
      readonly strategy?: Strategy
      readonly weights?: readonly number[]
    }
  | {
      readonly procedure: 'finish'
      readonly service: string
      /** The swap whose window ends, where it is named. */
      readonly operation?: string
      /** When the window was over, where the operation starts by itself. */
      readonly due?: number
    }
  | {
      readonly procedure: 'scale'
      readonly service: string
      readonly desired: number
      readonly min?: number
      readonly max?: number
      /** Waits for the group's cooldown to be over first. */
      readonly afterCooldown?: true
    }
  | {
      readonly procedure: 'schedule'
      readonly service: string
      /** When it is to be, in the words of who asked; read as of that moment. */
      readonly said: string
      readonly desired: number
      readonly min?: number
      readonly max?: number
      /** What people call it. */
      readonly name?: string
    }
  | {
      readonly procedure: 'update-image'
      readonly service: string
      /** Whether security groups that the template names are to be given by id. */
      readonly securityGroupsById?: true
    }
  | { readonly procedure: 'prune'; readonly service: string }
  /** Makes AWS what the service's blueprint says. */
  | {
      readonly procedure: 'provision'
      readonly service: string
      /** Whether what bears its names and is nobody's is taken over. */
      readonly adopt?: true
    }
  /** Takes away what was built for the service. */
  | {
      readonly procedure: 'teardown'
      readonly service: string
      /** Whether the images that Rollcall baked for it go as well, with their snapshots. */
      readonly images?: true
    }
  | {
      readonly procedure: 'reschedule'
      readonly service: string
      /** The operation that scheduled it. */
      readonly event: string
      /** When it is to be from now on, or its new end alone; where nothing is said it stays when it is. */
      readonly said?: string
      readonly desired?: number
      readonly min?: number
      readonly max?: number
      readonly name?: string
    }
  | {
      readonly procedure: 'monitor-event'
      readonly service: string
      /** The operation that scheduled it. */
      readonly event: string
      /** The start of the time that is followed, or the first of those that were missed. */
      readonly from: Instant
    }
  | {
      readonly procedure: 'detect-drift'
      readonly service: string
      /** What is looked for: what the store knows nothing of; scheduled actions that somebody changed, where absent. */
      readonly about?: 'lost'
      /** What was found and said the last time: not to be said again. */
      readonly told?: string
    }
  | {
      readonly procedure: 'monitor-window'
      readonly service: string
      /** The swap whose old color is kept. */
      readonly operation: string
    }
  | {
      readonly procedure: 'unschedule'
      readonly service: string
      /** The operation that scheduled it. */
      readonly event: string
    }

export type ProcedureName = Request['procedure']
export type RequestOf<Name extends ProcedureName> = Extract<Request, { procedure: Name }>
