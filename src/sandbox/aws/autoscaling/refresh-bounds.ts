import type { Group, Member } from './state'
import { isLeaving } from './common'
import type { Refresh, RefreshRules } from './refresh-state'

/**
 * How few units must be healthy and how many there may be while a group of this desired capacity is refreshed; `unit` is
 * the weight of its heaviest instance, without weights 1. Where the percentages leave no room at all, one instance at a time is replaced nevertheless: with a minimum of
 * 100 % by launching first, else by terminating first.
 */
export function bounds(
  desired: number,
  { minHealthy, maxHealthy }: Pick<RefreshRules, 'minHealthy' | 'maxHealthy'>,
  unit = 1,
): { readonly least: number; readonly most: number } {
  const most = Math.ceil((desired * maxHealthy) / 100)
  if (minHealthy === 100) return { least: desired, most: Math.max(desired + unit, most) }
  const least = Math.ceil((desired * minHealthy) / 100)
  return most > desired
    ? { least, most: Math.max(desired + unit, most) }
    : { least: Math.min(least, Math.max(0, desired - unit)), most }
}

/** The members that may be replaced now: those that protection or Standby do not keep from it. */
export function stillToReplace(group: Group, refresh: Refresh): Member[] {
  const found: Member[] = []
  for (const id of refresh.pending) {
    const member = group.members.get(id)
    if (!member || isLeaving(member)) continue
    const choice = choiceFor(refresh.rules, member)
    if (choice === 'Refresh' || choice === 'Terminate') found.push(member)
  }
  return found.sort(
    (a, b) => Number(a.health === 'Healthy') - Number(b.health === 'Healthy') || a.joinedAt - b.joinedAt,
  )
}

/** What a refresh does about a member. */
export function choiceFor(rules: RefreshRules, member: Member) {
  if (member.lifecycle === 'Standby' || member.lifecycle === 'EnteringStandby') return rules.standbyInstances
  return member.protected ? rules.protectedInstances : 'Refresh'
}
