import { isMachine, isRollcall, machineId, type Person } from './person'
import type { Action } from '../access/action'
import type { Approval, Catalogue, Rule } from '../catalogue/catalogue'

/** Who may do something: everybody, or these people, by id. */
export interface WhoMay {
  readonly everyone: boolean
  /** Names of the groups of people in `rollcall.yaml`, in the order of its rules. */
  readonly names: readonly string[]
  /** Slack user ids. */
  readonly users: readonly string[]
  /** Slack user group ids. */
  readonly groups: readonly string[]
}

/**
 * The name in `rollcall.yaml` for the full members of the app's workspace. Who is one counts as in a group of this
 * name; guests, people of other workspaces (Slack Connect) and apps are allowed only what their ids are named for.
 */
export const everyone = 'everyone'

export type Allowed = { readonly ok: true } | { readonly ok: false; readonly who: WhoMay }

/**
 * What a permission includes besides itself: who may see an operation's list may open one of them, who may see how a
 * service stands may see when it is closed, what goes on and how it went, and who may schedule an event may change one. Nothing else follows from
 * anything; all that no rule allows is denied. The right to override a closed window is given by its name alone: `*`
 * stands in rules that were written before there were any.
 */
const alsoBy: { readonly [action in Action]?: readonly Action[] } = {
  show: ['history', 'status'],
  reschedule: ['schedule'],
  windows: ['status', 'history'],
  handover: ['status', 'history'],
  stats: ['history', 'status'],
}

/** Whether an action that a rule names, or `*`, includes this one. */
export const includes = (named: Action | '*', action: Action): boolean =>
  (named === '*' && action !== 'override') ||
  named === action ||
  (alsoBy[action] ?? []).some((other) => other === named)

export const speaksOf = (rule: Rule, action: Action, service: string): boolean =>
  (rule.service === '*' || rule.service === service) && rule.actions.some((named) => includes(named, action))

/** Whether a person is in a named group of the catalogue, by user id or by a Slack user group. */
export function isOf(
  catalogue: Catalogue,
  name: string,
  user: string,
  memberships: readonly string[],
): boolean {
  // A machine is what its own name says, and in no group.
  if (isMachine({ user })) return name === user && isKnownMachine(catalogue, user)
  if (name === everyone) return memberships.includes(everyone)
  const people = catalogue.people.get(name)
  return (
    people !== undefined &&
    (people.users.includes(user) || people.groups.some((group) => memberships.includes(group)))
  )
}

const isKnownMachine = ({ machines }: Pick<Catalogue, 'machines'>, user: string): boolean =>
  [...(machines?.keys() ?? [])].some((name) => machineId(name) === user)

/** The people behind names of groups, each once. */
export function whoIs(catalogue: Catalogue, names: readonly string[]): WhoMay {
  const distinct = [...new Set(names)]
  const people = distinct.map((name) => catalogue.people.get(name))
  return {
    everyone: distinct.includes(everyone),
    names: distinct,
    users: [...new Set(people.flatMap((group) => group?.users ?? []))],
    groups: [...new Set(people.flatMap((group) => group?.groups ?? []))],
  }
}

/**
 * Whether a person may do an action on a service: some rule must say so. `service` is a service's name, or `*`
 * for what touches all of them, which only a rule for `*` allows. `memberships` are the Slack user groups that
 * the person is in. A refusal says who may.
 */
export function allowed(
  catalogue: Catalogue,
  action: Action,
  service: string,
  user: string,
  memberships: readonly string[],
): Allowed {
  // What Rollcall starts by itself, the catalogue or an operation of somebody who may has asked it to.
  if (isRollcall({ user })) return { ok: true }
  const rules = catalogue.rules.filter((rule) => rule.service === '*' || rule.service === service)
  const names = [
    ...rules.filter((rule) => speaksOf(rule, action, service)).flatMap((rule) => rule.allow),
    // Whose approval is asked for may give it: no further rule is needed.
    ...(action === 'approve'
      ? [
          ...rules.flatMap((rule) => (rule.approval ? groupsOf(rule.approval) : [])),
          ...(catalogue.override ? groupsOf(catalogue.override) : []),
        ]
      : []),
  ]
  // A machine never approves, whatever a rule for `*` says.
  const mayAtAll = action !== 'approve' || !isMachine({ user })
  return mayAtAll && names.some((name) => isOf(catalogue, name, user, memberships))
    ? { ok: true }
    : { ok: false, who: whoIs(catalogue, names) }
}

const peopleOf = ({ count, second }: Approval): number => count + (second === undefined ? 0 : 1)

/** The groups that an approval is asked of. */
export const groupsOf = ({ by, second }: Approval): readonly string[] => [
  by,
  ...(second === undefined ? [] : [second]),
]

/**
 * The approval that an action on a service wants, the strictest where several rules speak of it: most approvers,
 * then the shortest time. It is asked of all people alike, whichever rule lets them in: a rule that opens an
 * action to more people must not open a way around the approval.
 */
export function approvalFor(catalogue: Catalogue, action: Action, service: string): Approval | undefined {
  return catalogue.rules
    .filter((rule) => speaksOf(rule, action, service))
    .flatMap((rule) => rule.approval ?? [])
    .reduce<Approval | undefined>((strictest, next) => {
      if (!strictest || peopleOf(next) > peopleOf(strictest)) return next
      return peopleOf(next) === peopleOf(strictest) && next.expires < strictest.expires ? next : strictest
    }, undefined)
}

/**
 * All approvals that an operation wants: its rule's, and for a closed window that is overridden the one of `override`,
 * which whoever has the right to do it alone needs not.
 */
export const approvalsWanted = (
  catalogue: Catalogue,
  action: Action,
  service: string,
  overrides: { readonly by: string; readonly memberships: readonly string[] } | undefined,
): readonly Approval[] => {
  const ruled = approvalFor(catalogue, action, service)
  const alone = !overrides || allowed(catalogue, 'override', service, overrides.by, overrides.memberships).ok
  return [...(ruled ? [ruled] : []), ...(!alone && catalogue.override ? [catalogue.override] : [])]
}

/** Who may override a closed window of a service, alone or with the approval that `override` asks for. */
export const whoMayOverride = (catalogue: Catalogue, service: string): WhoMay =>
  whoIs(catalogue, [
    ...catalogue.rules.filter((rule) => speaksOf(rule, 'override', service)).flatMap((rule) => rule.allow),
    ...(catalogue.override ? [catalogue.override.by] : []),
  ])

/** What the reason of an action on a service must be: given, and with a word of these forms in it. */
export const reasonWanted = (
  catalogue: Catalogue,
  action: Action,
  service: string,
): { readonly required: boolean; readonly tickets: readonly string[] } => {
  const rules = catalogue.rules.filter((rule) => speaksOf(rule, action, service))
  const tickets = [...new Set(rules.flatMap((rule) => rule.ticket ?? []))]
  return { required: tickets.length > 0 || rules.some((rule) => rule.reason === 'required'), tickets }
}

/**
 * All Slack user groups that the catalogue speaks of: what is to be asked of Slack about a person. And `everyone`, where a
 * rule names it or an approval is asked for: only full members give one.
 */
export const groupsAsked = (catalogue: Catalogue): readonly string[] => [
  ...new Set([
    ...[...catalogue.people.values()].flatMap((people) => people.groups),
    ...(catalogue.rules.some(({ allow, approval }) => approval !== undefined || allow.includes(everyone)) ||
    catalogue.override
      ? [everyone]
      : []),
  ]),
]

/** What is to be asked about this person: somebody external is not `everyone`, and Slack knows nothing of machines. */
export const groupsAskedOf = (
  catalogue: Catalogue,
  { user, external }: Pick<Person, 'user' | 'external'>,
): readonly string[] =>
  isMachine({ user }) ? [] : groupsAsked(catalogue).filter((group) => group !== everyone || external !== true)
