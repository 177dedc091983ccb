import { defined } from '../../domain/defined'
import type { Service } from '../../domain/catalogue/catalogue'
import type { Lock } from '../../domain/access/lock'
import { condition } from '../../messages/fleet/fleet'
import type { Locale } from '../../messages/locale'
import { serviceText } from '../../messages/door/texts'
import type { ServiceStatus } from '../../domain/fleet/service-status'
import { endingWord, isoTime, servicePath } from './operation-json'
import type { ServiceBody } from './schema'

const lockJson = ({
  kind,
  service,
  why,
  by,
  since,
  until,
  operation,
}: Lock): ServiceBody['locks'][number] => ({
  kind,
  service,
  reason: why,
  by: by.user,
  since: isoTime(since),
  ...defined({ until: until === undefined ? undefined : isoTime(until), operation }),
})

/** A service as the door tells of it. */
export const serviceJson = (service: Service, status: ServiceStatus, locale: Locale): ServiceBody => {
  const { fleet, group, last, error } = status
  // Who leaves was replaced already, who stands by is out on purpose.
  const staying = fleet?.cells.map(condition).filter((one) => one !== 'leaving' && one !== 'standby')
  return {
    name: service.name,
    ...defined({ version: status.version }),
    strategy: service.strategy,
    says: serviceText(status, locale),
    ...(group && { group: { name: group.name, min: group.min, desired: group.desired, max: group.max } }),
    ...defined({ live: status.live }),
    ...(staying && {
      instances: { total: staying.length, healthy: staying.filter((one) => one === 'healthy').length },
    }),
    locks: status.locks.map(lockJson),
    ...defined({ running: status.running?.id }),
    queue: [...status.queue],
    ...(last?.ending && { last: { id: last.id, ending: endingWord(last.ending) } }),
    ...defined({ code: error === 'unanswered' ? 'worker_silent' : error?.code }),
    links: { self: servicePath(service.name), history: `/v1/history?service=${service.name}` },
  }
}
