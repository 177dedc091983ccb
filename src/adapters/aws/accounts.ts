import type { Where } from '../../domain/catalogue/catalogue'
import type { Account, Accounts } from '../../ports/account'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import { realTime } from '../real-time'
import { createAlarms } from './cloudwatch/alarms'
import { createMetrics } from './cloudwatch/metrics'
import { type ClientConfig, createSdkClients } from './client/sdk-clients'
import { createGroups } from './autoscaling/groups'
import { createImages } from './ec2/images'
import type { AwsCall } from './client/client'
import { clientsByOperation } from './client/operation-session'
import { createServiceClients, type ReadRateLimits } from './client/service-clients'
import { CachedReads } from './reads/cached-reads'
import { createSecurityGroups } from './ec2/security-groups'
import { createHeadroom } from './ec2/headroom'
import { createTemplates } from './ec2/templates'
import { createNetworks } from './ec2/networks'
import { createListeners } from './elb/listeners'
import { createLoadBalancers } from './elb/load-balancers'
import { createTargetGroups } from './elb/target-groups'
import { createTraffic } from './elb/traffic'
import { createTagging } from './tagging'

export interface AccountsOptions {
  readonly clock: Clock
  /** Real time, for AWS's limits; the machine's own when absent. */
  readonly time?: RealTime
  /** Told of every call, and of every read that another one's answer has served. */
  readonly onCall?: (call: AwsCall) => void
  /** Endpoint, credentials and HTTP handler where AWS's standard variables are not to decide. */
  readonly clientConfig?: ClientConfig
  /** Other limits than usual for the reads of a service, for accounts that share theirs with much else. */
  readonly readRateLimits?: Partial<ReadRateLimits>
}

/** AWS behind the ports: clients, observer and limits once for each region and role, made when first asked for. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { clock, time = realTime, onCall, clientConfig, readRateLimits } = options
  const accounts = new Map<string, Account>()
  const open = (where: Where): Account => {
    const shared = createSdkClients(where, clientConfig)
    const openSession = (session: string) => createSdkClients(where, clientConfig, session)
    const clients = where.role === undefined ? shared : clientsByOperation(shared, openSession)
    const services = createServiceClients(where.region, clock, time, (call) => onCall?.(call), readRateLimits)
    const reads = new CachedReads(clock, time, shared, services)
    return {
      images: createImages(clients, services.ec2, clock, time),
      templates: createTemplates(clients, services.ec2),
      groups: createGroups(clients, services.autoScaling, reads),
      traffic: createTraffic(clients, services.elb, reads),
      networks: createNetworks(clients, services.ec2),
      securityGroups: createSecurityGroups(clients, services.ec2),
      targetGroups: createTargetGroups(clients, services.elb, reads),
      loadBalancers: createLoadBalancers(clients, services.elb),
      listeners: createListeners(clients, services.elb),
      tagging: createTagging(clients, services),
      headroom: createHeadroom(clients, services),
      alarms: createAlarms(clients, services.cloudWatch),
      metrics: createMetrics(clients, services.cloudWatch, clock, time),
    }
  }
  return (where) => {
    const locationKey = `${where.region} ${where.role ?? ''} ${where.externalId ?? ''}`
    const known = accounts.get(locationKey) ?? open(where)
    accounts.set(locationKey, known)
    return known
  }
}
