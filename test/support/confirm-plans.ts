import type { Simulation } from './simulation'

/** Alice says yes to every plan that waits for her word. */
export const confirmPlans = async (simulation: Simulation): Promise<void> => {
  for (const id of await simulation.store.journal.unfinished()) {
    const { phase, plan, requester } = await simulation.operation(id)
    if (phase !== 'confirming' || !plan) continue
    const { fingerprint } = plan
    await simulation.signal(id, { id: `yes-${fingerprint}`, kind: 'confirm', by: requester, fingerprint })
  }
}
