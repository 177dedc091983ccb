/** How long AWS takes, [least, most] seconds; drawn evenly. The estimates of what AWS documents only in words. */
export const durations = {
  imageBake: [180, 480],
  /** On top of the bake, and how long the source is away, where it is rebooted. */
  imageReboot: [60, 120],
  boot: [15, 40],
  shutDown: [30, 120],
  /** EC2 is eventually consistent: until a fresh id is known everywhere. */
  visibility: [0, 5],
  /** From a change of desired capacity to the group's first act. */
  reaction: [5, 30],
  /** From a running instance to InService, where no hook waits. */
  registration: [1, 3],
  /** From a target's registration to its first successful check. */
  firstCheck: [10, 40],
  /** Of those, as long as the registration itself is in progress. */
  targetRegistration: [2, 5],
  /** Entering Standby without a load balancer; leaving a group without one. */
  leaving: [3, 7],
  /** From an instance's death or a target's verdict to the group's. */
  healthVerdict: [5, 20],
  refreshStart: [5, 20],
  /** User guide, "Scheduled scaling": seconds as a rule, but up to two minutes. */
  scheduledLag: [0, 120],
  loadBalancerProvisioning: [120, 180],
  /** From DeleteLoadBalancer until its interfaces are gone (hashicorp/terraform#3758: "some minutes"). */
  interfaceRelease: [60, 240],
  attachment: [5, 15],
} as const satisfies Record<string, readonly [number, number]>

export type Duration = keyof typeof durations
