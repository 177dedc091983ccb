/** Oldest template first, then oldest instance: what a surge's scale-in takes once the new ones have proved themselves. */
export const oldestFirst: readonly string[] = ['OldestLaunchTemplate', 'OldestInstance']

/**
 * The termination policies of a group for as long as instances are launched that may never get healthy: whoever scales in
 * meanwhile, an event that ends, an alarm or a person, takes those. By AWS's default policy the oldest launch template goes
 * first, which is all that serves. A Lambda function of people's own decides on, and stands first, as AWS wants it (EC2 Auto
 * Scaling user guide, "Configure termination policies" and "Create a custom termination policy with Lambda").
 */
export const newestFirst = (own: readonly string[]): readonly string[] => [
  ...own.filter((policy) => policy.startsWith('arn:')),
  'NewestInstance',
]
