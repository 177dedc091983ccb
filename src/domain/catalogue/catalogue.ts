import type { Action } from '../access/action'
import type { Webhook } from '../webhooks/webhook'
import type { ChangeWindow } from '../windows/change-window'
import type { Blueprint } from '../provision/blueprint'
import { hour, type Instant, type Milliseconds } from '../time/time'
import type { Strategy } from './strategy'

export type Language = 'en' | 'ko'

/** Where a service lives in AWS: one batching reader, one set of clients and limits exists per distinct value. */
export interface Where {
  readonly region: string
  /** ARN of the role to assume; the worker's own credentials when absent. */
  readonly role?: string
  /** What the role's trust policy asks whoever assumes it for, so that nobody is sent there by somebody else. */
  readonly externalId?: string
}

export interface Capacity {
  readonly min: number
  readonly desired: number
  readonly max: number
}

/** Where new images of a service come from. */
export type ImageSource = { readonly tag: Readonly<Record<string, string>> } | { readonly instance: string }

/**
 * The groups of a service with two colors: named, one or one for each component (the first blue belongs to the first
 * green), or found by the tag they carry and what their names begin with; then they end in `-blue` and `-green`.
 */
export type ColorGroups =
  | { readonly blue: string | readonly string[]; readonly green: string | readonly string[] }
  | { readonly prefix: string; readonly tag: Readonly<Record<string, string>> }

/**
 * What must hold while a new version takes traffic. What customers met is compared with the old version: something is
 * bad that is worse by a factor and above a limit as well.
 */
export interface Checks {
  /** `above` is a share of all answers, 0 to 1. */
  readonly errors?: { readonly worse: number; readonly above: number }
  readonly latency?: { readonly percentile: number; readonly worse: number; readonly above: Milliseconds }
  /** CloudWatch alarms by name: none may ring that did not ring before. */
  readonly alarms?: readonly string[]
  /** Fewest requests to the new version that can be called good. */
  readonly least: number
  /** What becomes of a version of which nothing can be said: a person decides, or it passes. */
  readonly unsure: 'hold' | 'pass'
  /** What becomes of a version that is found bad while the old color is kept: a person is asked, when absent. */
  readonly window?: 'ask' | 'back'
}

/** What an instance of a type costs by the hour. */
export interface Price {
  readonly amount: number
  /** Three letters, e.g. `USD`. */
  readonly currency: string
}

/** A service as `rollcall.yaml` describes it, defaults filled in. */
export interface Service {
  readonly name: string
  readonly where: Where
  readonly timezone: string
  /** Name of the Slack channel that hears of the service, without '#'. */
  readonly channel: string
  readonly language: Language
  /** Name of the Auto Scaling group, for a service with one group. */
  readonly group?: string
  /** The groups of a service with two colors. */
  readonly colors?: ColorGroups
  /** Name of the launch template; the group's own when absent. */
  readonly template?: string
  readonly image?: {
    /** The image's name with `{version}` in it, e.g. `Web Server {version}`. */
    readonly name: string
    readonly description?: string
    readonly from?: ImageSource
    /** Accounts whose shared images of exactly that name are used. */
    readonly owners?: readonly string[]
    /** Which images `update-image` chooses the newest of; those of the service's own name when absent. */
    readonly newest?: {
      /** A name with AWS's wildcards, e.g. `AWSBackup_*`; those of the service's own name when absent. */
      readonly name?: string
      readonly tag?: Readonly<Record<string, string>>
      /** When the template moves to it by itself each day, as `HH:mm` in the service's timezone; never when absent. */
      readonly daily?: string
    }
  }
  /** The tag that says what version a color serves, for services whose version is a tag. */
  readonly versionTag?: string
  readonly strategy: Strategy
  /** Sizes and default cooldown (seconds) that a deploy leaves behind; the group's own when absent. */
  readonly capacity?: Capacity & { readonly cooldown?: number }
  readonly gate: {
    /** How long the new fleet must stay healthy before it passes. */
    readonly bake: Milliseconds
    /** How long the new fleet may take to get healthy before the way back begins. */
    readonly timeout: Milliseconds
    /** Fewest healthy targets at any moment; the group's min size when absent. */
    readonly healthy?: number
  }
  /** What customers must not notice of a new version; nothing is checked when absent. */
  readonly checks?: Checks
  /** How long an instance takes until it is healthy, while no scale-out of the service was measured; 4 min when absent. */
  readonly boot?: Milliseconds
  /** Share of the desired capacity that may run at once during a refresh, in percent, above 100. */
  readonly surge: number
  /** Whether a plan is shown and confirmed before it runs. */
  readonly confirm: boolean
  /** How long the old color is kept in Standby after a swap; a service with colors always has it. */
  readonly standby?: Milliseconds
  /** CloudWatch alarms by name: while one rings, what stands by is not given up by itself. */
  readonly alarms?: readonly string[]
  /** What prune leaves alone, used or not; `usualKeep` when absent. */
  readonly keep?: Retention
  /** What instances cost by the hour, by type, e.g. `t2.micro`: AWS's calls do not tell. */
  readonly prices?: Readonly<Record<string, Price>>
  /** How `provision` builds its fleet, and `teardown` takes it away; a service without one has a fleet of somebody's making. */
  readonly fleet?: Blueprint
}

/** Of images, and of template versions, that Rollcall made: the newest `count`, and all that are younger than `for`. */
export interface Retention {
  readonly count: number
  readonly for: Milliseconds
}
export const defaultRetention: Retention = { count: 5, for: 30 * 24 * hour }

/** How many people of which group must agree before an operation starts, and for how long they are asked. */
export interface Approval {
  /** Name of a group of people. */
  readonly by: string
  readonly count: number
  /** Name of another group, of which one more person must agree. */
  readonly second?: string
  readonly expires: Milliseconds
}

export interface Rule {
  /** A service's name, or `*`. */
  readonly service: string
  readonly actions: readonly (Action | '*')[]
  /** Names of groups of people, or `everyone`. */
  readonly allow: readonly string[]
  readonly approval?: Approval
  /** Whether what is asked for needs a reason. */
  readonly reason?: 'required'
  /** What a word of the reason must look like, as a regular expression: the id of a ticket. */
  readonly ticket?: string
}

/** What is said of one of AWS's regions. */
interface Region {
  /** URL of the queue in SQS that the events of its groups and images come by. */
  readonly events?: string
}

/** A pipeline or another program that may ask by the door, beside people. */
export interface Machine {
  readonly name: string
  /** Tokens of an issuer that are this machine's: every claim must be as it is here. */
  readonly oidc?: {
    readonly issuer: string
    readonly audience: string
    readonly claims: Readonly<Record<string, string>>
  }
  /** Tokens of ours, of which only a hash is known; two at once while one takes the other's place. */
  readonly tokens: readonly { readonly sha256: string; readonly expires: Instant }[]
  /** The Slack user who answers for it, and does not approve what it asks for. */
  readonly owner?: string
  /** The Slack users behind the names that the issuer's tokens tell of who started a run. */
  readonly actors?: Readonly<Record<string, string>>
  /** How many changes it may ask for within an hour; the usual number when absent. */
  readonly changesPerHour?: number
}

/** The validated `rollcall.yaml`. */
export interface Catalogue {
  /** Of the file that it was read from, for the record. */
  readonly sha256?: string
  readonly services: ReadonlyMap<string, Service>
  /** By name; those of which nothing is said are not here. */
  readonly regions?: ReadonlyMap<string, Region>
  /** Named groups of people: Slack user ids (U…, W…) and user group ids (S…). */
  readonly people: ReadonlyMap<
    string,
    { readonly users: readonly string[]; readonly groups: readonly string[] }
  >
  readonly rules: readonly Rule[]
  /** Times in which changes are held. */
  readonly windows?: readonly ChangeWindow[]
  /** Who has to agree before a closed window is overridden; nobody may ask for it when absent, but who has the right. */
  readonly override?: Approval
  /** By name. */
  readonly machines?: ReadonlyMap<string, Machine>
  /** Who is told of events by HTTP. */
  readonly webhooks?: readonly Webhook[]
}

/** The strategies that fit the shape of a service: one group, or two colors. */
export const strategiesOf = (service: Pick<Service, 'colors'>): readonly Strategy[] =>
  service.colors ? ['blue-green', 'canary'] : ['refresh', 'replace', 'surge']

/** The queue by which events of a place come; none of another account's, whose events stay with it. */
export const eventsQueue = ({ regions }: Pick<Catalogue, 'regions'>, where: Where): string | undefined =>
  where.role === undefined ? regions?.get(where.region)?.events : undefined
