/** What a target tracking policy knows when it decides. */
export interface Tracked {
  readonly target: number
  /** The metric's newest value. */
  readonly value: number
  /** Units that counted in that value: in service, and warm at the time. */
  readonly measured: number
  readonly desired: number
}

/**
 * The capacity that brings the metric to its target, in proportion and rounded up: "because it is not possible to add
 * 1.5 instances, we round up"; undefined where that is no more than is desired, warming instances included.
 * aws: EC2 Auto Scaling user guide, "Target tracking scaling policies".
 */
export function scaleOutTo({ target, value, measured, desired }: Tracked): number | undefined {
  const wanted = Math.ceil((measured * value) / target - 1e-9)
  return wanted > desired ? wanted : undefined
}

/**
 * The capacity to scale in to, where the metric stays below its target: "if we determine that removing 1.5 instances
 * increases your CPU utilization to above 50 percent, we remove just one". More gradually than out: half of what could
 * go, one at least. The halving is the simulator's; AWS says "more gradually" alone.
 */
export function scaleInTo({ target, value, desired }: Tracked): number | undefined {
  const spare = desired - Math.ceil((desired * value) / target - 1e-9)
  return spare <= 0 ? undefined : desired - Math.max(1, Math.floor(spare / 2))
}
