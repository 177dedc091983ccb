/** What an operation does about a closed window: it overrides it for a reason, or waits until it opens. */
export interface AtWindow {
  readonly override?: string
  readonly waits?: true
}

/** Fewest signs of a reason to override: "urgent" says nothing to who reads it in a year. */
export const shortestReason = 10
