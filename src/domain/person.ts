/** A Slack user, authorised by id and never by name. */
export interface Person {
  readonly user: string
  readonly team: string
  readonly enterprise?: string
}
