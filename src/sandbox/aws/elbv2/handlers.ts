import type { ElbHandlers } from '../handlers'
import { listenerHandlers } from './listeners'
import { loadBalancerHandlers } from './load-balancers'
import { elbTagHandlers } from './tags'
import { targetGroupHandlers } from './target-groups'
import { targetHandlers } from './targets'

/** All ELBv2 actions that the simulator knows. */
export const elbHandlers = {
  ...listenerHandlers,
  ...loadBalancerHandlers,
  ...elbTagHandlers,
  ...targetGroupHandlers,
  ...targetHandlers,
} satisfies ElbHandlers
