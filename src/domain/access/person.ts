/** A Slack user, authorised by id and never by name; or a machine of the catalogue. */
export interface Person {
  readonly user: string
  readonly team: string
  readonly enterprise?: string
  /** Speaks from another workspace, or is an app: no member of this workspace, whatever their id. */
  readonly external?: true
  /** What a machine's token told of whoever runs it: shown and recorded. It gives no right. */
  readonly caller?: Caller
}

/** On whose behalf a machine asks, as far as its token tells. */
export interface Caller {
  /** For people, e.g. `GitHub Actions, acme/web@main, run 123`. */
  readonly title?: string
  /** Where the run can be seen. */
  readonly url?: string
  /** The Slack user who stands behind it, where the catalogue knows one: that user does not approve what it asks for. */
  readonly behind?: string
}

/** Who asks for what Rollcall starts by itself. No Slack user has this id: theirs are in capitals. */
export const rollcall: Person = { user: 'Rollcall', team: '' }

/** What the ids of machines begin with, in rules and in journals. No Slack user and no group of people has such a name. */
const machinePrefix = 'machines.'

/** A machine of the catalogue, as rules name it and journals hold it. */
export const machineId = (name: string): string => `${machinePrefix}${name}`

export const isMachine = ({ user }: Pick<Person, 'user'>): boolean => user.startsWith(machinePrefix)

/** Whether Slack has somebody of that id who can be told something. */
export const isReachable = (person: Pick<Person, 'user'>): boolean =>
  !isRollcall(person) && !isMachine(person)

export const isRollcall = ({ user }: Pick<Person, 'user'>): boolean => user === rollcall.user
