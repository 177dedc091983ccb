/** A Slack user, authorised by id and never by name. */
export interface Person {
  readonly user: string
  readonly team: string
  readonly enterprise?: string
  /** Speaks from another workspace, or is an app: no member of this workspace, whatever their id. */
  readonly external?: true
}

/** Who asks for what Rollcall starts by itself. No Slack user has this id: theirs are in capitals. */
export const rollcall: Person = { user: 'Rollcall', team: '' }

export const isRollcall = ({ user }: Pick<Person, 'user'>): boolean => user === rollcall.user
