import type { BotView, CallRecord, Fault, FleetView, ForeignImage, TrafficView } from '../protocol'
import type { Demand } from '../aws/traffic/demand'
import type { SlackFault } from '../slack/faults'

/** A fault of the simulated AWS. */
export type AwsFault = Exclude<Fault, SlackFault>

/** What the control routes need of the simulated AWS and of its clock. */
export interface World {
  fleet(): FleetView
  /** What customers see. */
  traffic(): TrafficView
  /** Sets the simulated customers of a load balancer, by name; false where there is no such one. */
  setTraffic(loadBalancer: string, demand: Demand): boolean
  /** Calls with a sequence beyond `since`, oldest first. */
  calls(since: number): CallRecord[]
  /** Sets a fault and gives its id. */
  setFault(fault: AwsFault): string
  /** Clears one fault, or all. */
  clearFaults(id?: string): void
  faults(): { id: string; fault: Fault }[]
  /** Puts an image into the world that no call could make, and gives its id. */
  plantImage(image: ForeignImage): string
  onFaults(watcher: () => void): () => void
  onChange(watcher: () => void): () => void
  onCall(watcher: (call: CallRecord) => void): () => void
  /** Simulated time at a real instant, both in milliseconds since the epoch. */
  shownAt(real: number): number
  /** Simulated seconds a real second. */
  speed(): number
  setSpeed(speed: number): void
  /** Whether AWS Backup takes images of the web server each night, and whether the bot's catalogue speaks of them. */
  setBackups(on: boolean): void
}

/** The bot's processes, as the page shows and stops them. */
export interface Bots {
  list(): BotView[]
  /** kill -9; it is started again after a moment, as a supervisor would. */
  kill(role: string): boolean
  /** Starts a stopped one at once. */
  start(role: string): boolean
  /** Stops and starts all of them, e.g. at another pace. */
  restart(): Promise<void>
  onChange(watcher: () => void): () => void
}
