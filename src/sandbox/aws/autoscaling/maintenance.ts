import type { InstanceMaintenancePolicy } from '@aws-sdk/client-auto-scaling'
import { validationError } from '../wire/error'

export interface Maintenance {
  readonly min: number
  readonly max: number
  /** Both -1: the policy is taken away. */
  readonly cleared: boolean
}

/** Checks an instance maintenance policy: both percentages, at most 100 apart; -1 and -1 clears it. */
export function maintenanceOf(policy: InstanceMaintenancePolicy): Maintenance {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max } = policy
  if (min === undefined || max === undefined)
    throw validationError('MinHealthyPercentage and MaxHealthyPercentage must both be specified')
  if (min === -1 && max === -1) return { min, max, cleared: true }
  checkPercentages(min, max)
  return { min, max, cleared: false }
}

/** The rule that an instance maintenance policy and an instance refresh share. */
export function checkPercentages(min: number, max: number): void {
  if (min < 0 || min > 100) throw validationError('MinHealthyPercentage must be between 0 and 100')
  if (max < 100 || max > 200) throw validationError('MaxHealthyPercentage must be between 100 and 200')
  if (max - min > 100)
    throw validationError(
      'The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100',
    )
}
