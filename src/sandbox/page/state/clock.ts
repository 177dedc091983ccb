import { computed, effect, signal } from '@preact/signals'
import { fleet, speed } from './account'

/** The simulated instant, kept going between the server's words. Milliseconds since the epoch. */
export const now = signal(Date.now())
/** The same by the minute: for texts that need no seconds, so that they are not drawn four times a second. */
export const minute = computed(() => Math.floor(now.value / 60_000) * 60_000)

let base = { simulated: Date.now(), real: performance.now() }

effect(() => {
  const view = fleet.value
  if (view === null) return
  base = { simulated: view.now, real: performance.now() }
  now.value = view.now
})

/** Lets the clock run, four times a second while the page is seen. Gives what stops it. */
export const runClock = (): (() => void) => {
  const tick = () => {
    if (fleet.value === null || document.hidden) return
    now.value = base.simulated + (performance.now() - base.real) * speed.value
  }
  const timer = setInterval(tick, 250)
  return () => clearInterval(timer)
}
