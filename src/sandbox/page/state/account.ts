import { signal } from '@preact/signals'
import type { BotView, CallRecord, Fault, FleetView } from '../../protocol'

/** How many AWS calls the ticker remembers. */
const remembered = 200

export const fleet = signal<FleetView | null>(null)
export const calls = signal<CallRecord[]>([])
export const bots = signal<BotView[]>([])
export const faults = signal<{ id: string; fault: Fault }[]>([])
export const speed = signal(20)

/** Adds calls to the ticker, each once, the newest last. */
export const addCalls = (more: CallRecord[]) => {
  const last = calls.value.at(-1)?.sequence ?? -1
  const fresh = more.filter((call) => call.sequence > last)
  if (fresh.length > 0) calls.value = [...calls.value, ...fresh].slice(-remembered)
}
