import type { Operation } from '../../domain/operation/operation'
import type { OperationId } from '../../domain/operation/id'
import type { Journal } from '../../ports/journal'
import type { RealTime } from '../../ports/real-time'

/** Real milliseconds: changes come in bursts, and one look serves all of them. */
const settle = 100
/** News may be lost with a connection: so often it is looked at without any. */
const lookEvery = 3_000
/** Callers that wait at once. */
const mostWaiting = 200

interface Waiting {
  readonly id: OperationId
  readonly revision: number
  readonly done: (operation: Operation | undefined, failed?: Error) => void
}

/** Callers who wait for an operation's next change. They share one subscription, and one read for each operation. */
export class OperationWaits {
  private readonly waiting = new Set<Waiting>()
  private unsubscribe: (() => void) | undefined
  private callOff: (() => void) | undefined

  constructor(
    private readonly journal: Pick<Journal, 'read' | 'onChange'>,
    private readonly time: RealTime,
  ) {}

  get full(): boolean {
    return this.waiting.size >= mostWaiting
  }

  /** The operation as soon as it is beyond this revision; undefined when it is not in time. Rejects as the journal does. */
  next(id: OperationId, revision: number, ms: number, gone: AbortSignal): Promise<Operation | undefined> {
    return new Promise((resolve, reject) => {
      const stop = () => one.done(undefined)
      const expire = this.time.after(ms, stop)
      const one: Waiting = {
        id,
        revision,
        done: (operation, failed) => {
          if (!this.waiting.delete(one)) return
          expire()
          gone.removeEventListener('abort', stop)
          if (this.waiting.size === 0) this.rest()
          if (failed === undefined) resolve(operation)
          else reject(failed)
        },
      }
      this.waiting.add(one)
      gone.addEventListener('abort', stop, { once: true })
      if (gone.aborted) return stop()
      this.unsubscribe ??= this.journal.onChange(() => this.lookIn(settle))
      // It may have changed between the caller's look and now.
      this.lookIn(settle)
    })
  }

  private lookIn(ms: number): void {
    if (ms === settle && this.soon) return
    this.callOff?.()
    this.soon = ms === settle
    this.callOff = this.time.after(ms, () => void this.look())
  }
  private soon = false

  private async look(): Promise<void> {
    this.soon = false
    const ids = new Set([...this.waiting].map(({ id }) => id))
    await Promise.all(
      [...ids].map(async (id) => {
        const asked = [...this.waiting].filter((one) => one.id === id)
        try {
          const operation = await this.journal.read(id)
          for (const one of asked)
            if (operation === undefined || operation.revision !== one.revision) one.done(operation)
        } catch (error) {
          const failed =
            error instanceof Error ? error : new Error('the journal cannot be read', { cause: error })
          for (const one of asked) one.done(undefined, failed)
        }
      }),
    )
    if (this.waiting.size > 0 && !this.soon) this.lookIn(lookEvery)
  }

  private rest(): void {
    this.unsubscribe?.()
    this.unsubscribe = undefined
    this.callOff?.()
    this.callOff = undefined
    this.soon = false
  }
}
