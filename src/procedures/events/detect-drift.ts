import { fingerprint } from '../../domain/operation/fingerprint'
import type { Plan } from '../../domain/operation/plan'
import type { Request } from '../../domain/operation/request'
import type { Runbook } from '../context'
import { changedActions } from '../../facts/events/changed-actions'
import { lostOperations } from '../../facts/images/lost-operations'
import { ok } from '../../domain/result'

type DetectDrift = Extract<Request, { procedure: 'detect-drift' }>

/**
 * Says that somebody changed or deleted scheduled actions of events to come, or that operations were lost with the store
 * that left something behind. Started by its timer when that was found; changes nothing in AWS.
 */
export const detectDrift: Runbook<DetectDrift> = {
  async plan({ about }, context) {
    const { service, account, calendar, journal, now } = context
    const plan: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: '',
      tasks: [],
      calls: [],
      warnings:
        about === 'lost'
          ? await lostOperations(account, journal, service)
          : await changedActions(account, calendar, service, now),
    }
    return ok({ ...plan, fingerprint: fingerprint(plan) })
  },

  /** All that there is to say stands in the plan. */
  async run() {},
}
