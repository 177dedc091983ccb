import type { RefreshPreferences, StartInstanceRefreshType } from '@aws-sdk/client-auto-scaling'
import { validationError } from '../wire/error'
import { isAlias } from '../ec2/parameters'
import type { World } from '../world'
import type { Group } from './state'
import { resolve } from './template'
import { checkPercentages } from './maintenance'
import type { RefreshRules } from './refresh-state'
import type { LaunchSource, TemplateReference } from './launch-source'

const twoDays = 172_800
const mostAlarms = 10

/** The preferences of a refresh, checked, with the API's defaults (which are not the console's). */
export function rulesOf(group: Group, input: StartInstanceRefreshType): RefreshRules {
  const wanted = input.Preferences ?? {}
  if (wanted.MaxHealthyPercentage !== undefined && wanted.MinHealthyPercentage === undefined)
    throw validationError('MinHealthyPercentage must be specified when MaxHealthyPercentage is specified')
  const minHealthy = wanted.MinHealthyPercentage ?? group.maintenance?.min ?? 90
  const maxHealthy =
    wanted.MaxHealthyPercentage ??
    (wanted.MinHealthyPercentage === undefined ? (group.maintenance?.max ?? 100) : 100)
  checkPercentages(minHealthy, maxHealthy)
  checkRange('InstanceWarmup', wanted.InstanceWarmup, 0, Number.MAX_SAFE_INTEGER)
  checkRange('BakeTime', wanted.BakeTime, 0, twoDays)
  checkRange('CheckpointDelay', wanted.CheckpointDelay, 0, twoDays)
  checkCheckpoints(wanted)
  if ((wanted.AlarmSpecification?.Alarms?.length ?? 0) > mostAlarms)
    throw validationError(`At most ${mostAlarms} alarms can be specified`)
  return {
    minHealthy,
    maxHealthy,
    warmup: (wanted.InstanceWarmup ?? group.defaultWarmup ?? group.grace) * 1000,
    bake: (wanted.BakeTime ?? 0) * 1000,
    checkpoints: wanted.CheckpointPercentages ?? [],
    checkpointDelay: (wanted.CheckpointDelay ?? 3600) * 1000,
    skipMatching: wanted.SkipMatching ?? false,
    autoRollback: wanted.AutoRollback ?? false,
    protectedInstances: wanted.ScaleInProtectedInstances ?? 'Wait',
    standbyInstances: wanted.StandbyInstances ?? 'Wait',
  }
}

function checkRange(name: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && (value < least || value > most))
    throw validationError(`${name} must be between ${least} and ${most} seconds`)
}

function checkCheckpoints({ CheckpointPercentages: list, CheckpointDelay }: RefreshPreferences): void {
  if (!list?.length) {
    if (CheckpointDelay !== undefined)
      throw validationError('CheckpointPercentages must be specified when CheckpointDelay is specified')
    return
  }
  list.forEach((percent, at) => {
    if (percent < 1 || percent > 100) throw validationError('CheckpointPercentages must be between 1 and 100')
    if (at > 0 && percent <= (list[at - 1] ?? 0))
      throw validationError('CheckpointPercentages must be unique and in ascending order')
  })
}

const moves = (reference: TemplateReference) =>
  reference.version === undefined || reference.version === '$Latest' || reference.version === '$Default'

/**
 * Why a refresh could not be rolled back, if so: the group's own configuration must say where back is.
 * aws: RollbackInstanceRefresh ("a rollback is not supported in the following situations").
 */
export function irreversible(
  world: World,
  group: Group,
  wanted: LaunchSource | undefined,
): string | undefined {
  if (!wanted) return 'the DesiredConfiguration parameter is empty'
  if (moves(wanted)) return 'the launch template version of the desired configuration is $Latest or $Default'
  if (moves(group.template)) return 'the launch template version of the group is $Latest or $Default'
  if (isAlias(resolve(world, group.template)?.data.ImageId))
    return 'the launch template of the group uses an AWS Systems Manager parameter instead of an AMI ID'
  return undefined
}

/** Refuses AutoRollback where it could not go back. */
export function checkAutoRollback(
  world: World,
  group: Group,
  rules: RefreshRules,
  wanted: LaunchSource | undefined,
): void {
  const why = rules.autoRollback ? irreversible(world, group, wanted) : undefined
  if (why)
    throw validationError(
      `The AutoRollback parameter cannot be set to true when ${why}. Try again with a desired configuration and a numbered launch template version.`,
    )
}
