import type { Where } from '../domain/catalogue/catalogue'
import type { Alarms } from './alarms'
import type { Groups } from './groups'
import type { Images } from './images'
import type { Headroom } from './headroom'
import type { Listeners, LoadBalancers } from './load-balancers'
import type { Metrics } from './metrics'
import type { Networks } from './networks'
import type { SecurityGroups } from './security-groups'
import type { Tagging } from './tagging'
import type { TargetGroups } from './target-groups'
import type { Templates } from './templates'
import type { Traffic } from './traffic'

/** One AWS account and region, behind one batched observer and one set of limits. */
export interface Account {
  readonly images: Images
  readonly templates: Templates
  readonly groups: Groups
  readonly traffic: Traffic
  readonly networks: Networks
  readonly securityGroups: SecurityGroups
  readonly targetGroups: TargetGroups
  readonly loadBalancers: LoadBalancers
  readonly listeners: Listeners
  readonly tagging: Tagging
  readonly headroom: Headroom
  readonly alarms: Alarms
  readonly metrics: Metrics
}

/** Gives the account a service lives in; the same object for the same place. */
export type Accounts = (where: Where) => Account
