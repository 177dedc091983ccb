import type { Simulation } from '../engine/simulation'

interface Asked {
  readonly QueueUrl?: string
  readonly WaitTimeSeconds?: number
}

/**
 * Resolves when a queue that was found empty has a message to give, or the wait that the call asked for is over (SQS
 * developer guide, "Short and long polling"); at once where it asked for none.
 */
export async function untilMessage(
  sim: Simulation,
  { QueueUrl = '', WaitTimeSeconds = 0 }: Asked,
  onChange: (listener: () => void) => () => void,
): Promise<void> {
  if (WaitTimeSeconds <= 0) return
  const isThere = () => sim.world.queues.get(QueueUrl)?.messages.some(({ visibleAt }) => visibleAt <= sim.now)
  await new Promise<void>((resolve) => {
    const over = sim.clock.at(sim.now + WaitTimeSeconds * 1000, () => end())
    const stop = onChange(() => {
      if (isThere()) end()
    })
    const end = () => {
      over.cancel()
      stop()
      resolve()
    }
  })
}
