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
import type { Keys } from './rights'

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
  return { clients: clientsOf({ endpoint }), account: accountOf({ endpoint }, time) }
}

const configOf = (
  { endpoint }: Pick<Moto, 'endpoint'>,
  credentials: Keys = { accessKeyId: 'moto', secretAccessKey: 'moto' },
) => ({ endpoint, credentials, requestHandler: loopbackHandler() })

/** Clients of whoever has these keys; while moto asks its IAM about nothing, any will do. */
export const clientsOf = (moto: Pick<Moto, 'endpoint'>, keys?: Keys): SdkClients =>
  createSdkClients(where, configOf(moto, keys))

/** The account as a worker sees it who has these keys. */
export const accountOf = (moto: Pick<Moto, 'endpoint'>, time: MotoTime, keys?: Keys): Account => {
  const clock = { now: () => time.now, real: () => 0 }
  return colorDeviations(createAccounts({ clock, clientConfig: configOf(moto, keys) })(where))
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
      // Who is asked answers at once, by `meanwhile`, and that wakes the operation.
      const isAsked = meanwhile && ['confirming', 'held'].includes(operation.phase)
      time.now = Math.max(time.now + second, isAsked ? 0 : (next?.at ?? 0))
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
    /** Its requester says yes to the plan that waits for it, and has removed what a failed build made. */
    async confirm(): Promise<void> {
      for (const id of await store.journal.unfinished()) {
        const { phase, plan, requester } = there(await store.journal.read(id), 'operation')
        if (phase === 'held')
          await store.journal.signal(id, { id: 'answer', kind: 'go back', by: requester, at: time.now })
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
