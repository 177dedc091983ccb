import { createAccounts } from '../../src/adapters/aws/accounts'
import { createSdkClients, type SdkClients } from '../../src/adapters/aws/client/sdk-clients'
import { timerHandler } from '../../src/worker/timers/fire-timer'
import { createTick } from '../../src/worker/tick'
import type { WorkerDeps } from '../../src/worker/deps'
import type { Service } from '../../src/domain/catalogue/catalogue'
import type { Operation } from '../../src/domain/operation/operation'
import type { Request } from '../../src/domain/operation/request'
import { hour, second } from '../../src/domain/time/time'
import type { Account } from '../../src/ports/account'
import { memoryStore } from '../support/memory-journal'
import { loopbackHandler } from '../support/loopback-only'
import { newOperation } from '../support/operations'
import type { Moto } from '../support/moto'
import { silentLog } from '../support/silent-log'
import { catalogueOf } from '../support/simulation'
import { colorDeviations } from './deviations'

export const there = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`moto gave no ${what}`)
  return value
}

/** The clock of a workplace: it stands still but for the leaps of what waits. */
export interface MotoTime {
  now: number
}

const where = { region: 'ap-northeast-2' }

/** Ends the connections of clients. */
export const destroyClients = ({ ec2, autoScaling, elb, quotas, cloudWatch }: SdkClients): void => {
  for (const client of [ec2, autoScaling, elb, quotas, cloudWatch]) client.destroy()
}

/** An empty moto: clients to fill it with, and the account as a worker of colors sees it. */
export const emptied = async (
  { endpoint }: Moto,
  time: MotoTime,
): Promise<{ readonly clients: SdkClients; readonly account: Account }> => {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' })
  const clientConfig = {
    endpoint,
    credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
    requestHandler: loopbackHandler(),
  }
  const clock = { now: () => time.now, real: () => 0 }
  const account = colorDeviations(createAccounts({ clock, clientConfig })(where))
  return { clients: createSdkClients(where, clientConfig), account }
}

/** A worker of one service on an account, whose time leaps from look to look. */
export const workplace = (service: Service, account: Account, time: MotoTime) => {
  const clock = { now: () => time.now, real: () => 0 }
  const store = memoryStore({ clock })
  const workshop: WorkerDeps = {
    catalogue: catalogueOf(service),
    accounts: () => account,
    journal: store.journal,
    locks: store.locks,
    timers: store.timers,
    calendar: store.calendar,
    people: { groupsOf: async () => [] },
    wakeups: { wake: async () => {} },
    clock,
    log: silentLog,
  }
  const tick = createTick(workshop)
  store.timers.subscribe(timerHandler(workshop))
  const ended = async (id: string, meanwhile?: (now: number) => Promise<void>): Promise<Operation> => {
    const until = time.now + hour
    for (;;) {
      const next = await tick(id)
      const operation = there(await store.journal.read(id), 'operation')
      if (operation.ending) return operation
      if (time.now > until) throw new Error(`not ended in time: ${operation.steps.at(-1)?.key}`)
      time.now = Math.max(time.now + second, next?.at ?? time.now)
      await meanwhile?.(time.now)
    }
  }
  let count = 0
  return {
    /** Asks for something and lets time pass until it has ended. */
    async runToEnd(request: Request, meanwhile?: (now: number) => Promise<void>): Promise<Operation> {
      count += 1
      const id = `${service.name}-${count}`
      await store.journal.create({ ...newOperation(id, service.name), request, createdAt: time.now }, id)
      return ended(id, meanwhile)
    },
    /** Its requester says yes to the plan that waits for it. */
    async confirm(): Promise<void> {
      for (const id of await store.journal.unfinished()) {
        const { phase, plan, requester } = there(await store.journal.read(id), 'operation')
        if (phase !== 'confirming' || !plan) continue
        const { fingerprint } = plan
        const signal = { id: `yes ${fingerprint}`, kind: 'confirm' as const, by: requester, fingerprint }
        await store.journal.signal(id, { ...signal, at: time.now })
      }
    },
    /** Lets time pass, with what starts by itself meanwhile. */
    async pass(span: number): Promise<Operation[]> {
      time.now += span
      await store.keepAppointments()
      return Promise.all((await store.journal.unfinished()).map((id) => ended(id)))
    },
  }
}
