import type { Where } from '../domain/catalogue/catalogue'
import type { Alarms } from './alarms'
import type { Groups } from './groups'
import type { Images } from './images'
import type { SecurityGroups } from './security-groups'
import type { Headroom } from './headroom'
import type { Templates } from './templates'
import type { Traffic } from './traffic'

/** One AWS account and region, behind one batched observer and one set of limits. */
export interface Account {
  readonly images: Images
  readonly templates: Templates
  readonly groups: Groups
  readonly traffic: Traffic
  readonly securityGroups: SecurityGroups
  readonly headroom: Headroom
  readonly alarms: Alarms
}

/** Gives the account a service lives in; the same object for the same place. */
export type Accounts = (where: Where) => Account
