import type { FleetSnapshot } from '../domain/fleet/fleet'
import type { Operation, Signal, StepRecord } from '../domain/operation/operation'
import type { Step } from '../domain/steps/step'
import type { Change, Journal, Lease } from '../ports/journal'
import type { Phase } from '../domain/operation/phase'

/** One tick's view of an operation: reads from memory, writes through to the journal under the tick's lease. */
export class Recorder {
  private readonly steps: Map<string, StepRecord>
  private order: number
  private phaseNow: Phase
  private fleet: string
  /** Entered with the next write. */
  private phaseNext: Phase | undefined
  /** Keys met in this replay: a procedure that uses one twice is wrong. */
  private readonly lookedUp = new Set<string>()

  constructor(
    private readonly journal: Journal,
    private readonly lease: Lease,
    readonly operation: Operation,
  ) {
    this.steps = new Map(operation.steps.map((step) => [step.key, step]))
    this.order = operation.steps.reduce((top, step) => Math.max(top, step.order), 0)
    this.phaseNow = operation.phase
    this.fleet = fleetKey(operation.fleet)
  }

  get phase(): Phase {
    return this.phaseNow
  }

  get signals(): readonly Signal[] {
    return this.operation.signals
  }

  /** The record under this key, if any. Throws when the procedure comes by the key a second time. */
  lookUp(key: string): StepRecord | undefined {
    if (this.lookedUp.has(key)) throw new Error(`the procedure uses the key "${key}" twice`)
    this.lookedUp.add(key)
    return this.steps.get(key)
  }

  /** All records, in the order they were made. */
  all(): readonly StepRecord[] {
    return [...this.steps.values()].sort((a, b) => a.order - b.order)
  }

  /** The record of a step, if any, without meeting it. */
  find({ key }: Step): StepRecord | undefined {
    return this.steps.get(key)
  }

  /** Writes a step, new or known, with whatever else belongs into the same write. */
  async put(step: Omit<StepRecord, 'order'>, also: Change = {}): Promise<StepRecord> {
    const record: StepRecord = { ...step, order: this.steps.get(step.key)?.order ?? this.order + 1 }
    await this.write({ ...also, step: record })
    this.order = Math.max(this.order, record.order)
    this.steps.set(record.key, record)
    return record
  }

  async enter(phase: Phase): Promise<void> {
    if (this.phaseNow !== phase) await this.write({ phase })
  }

  /** Enters a phase with the next write, whatever that is of. */
  enterWithNextWrite(phase: Phase): void {
    if (this.phaseNow !== phase) this.phaseNext = phase
  }

  async show(fleet: FleetSnapshot): Promise<void> {
    if (fleetKey(fleet) === this.fleet) return
    await this.write({ fleet })
    this.fleet = fleetKey(fleet)
  }

  async write(change: Change): Promise<{ readonly place: number; readonly next?: string }> {
    const phase = change.phase ?? this.phaseNext
    const written = await this.journal.write(this.lease, { ...change, ...(phase && { phase }) })
    if (phase) this.phaseNow = phase
    this.phaseNext = undefined
    return written
  }
}

/** What makes two snapshots the same to a reader: everything but the time they were taken. */
const fleetKey = (fleet: FleetSnapshot | undefined): string =>
  fleet ? JSON.stringify([fleet.group, fleet.desired, fleet.cells]) : ''
