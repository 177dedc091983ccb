import { type Action, actions } from '../domain/access/action'
import { includes } from '../domain/access/permissions'
import { unknown, type Fault } from './fault'
import type { Written } from './schema'

type Rule = Written['rules'][number]

/** Whether a rule speaks of an action, by its name, by `*` or by one that includes it. */
const covers = ({ action }: Pick<Rule, 'action'>, one: Action): boolean =>
  action.some((named) => includes(named, one))

/** Rules by the services that they name; those for all services stand under `*`. */
const rulesByService = (rules: readonly Rule[]): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>()
  for (const [at, { service }] of rules.entries())
    for (const name of new Set(service)) {
      const known = found.get(name)
      if (known) known.push(at)
      else found.set(name, [at])
    }
  return found
}

/**
 * Approvals that nobody could give, or that two groups would have to give for one action: whether the rules meet by a name,
 * by `*`, or by an action that includes another, as `schedule` does `reschedule`.
 */
export const checkApprovals = ({ people, rules }: Written): readonly Fault[] => {
  const byService = rulesByService(rules)
  const forAll = byService.get('*') ?? []
  const groupNames = Object.keys(people)
  return rules.flatMap(({ approval, service, action }, at): readonly Fault[] => {
    if (approval === undefined) return []
    const path = ['rules', at, 'approval'] as const
    const { by, count, second } = approval
    const group = Object.hasOwn(people, by) ? people[by] : undefined
    if (!group) return [{ path: [...path, 'by'], ...unknown('group of people', by, groupNames) }]
    const wrongSecond = secondProblem(by, second, groupNames)
    if (wrongSecond) return [{ path: [...path, 'second'], ...wrongSecond }]
    const users = new Set(group.users)
    if (group.groups.length === 0 && users.size < count) {
      const wrong = `${count} of "${by}" can never approve: it has ${users.size}`
      return [{ path: [...path, 'count'], wrong, allowed: `1 to ${users.size}` }]
    }
    const meeting = service.includes('*')
      ? [...rules.keys()]
      : [...new Set([...forAll, ...service.flatMap((name) => byService.get(name) ?? [])])]
    const own = actions.filter((one) => covers({ action }, one))
    const rival = meeting
      .filter((other) => other < at)
      .toSorted((a, b) => a - b)
      .map((other) => rules[other])
      .find((other) => other?.approval && other.approval.by !== by && own.some((one) => covers(other, one)))
    if (rival?.approval) {
      const both = own.find((one) => covers(rival, one)) ?? ''
      const where =
        service.find(
          (name) => name !== '*' && (rival.service.includes(name) || rival.service.includes('*')),
        ) ??
        rival.service[0] ??
        '*'
      const wrong = `another rule has ${both} on ${where} approved by "${rival.approval.by}"`
      return [{ path: [...path, 'by'], wrong, allowed: rival.approval.by }]
    }
    // Nobody approves what they asked for themselves.
    const stuck = own.find((one) => {
      const askers = meeting.flatMap((other) => {
        const rule = rules[other]
        return rule && covers(rule, one) ? rule.allow : []
      })
      return nobodyCouldHaveIt(askers, { people, users, groups: group.groups, count })
    })
    if (stuck === undefined) return []
    const wrong = `whoever may ask for ${stuck} is of "${by}" and cannot approve their own: ${users.size - 1} are left to approve, ${count} are wanted`
    return [{ path: [...path, 'by'], wrong, allowed: 'a group with more people, or more people who may ask' }]
  })
}

/** What is wrong with the second group of an approval; nothing where there is none. */
export const secondProblem = (
  by: string,
  second: string | undefined,
  groups: readonly string[],
): Pick<Fault, 'wrong' | 'allowed'> | undefined => {
  if (second === undefined) return undefined
  const others = groups.filter((name) => name !== by)
  if (second === by)
    return { wrong: `"${second}" is the first group already`, allowed: others.join(', ') || 'none' }
  return others.includes(second) ? undefined : unknown('group of people', second, others)
}

/** Whether everybody who may ask for something is one of the few who would have to approve it. */
const nobodyCouldHaveIt = (
  askers: readonly string[],
  approvers: {
    readonly people: Written['people']
    readonly users: ReadonlySet<string>
    readonly groups: readonly string[]
    readonly count: number
  },
): boolean => {
  const { people, users, groups, count } = approvers
  if (groups.length > 0 || users.size - 1 >= count) return false
  const named = [...new Set(askers)].map((name) => (Object.hasOwn(people, name) ? people[name] : undefined))
  return (
    named.length > 0 &&
    named.every(
      (one) => one !== undefined && one.groups.length === 0 && one.users.every((user) => users.has(user)),
    )
  )
}
