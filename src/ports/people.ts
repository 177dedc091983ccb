/**
 * Which Slack user groups a user is in, and whether they are a full member of the workspace (the group `everyone`). The gateway learns it from Slack and leaves it in the store;
 * the worker reads what was left. Unknown means: in none.
 */
export interface People {
  groupsOf(user: string, among: readonly string[]): Promise<readonly string[]>
}

/** The gateway's side: leaves in the store what it learnt from Slack. */
export interface PeopleStore extends People {
  /** Replaces what is known of a user group's members. It is believed for one real hour. */
  remember(group: string, users: readonly string[]): Promise<void>
  /**
   * Replaces what is known of whether a user is a full member of the workspace. It is believed for one real day: an
   * approval counts for as long as what was approved is in line. The gateway asks Slack again every few minutes.
   */
  rememberFullMember(user: string, is: boolean): Promise<void>
}
