import type { Where } from '../../domain/catalogue'
import type { Account, Accounts } from '../../ports/account'
import type { Clock } from '../../ports/clock'
import type { RealTime } from '../../ports/real-time'
import { realTime } from '../real-time'
import { createAlarms } from './alarms'
import { type ClientConfig, createClients } from './clients'
import { createGroups } from './groups'
import { createImages } from './images'
import type { AwsCall } from './line'
import { createLines, type ReadBudget } from './lines'
import { Observer } from './observer'
import { createSecurityGroups } from './security-groups'
import { createRoom } from './room'
import { createTemplates } from './templates'
import { createTraffic } from './traffic'

export interface AccountsOptions {
  readonly clock: Clock
  /** Real time, for AWS's limits; the machine's own when absent. */
  readonly time?: RealTime
  /** Told of every call, and of every read that another one's answer has served. */
  readonly onCall?: (call: AwsCall) => void
  /** Endpoint, credentials and HTTP handler where AWS's standard variables are not to decide. */
  readonly clientConfig?: ClientConfig
  /** Other limits than usual for the reads of a service, for accounts that share theirs with much else. */
  readonly readBudget?: Partial<ReadBudget>
}

/** AWS behind the ports: clients, observer and limits once for each region and role, made when first asked for. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { clock, time = realTime, onCall, clientConfig, readBudget } = options
  const accounts = new Map<string, Account>()
  const open = (where: Where): Account => {
    const clients = createClients(where, clientConfig)
    const lines = createLines(where.region, clock, time, (call) => onCall?.(call), readBudget)
    const observer = new Observer(clock, time, clients, lines)
    return {
      images: createImages(clients, lines.ec2, clock, time),
      templates: createTemplates(clients, lines.ec2),
      groups: createGroups(clients, lines.autoScaling, observer),
      traffic: createTraffic(clients, lines.elb, observer),
      securityGroups: createSecurityGroups(clients, lines.ec2),
      room: createRoom(clients, lines),
      alarms: createAlarms(clients, lines.cloudWatch),
    }
  }
  return (where) => {
    const place = `${where.region} ${where.role ?? ''}`
    const known = accounts.get(place) ?? open(where)
    accounts.set(place, known)
    return known
  }
}
