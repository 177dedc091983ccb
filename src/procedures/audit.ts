import { fingerprint } from '../domain/fingerprint'
import type { Plan } from '../domain/plan'
import type { Request } from '../domain/request'
import type { Runbook } from './context'
import { changedActions } from './parts/changed-actions'
import { ok } from '../domain/result'

type Audit = Extract<Request, { procedure: 'audit' }>

/**
 * Says that somebody changed or deleted scheduled actions of events to come. Started by its appointment when that was
 * found; changes nothing in AWS.
 */
export const audit: Runbook<Audit> = {
  async plan(_request, desk) {
    const { service, account, calendar, now } = desk
    const plan: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: '',
      tasks: [],
      calls: [],
      warnings: await changedActions(account, calendar, service, now),
    }
    return ok({ ...plan, fingerprint: fingerprint(plan) })
  },

  /** All that there is to say stands in the plan. */
  async run() {},
}
