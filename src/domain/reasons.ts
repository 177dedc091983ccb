import type { Json } from './json'
import type { ReasonFacts } from './reason-facts'

/**
 * Why something was refused, failed or was held back. Each code has a sentence in every language
 * (`messages/reasons.ts`) that says what happened and what to do; `facts` fill its blanks.
 */
export type ReasonCode =
  // gates
  | 'not_allowed'
  | 'locked'
  | 'frozen_after_rollback'
  | 'approval_declined'
  | 'approval_expired'
  | 'not_confirmed'
  | 'plan_changed'
  | 'nothing_to_do'
  | 'not_approver'
  | 'own_approval'
  | 'not_requester'
  | 'stale'
  | 'unknown_operation'
  | 'not_locked'
  | 'nothing_to_cancel'
  // planning
  | 'unknown_service'
  | 'group_not_found'
  | 'group_without_template'
  | 'group_uses_other_template'
  | 'group_being_deleted'
  | 'source_not_found'
  | 'source_ambiguous'
  | 'source_wrong_state'
  | 'no_image_source'
  | 'image_name_invalid'
  | 'image_failed'
  | 'image_not_found'
  | 'template_version_not_found'
  | 'standby_instances'
  | 'refresh_already_running'
  | 'processes_suspended'
  | 'capacity_out_of_bounds'
  | 'group_empty'
  | 'strategy_unsupported'
  | 'nothing_to_roll_back'
  | 'previous_image_gone'
  | 'previous_version_gone'
  | 'target_group_unused'
  | 'protected_instances'
  | 'source_reboots'
  // events
  | 'time_unclear'
  | 'time_ambiguous'
  | 'time_missing'
  | 'time_without_end'
  | 'time_past'
  | 'time_zero_length'
  | 'time_ends_first'
  | 'time_too_long'
  | 'time_skipped'
  | 'zone_unknown'
  | 'too_many_actions'
  | 'event_same_start'
  | 'event_crosses'
  | 'event_late'
  | 'event_overlaps'
  | 'foreign_actions'
  | 'unknown_event'
  | 'during_event'
  | 'security_groups_by_name'
  | 'group_pinned'
  // running
  | 'template_mismatch'
  | 'refresh_failed'
  | 'new_fleet_unhealthy'
  | 'capacity_short'
  | 'launch_failed'
  | 'group_changed'
  | 'traffic_guard'
  | 'timed_out'
  | 'cancelled_by_person'
  | 'aws_refused'
  | 'worker_surprise'
  | 'way_back_failed'
  // found on the way, shown as notes
  | 'aws_slow'
  // what an ending leaves behind
  | 'left_image'
  | 'left_template_version'
  | 'left_template_default'
  | 'left_group_sizes'
  | 'left_group_template'
  | 'left_instances'
  | 'left_refresh'
  | 'left_suspended'

export interface Reason {
  readonly code: ReasonCode
  /** Facts for the sentence: names, numbers, AWS's own words under `aws`; `ReasonFacts` lists those that are said. */
  readonly facts: { readonly [name: string]: Json | undefined }
}

/** A reason as a value, with the facts that its sentence knows; `aws` is what AWS itself said. */
export const reason = <Code extends ReasonCode>(
  code: Code,
  facts: { readonly [Name in keyof ReasonFacts[Code]]?: ReasonFacts[Code][Name] | undefined } & {
    readonly aws?: string | undefined
  } = {},
): Reason => ({ code, facts })
