import type { Instant, Milliseconds } from '../time/time'
import type { EndingKind, Phase } from '../operation/phase'

/** A Slack user id. */
type User = string
/** Who may: names of groups in the catalogue, and the Slack ids behind them. */
type Allowed = {
  everyone: boolean
  names: readonly string[]
  users: readonly User[]
  groups: readonly string[]
}

/** What was measured of two versions. */
type FiguresTold = {
  minutes: number
  requests: number
  errors: number
  share: number
  oldShare: number
  latency: number
  oldLatency: number
  percentile: number
}

/**
 * The facts that the sentence of each reason has blanks for. All are optional: what is not known is left out of
 * the sentence. `aws` is what AWS itself said; it is quoted under any reason that has it.
 */
export interface ReasonFacts {
  not_allowed: { action: string; service: string } & Allowed
  /** `service` is `*` for a lock on everything. */
  locked: { service: string; why: string; by: User; since: Instant; until: Instant }
  frozen_after_rollback: { service: string; operation: string; by: User; since: Instant }
  /** A window of the calendar is closed; without `until` no end is in sight. */
  window_closed: { service: string; window: string; why: string; until: Instant } & Allowed
  /** Nobody, or somebody else, may override it. */
  override_not_allowed: { service: string; window: string } & Allowed
  /** A warning: it would still run when a window closes. It goes on then. */
  runs_into_window: { service: string; window: string; at: Instant; ends: Instant }
  reason_missing: { action: string; service: string }
  /** `form` is what a word of the reason must look like. */
  ticket_missing: { action: string; service: string; form: string }
  /** A guest, an app, somebody of another workspace or who has left it. */
  approver_not_member: { operation: string }
  approval_declined: { by: User }
  approval_expired: { count: number; given: number; until: Instant } & Allowed
  not_confirmed: { by: User; until: Instant }
  plan_changed: { what: string; operation: string }
  /** `left`: a newer image that was taken back, and is left out of what is newest. */
  nothing_to_do: { service: string; version: string; group: string; image: string; left: string }

  not_approver: { operation: string } & Allowed
  own_approval: { operation: string }
  not_requester: { operation: string; by: User }
  /** The moment for a word is over: where the operation stands now. */
  stale: { operation: string; phase: Phase; ending: EndingKind }
  /** It has passed already; what it does not undo itself, a rollback does. */
  too_late_to_cancel: { operation: string }
  unknown_operation: { operation: string }
  not_locked: { service: string }
  /** The lock that a button shows is over; another one holds since. */
  other_lock: { service: string; why: string; by: User; since: Instant; until: Instant }
  nothing_to_cancel: { service: string }
  /** Damaged, or written by a newer version; `record` as people are told of it: `operation web-k7f3q`. */
  record_unreadable: { record: string }
  /** A message that was carried out comes again, or was edited to say something else. */
  message_taken: { operation?: string }

  unknown_service: { service: string; known: readonly string[] }
  group_not_found: { group: string; region: string }
  group_without_template: { group: string }
  /** The group launches from another template than the catalogue names. */
  group_uses_other_template: { group: string; template: string; expected: string }
  group_being_deleted: { group: string; status: string }
  source_not_found: { source: string }
  source_ambiguous: { source: string; instances: readonly string[] }
  source_wrong_state: { instance: string; state: string }
  no_image_source: { service: string; version: string }
  image_name_invalid: { name: string }
  /** `service` is set where Rollcall made it, and can delete it. */
  image_failed: { image: string; name: string; service: string }
  image_not_found: { image: string; name: string }
  template_version_not_found: { template: string; version: number }
  /** `treated` is set where it is a warning: what happens to them. */
  standby_instances: { group: string; instances: readonly string[]; treated: 'ignore' | 'terminate' }
  refresh_already_running: { group: string; refresh: string; status: string }
  processes_suspended: { group: string; processes: readonly string[] }
  capacity_out_of_bounds: { group: string; needed: number; min: number; max: number }
  group_empty: { group: string }
  strategy_unsupported: { service: string; strategy: string; supported: readonly string[] }
  nothing_to_roll_back: { service: string }
  /** Something forward is under way: its own cancel takes it back. */
  rollback_while_running: { service: string; operation: string; version: string; phase: Phase }
  /** The newest forward step has gone back by itself: what serves, and what it would be taken back to. */
  /** A version that nobody has seen yet: it waits for a yes. */
  version_in_other_letters: { service: string; version: string; known: string }
  version_like_word: { service: string; version: string }
  rollback_after_failure: { operation: string; version: string; serves: string; back: string }
  previous_image_gone: { version: string; image: string }
  previous_version_gone: { template: string; version: number }
  target_group_unused: { targetGroups: readonly string[] }
  protected_instances: { group: string; instances: readonly string[] }
  /** Overrides of the group's mixed instances policy launch from templates, or images, of their own. */
  override_templates: { group: string; templates: readonly string[] }
  override_images: { group: string; images: readonly string[] }
  /** What rests in the group's warm pool would come up first, in the old version. */
  /** The catalogue's sizes are below what serves, whose instances have weights. */
  capacity_not_units: { group: string; desired: number; max: number | undefined }
  warm_pool: { group: string; strategy: string; size: number }
  /** The template names its image by a Systems Manager parameter: AWS rolls no refresh back from there. */
  image_by_parameter: { template: string; parameter: string }
  /** Load balancers whose health nobody asks: Classic ones, VPC Lattice. */
  sources_unchecked: { group: string; sources: readonly string[] }
  /** An image of the wanted name belongs to another account, which rollcall.yaml does not name. */
  image_of_others: { name: string; image: string; owner: string }
  image_disabled: { name: string; image: string }
  /** Instance types that the image's architecture does not fit. */
  architecture_differs: { image: string; architecture: string; types: readonly string[] }
  /** A bake with `--reboot` restarts the source. */
  source_reboots: { instance: string }
  /** The same, of a source that serves. */
  serving_source_reboots: { instance: string; group: string; healthy: number; minimum: number }
  /** The same, of a source that its target group sends requests to though no group has it. */
  target_source_reboots: { instance: string; targetGroup: string }
  /** It would leave fewer healthy instances than the service must have. */
  reboot_below_minimum: { service: string; instance: string; group: string; healthy: number; minimum: number }

  /** What was said, or the part of it that is not clear. */
  time_unclear: { text: string }
  time_ambiguous: { text: string; choices: readonly string[] }
  time_missing: { text: string }
  time_without_end: { text: string }
  time_past: { at: Instant }
  time_zero_length: { text: string }
  time_ends_first: { text: string }
  time_too_long: { most: Milliseconds }
  time_skipped: { text: string; zone: string }
  zone_unknown: { text: string }
  too_many_actions: { group: string; count: number; most: number }
  event_same_start: { event: string; name: string; at: Instant }
  event_crosses: { event: string; name: string }
  /** The capacity is there so long after the start. */
  event_late: { after: Milliseconds }
  event_overlaps: { names: readonly string[] }
  foreign_actions: { group: string; names: readonly string[] }
  unknown_event: { event: string; service: string }
  /** Instances are replaced once the end of an event has lowered the group. */
  scale_in_first: { group: string; at: Instant }
  /** Policies that could not be changed, and the right that is missing for it. */
  scale_ins_not_held: { group: string; policies: readonly string[]; permission: string }
  /** A group gets other sizes for good: what events of these ids to come go back to from then on. */
  events_rebased: {
    events: readonly string[]
    group: string
    restores: { min: number; desired: number; max: number }
  }
  during_event: { event: string; name: string; at: Instant }
  /** AWS did not answer what was to be checked. */
  not_checked: { action: string; awsCode: string }
  /** Subnets have fewer free addresses than an event needs. */
  addresses_short: { group: string; need: number; left: number }
  /** vCPUs that an event needs and that are left of the account's quota. */
  vcpus_short: { type: string; need: number; left: number; quota: number }
  /** No quota is known for what the group launches. */
  vcpus_not_checked: { group: string; type: string }
  /** Edges of an event whose scheduled actions somebody deleted, changed or added to. */
  event_actions_changed: {
    event: string
    name: string
    gone: readonly string[]
    changed: readonly string[]
    added: readonly string[]
  }
  /** The event goes back to other sizes than the group has while none is on. */
  event_base_differs: {
    event: string
    group: string
    restores: { min: number; desired: number; max: number }
    current: { min: number; desired: number; max: number }
  }
  image_not_newest: { image: string; name: string }
  versions_differ: { group: string; version: number; versions: readonly string[] }
  targets_unhealthy: { group: string; healthy: number; wanted: number; because: string }
  event_lead_short: { took: Milliseconds; lead: Milliseconds }
  /** At its start an event has fewer healthy instances than it asks for. */
  event_behind: { group: string; healthy: number; wanted: number; because: string }
  /** At its start the scheduled action has not run. */
  event_not_out: { group: string; desired: number; wanted: number }
  /** The group has not gone back in. */
  event_not_in: { group: string; desired: number; wanted: number }
  /** A scale-out by hand while an event is on: when that scales in again. */
  scale_in_event: { event: string; name: string; at: Instant }
  cooldown_lasts: { group: string; until: Instant }
  /** The group launches from a numbered version, whatever the default is. */
  group_pinned: { group: string; version: number }
  security_groups_by_name: { template: string; version: number; names: readonly string[] }
  security_groups_beside_interfaces: { template: string; version: number }
  /** `found` are those of the names that the network does have, or several of one name. */
  security_groups_unclear: { names: readonly string[]; vpc: string; found: readonly string[] }
  /** rollcall.yaml names no images that the newest could be chosen of. */
  no_newest_source: { service: string }
  /** Two colors with templates of their own, and neither is the one that serves alone. */
  refresh_color_unclear: { groups: readonly string[] }
  /** How many of what Rollcall made stay: in use, among the newest `count`, younger than `after`. */
  nothing_to_prune: {
    service: string
    used: number
    newest: number
    young: number
    count: number
    after: Milliseconds
  }
  /** So many of what was to be deleted could not be. */
  prune_incomplete: { count: number }
  /** Something that was to be deleted and is still there: `what` it is, by its id and its name. */
  left_undeleted: { what: 'image' | 'snapshot' | 'version'; id: string; name: string; awsCode: string }
  /** Snapshots of an image that is gone, which were not come to any more. */
  left_snapshots: { image: string; snapshots: readonly string[] }
  /** An operation that the store knows nothing of, and what it left in AWS. */
  lost_operation: {
    operation: string
    images: readonly string[]
    versions: readonly string[]
    resources: readonly string[]
  }
  /** A rollback takes the last refresh back and not the deploy before it, which is undone by naming it. */
  rollback_of_refresh: { service: string; operation: string; version: string }

  /** rollcall.yaml does not say how the service's fleet is built. */
  no_blueprint: { service: string }
  network_not_found: { what: 'vpc' | 'subnet'; name: string }
  network_ambiguous: { what: 'vpc' | 'subnet'; name: string; found: readonly string[] }
  /** Subnets of a load balancer that are not of two zones or more, one a zone. */
  balancer_zones: { name: string; subnets: readonly string[]; zones: readonly string[] }
  /** Subnets with fewer free addresses than a load balancer needs in each. */
  balancer_addresses: { name: string; subnets: readonly string[]; need: number }
  /** AWS actions that Rollcall's credentials may not call. */
  /** `policy`: the document of ours that has them. */
  rights_missing: { actions: readonly string[]; policy: string }
  /** Resources of a blueprint's names that are not the service's own; `adoptable` where `--adopt` would take them over. */
  resources_foreign: { service: string; names: readonly string[]; adoptable: boolean }
  /** A resource that is there, and differs in what AWS cannot change in place. */
  resource_unfit: { name: string; differences: readonly string[] }
  /** Somebody made a resource of that name meanwhile. */
  resource_taken: { name: string }
  /** All of a blueprint is there; `left` is what differs and is nobody's to change. */
  fleet_complete: { service: string; group: string; left: readonly string[] }
  /** Deletion protection is on, which a person must take off. */
  balancer_protected: { name: string }
  /** There is nothing in AWS that carries the service's tag; `names` bear its names, `images` are its own. */
  nothing_to_tear_down: { service: string; names: readonly string[]; images: readonly string[] }
  /** Something is at work on the fleet, or counts on it. */
  teardown_while_running: { service: string; operation: string }
  teardown_in_window: { service: string; until: Instant }
  teardown_events: { service: string; events: readonly string[] }
  teardown_standby: { group: string; instances: readonly string[] }
  /** What others would lose: `Lab-TG ← Web-ASG`. */
  teardown_needed: { service: string; needs: readonly string[] }
  /** The service's name has to be typed to confirm. */
  name_not_typed: { service: string }
  /** What a build that failed had set as the blueprint says, on what was there before: it stays so. */
  left_fixed: { names: readonly string[] }
  /** What a teardown has not come to: its kind, its name and its id. */
  left_standing: { what: string; name: string; id: string }
  /** A group that a teardown has taken to zero. */
  left_emptied: { group: string }
  /** Others than this operation own it by now. */
  resource_not_own: { name: string }
  balancer_failed: { name: string; state: string }
  /** The fleet does not serve: what is missing. */
  fleet_not_serving: { group: string; healthy: number; wanted: number; after: Milliseconds; balancer: string }
  /** A resource that an operation made and that is still there: its kind, its name and its id. */
  left_resource: { what: string; name: string; id: string }

  /** The service has one group. */
  no_colors: { service: string }
  /** The groups that were looked for: what their names begin with, and tags like `docker:image:name=shop`. */
  colors_not_found: { prefix: string; tags: readonly string[] }
  group_without_color: { group: string }
  twin_missing: { group: string; missing: string }
  /** `groups` says what was found of each, in a few words. */
  both_colors_live: { service: string; groups: readonly string[] }
  both_colors_idle: { service: string; groups: readonly string[] }
  /** The colors' groups count their sizes in different units: what serves in one cannot be asked of the other. */
  colors_count_differently: { from: string; to: string }
  /** What rests in a warm pool of the color that comes up would come up first, in the old version. */
  color_warm_pool: { group: string; size: number }
  colors_crossed: { service: string; groups: readonly string[] }
  several_components: { service: string; groups: readonly string[] }
  /** Instances stand by in the color that is to come up; `operation` is the swap that put them there. */
  standby_left: { service: string; group: string; instances: readonly string[]; operation: string }
  /** None of the instances in Standby runs. */
  standby_not_running: { service: string; group: string; instances: readonly string[] }
  /** Some of them do not: a warning. */
  standby_replaced: { instances: readonly string[] }
  no_version_source: { service: string }
  no_window: { service: string }
  window_moved: { service: string; until: Instant }
  /** The color that serves is not complete, so that the other one is still needed. */
  live_color_incomplete: { group: string; healthy: number; wanted: number }
  /** Instances of the color that serves were taken out for their health lately. */
  live_color_unsettled: { group: string; count: number; within: Milliseconds }
  /** Alarms of the catalogue's that ring while a window ends: in the plan of a person's, a warning. */
  alarms_ringing: { service: string; alarms: readonly string[] }
  /** Alarms that the catalogue names and CloudWatch does not know. */
  alarms_unknown: { service: string; alarms: readonly string[]; region: string }
  /** The instances in Standby did not get healthy again. */
  old_color_unhealthy: {
    group: string
    healthy: number
    wanted: number
    after: Milliseconds
    instances: readonly string[]
    because: string
    /** The group that keeps serving. */
    serves: string
  }
  /** Scheduled actions that run while the colors change places. */
  actions_due: { group: string; names: readonly string[]; at: Instant }
  /** Policies whose alarms are people's own: they call the group that they were made for. */
  policy_alarms: { from: string; to: string; names: readonly string[] }
  capacity_followed: { group: string; desired: number; other: string }
  left_standby: { group: string; instances: readonly string[] }

  no_target_group: { group: string }
  /** Both colors are in it. */
  shared_target_group: { targetGroup: string; groups: readonly string[] }
  /** Which target group of one color belongs to which of the other is unclear. */
  target_groups_unpaired: { groups: readonly string[] }
  /** No listener and no rule forwards to the target group of the live color. */
  no_route: { group: string; targetGroup: string }
  /** A route like `pay-ALB:80 #10` forwards to others beside the two colors. */
  third_target_group: { route: string; targetGroups: readonly string[] }
  /** `routes` says what was found of each: `pay-ALB:80: pay-blue-TG 50, pay-green-TG 50`. */
  weights_unclear: { service: string; routes: readonly string[] }
  /** All traffic goes to the color without instances. */
  weights_on_idle: { service: string; group: string; routes: readonly string[] }
  /** A route of the live color that gives the idle one nothing, so that Standby would leave it with nobody. */
  idle_gets_no_traffic: { group: string; routes: readonly string[] }
  /** The other color runs on at weight 0; `operation` is the swap that left it so. */
  warm_left: { service: string; group: string; operation: string }
  /** Somebody else has changed a route: what it should be, and what it is; without `is` it forwards elsewhere. */
  weights_changed: { route: string; was: string; is: string }
  /** The color coming up has fewer healthy instances than the service must have, with traffic already. */
  weights_unhealthy: { group: string; healthy: number; wanted: number; percent: number }
  /** The color kept at weight 0 did not get healthy; `serves` is the group that keeps all traffic. */
  kept_color_unhealthy: {
    group: string
    healthy: number
    wanted: number
    after: Milliseconds
    instances: readonly string[]
    because: string
    serves: string
  }
  /** A warning: clients stay with the color that leaves for so long. */
  sticky_clients: { group: string; after: Milliseconds }
  /** Until when they do. */
  sticky_left: { group: string; until: Instant }
  /** Traffic that was shifted and not shifted back: like `weights_unclear`. */
  left_scale_ins_held: { group: string; policies: readonly string[] }
  left_weights: { routes: readonly string[] }

  /** A new version differs from the one it was made of in more than its image. */
  template_mismatch: { template: string; version: number; from: number }
  /** Customers notice the new version. `check`: errors, latency or alarms. Shares are of 1, times in milliseconds. */
  version_bad: { version: string; check: string; alarms: readonly string[] } & FiguresTold
  /** Nothing can be said of it. `by` is who wanted it back. */
  version_unsure: {
    version: string
    doubt: string
    least: number
    alarms: readonly string[]
    permissions: readonly string[]
    by: User
  } & FiguresTold
  /** Rollcall may not read what its checks need. */
  metrics_denied: { permissions: readonly string[] }
  /** Seconds that a leaving target drains, and that its load balancer lets a connection be silent. */
  drain_too_short: { targetGroup: string; drain: number; idle: number }
  /** Targets that no group has launched. */
  target_outside: { targetGroup: string; instances: readonly string[] }
  refresh_failed: { group: string; refresh: string; status: string }
  /** `because` is a target's reason code, e.g. `Target.Timeout`. */
  new_fleet_unhealthy: {
    group: string
    version: string
    healthy: number
    wanted: number
    after: Milliseconds
    instances: readonly string[]
    because: string
  }
  capacity_short: { group: string }
  launch_failed: { group: string }
  /** Instances that lifecycle hooks hold, and nobody says that they may go on. */
  hook_waits: {
    group: string
    hooks: readonly string[]
    instances: readonly string[]
    after: Milliseconds
  }
  /** Somebody set other sizes while the operation ran. */
  sizes_changed: {
    group: string
    was: { min: number; desired: number; max: number }
    is: { min: number; desired: number; max: number }
  }
  group_changed: { group: string; what: string; was: string | number; is: string | number }
  traffic_guard: { targetGroup: string; healthy: number; minimum: number }
  timed_out: { step: string; after: Milliseconds }
  cancelled_by_person: { by: User }
  aws_refused: { aws: string; action: string; awsCode: string }
  /** AWS gave no answer to act on, `since` an instant or for as long as `after`. */
  aws_unanswered: { action: string; awsCode: string; since: Instant; after: Milliseconds }
  worker_surprise: { step: string; error: string }
  /** `what` is the undo that failed, `code` the reason why. */
  way_back_failed: { what: string; code: ReasonCode }

  aws_slow: { action: string; awsCode: string }

  /** `unusable`: why the image is of no use. */
  left_image: { name: string; image: string; unusable: string }
  left_template_version: { template: string; version: number }
  left_template_default: { template: string; is: number; was: number }
  /** What had passed serves from the version `serves`, and the default is another one still. */
  left_default_behind: { template: string; is: number; serves: number }
  /** What had passed serves, and the group still is to be set so. */
  left_group_behind: { group: string; min: number; desired: number; max: number }
  left_group_sizes: {
    group: string
    min: number
    desired: number
    max: number
    was: { min: number; desired: number; max: number }
  }
  /** `passed`: what it launches from is what shall serve. */
  left_group_template: { group: string; is: string | number; was: string | number; passed: true }
  left_instances: { group: string; instances: readonly string[]; version: string }
  left_refresh: { group: string; refresh: string }
  left_protected: { group: string; instances: readonly string[] }
  /** It was stopped as it stood, and put nothing back. */
  left_midway: { operation: string }
  left_suspended: { group: string; processes: readonly string[] }
  /** What else of a group was changed and not put back, by name. */
  left_changed: {
    group: string
    what: 'policies' | 'actions' | 'tags' | 'termination policies'
    names: readonly string[]
  }
}

/** Names of the facts that a reason may have. */
export type FactName<C extends ReasonCode> = keyof ReasonFacts[C] & string

/**
 * Why something was refused, failed or was held back. Each code has a sentence in every language
 * (`messages/reasons.ts`) that says what happened and what to do; `facts` fill its blanks.
 */
export type ReasonCode = keyof ReasonFacts
