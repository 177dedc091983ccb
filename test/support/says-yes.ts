import type { Rehearsal } from './rehearsal'

/** Alice says yes to every plan that waits for her word. */
export const saysYes = async (rehearsal: Rehearsal): Promise<void> => {
  for (const id of await rehearsal.store.journal.unfinished()) {
    const { phase, plan, requester } = await rehearsal.operation(id)
    if (phase !== 'confirming' || !plan) continue
    const { fingerprint } = plan
    await rehearsal.say(id, { id: `yes-${fingerprint}`, kind: 'confirm', by: requester, fingerprint })
  }
}
