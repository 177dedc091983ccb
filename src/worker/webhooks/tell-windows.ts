import type { Catalogue } from '../../domain/catalogue/catalogue'
import { minute } from '../../domain/time/time'
import { windowEvents } from '../../domain/webhooks/event'
import { anyWants } from '../../domain/webhooks/webhook'
import { covers } from '../../domain/windows/change-window'
import { turnOf } from '../../domain/windows/turn'
import type { Clock } from '../../ports/clock'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import type { WindowTurns } from '../../ports/window-turns'

interface Deps {
  readonly catalogue: Pick<Catalogue, 'services' | 'windows' | 'webhooks'>
  readonly windowTurns: WindowTurns
  readonly clock: Clock
  readonly log: Log
}

/** Tells of each window that closed or opened since the last look, once however many workers look. */
export const tellWindows = async ({ catalogue, windowTurns, clock }: Deps): Promise<void> => {
  const { windows = [] } = catalogue
  const names = [...catalogue.services.keys()]
  const known = await windowTurns.told()
  const now = clock.now()
  for (const window of windows) {
    const was = known.get(window.name)
    const services = names.filter((service) => covers(window, service))
    const { turns, told } = turnOf(window, was?.told, now)
    const events = turns.flatMap((turn) => windowEvents(window.name, services, turn))
    if (events.length > 0 || was === undefined)
      await windowTurns.tell(window.name, was, { told, services }, events)
  }
  // The file has it no more: what it had closed is open.
  for (const [name, was] of known) {
    if (windows.some((window) => window.name === name)) continue
    const open = was.told === 'open' ? [] : windowEvents(name, was.services, { closed: false, at: now })
    await windowTurns.tell(name, was, undefined, open)
  }
}

/** Looks each minute of the clock, where anybody wants to be told. */
export const startTellingWindows = (deps: Deps, time: RealTime): (() => void) => {
  if (!anyWants(deps.catalogue.webhooks ?? [], ['window.closed', 'window.opened'])) return () => {}
  let stopped = false
  let callOff = (): void => undefined
  const turn = async (): Promise<void> => {
    await tellWindows(deps).catch((error: unknown) =>
      deps.log.warn({ error: String(error) }, 'nobody was told of windows'),
    )
    if (!stopped) callOff = time.after(deps.clock.real(minute), () => void turn())
  }
  void turn()
  return () => {
    stopped = true
    callOff()
  }
}
