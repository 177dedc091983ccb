/**
 * Which Slack user groups a user is in. The gateway learns it from Slack and leaves it in the store;
 * the worker reads what was left. Unknown means: in none.
 */
export interface People {
  groupsOf(user: string, among: readonly string[]): Promise<readonly string[]>
}
