import { hour } from '../../domain/time/time'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import type { AuditRecord } from '../../ports/record'

/**
 * Says in the log where the record ends, each real hour: a chain proves its last lines only against a head that is kept
 * where nobody who can write to the store can write, and logs are mostly shipped to such a place.
 */
export const startRecordHead = (
  { record, log }: { readonly record: Pick<AuditRecord, 'head'>; readonly log: Log },
  time: RealTime,
): (() => void) => {
  let callOff = (): void => undefined
  let told = ''
  const tell = async (): Promise<void> => {
    const { sequence, hash } = await record.head()
    if (hash !== told) log.info({ sequence, hash }, 'head of the record')
    told = hash
  }
  const again = (): void => {
    callOff = time.after(hour, () => {
      tell().catch((error: unknown) =>
        log.warn({ error: String(error) }, 'the head of the record was not read'),
      )
      again()
    })
  }
  again()
  return () => callOff()
}
