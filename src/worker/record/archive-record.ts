import { sequenceOf } from '../../domain/record/chain'
import { hour, minute } from '../../domain/time/time'
import type { Log } from '../../ports/log'
import type { RealTime } from '../../ports/real-time'
import type { AuditRecord } from '../../ports/record'
import type { RecordArchive } from '../../ports/record-archive'

/** Lines in one object. */
const most = 500

interface Parts {
  readonly record: Pick<AuditRecord, 'head' | 'after' | 'beginArchive' | 'advanceArchive'>
  readonly archive: RecordArchive
  /** The time of day in the real world, in milliseconds. */
  readonly now: () => number
  readonly onWaiting?: (lines: number) => void
}

const pad = (number: number, digits: number): string => String(number).padStart(digits, '0')
const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10).replaceAll('-', '/')
const writtenAt = (line: string): number => {
  const { at } = JSON.parse(line) as { readonly at?: unknown }
  return typeof at === 'string' ? Date.parse(at) : Number.NaN
}

/** By the first line, so that whoever archives it, and however often, gives it the same name. */
const nameOf = (first: string): string => {
  const at = writtenAt(first)
  return `lines/${dayOf(Number.isNaN(at) ? 0 : at)}/${pad(sequenceOf(first), 12)}.jsonl`
}

/** An archive that holds something else than the record does: nothing may be trimmed, and a person has to look. */
export class ArchiveDiffers extends Error {
  override readonly name = 'ArchiveDiffers'
}

/** Keeps lines in one object, and gives the number of the last line that it holds. */
const keepLines = async (
  { archive, record }: Pick<Parts, 'archive' | 'record'>,
  lines: readonly string[],
): Promise<number> => {
  const [first = ''] = lines
  const name = nameOf(first)
  if ((await archive.keep(name, lines.map((line) => `${line}\n`).join(''))) === 'kept')
    return sequenceOf(lines.at(-1) ?? '')
  // Another worker was here, or one that died before it could say so, when the record was shorter or longer.
  const there = (await archive.read(name)).split('\n').slice(0, -1)
  const ours = there.length > lines.length ? await record.after(sequenceOf(first) - 1, there.length) : lines
  if (there.length === 0 || there.some((line, at) => line !== ours[at]))
    throw new ArchiveDiffers(`${name} holds other lines than the record`)
  return sequenceOf(there.at(-1) ?? '')
}

/**
 * Brings what the record has grown by, and where it ends, to where nobody can alter it. Killed anywhere and run again, by
 * several workers too, it comes to the same. Rejects with StoreUnavailable, AwsFailure, ArchiveDiffers.
 */
export const archiveRecord = async (parts: Parts): Promise<void> => {
  const { record, archive, now, onWaiting = () => {} } = parts
  let archived = await record.beginArchive()
  const head = await record.head()
  onWaiting(head.sequence - archived)
  while (archived < head.sequence) {
    const lines = await record.after(archived, most)
    if (sequenceOf(lines[0] ?? '') !== archived + 1)
      throw new ArchiveDiffers(`line ${archived + 1} of the record is neither archived nor kept`)
    archived = await keepLines(parts, lines)
    await record.advanceArchive(archived)
    onWaiting(Math.max(0, head.sequence - archived))
  }
  const at = now()
  const time = new Date(at).toISOString()
  // Of several workers the first of the hour says it; what the others would say is as true.
  await archive.keep(
    `heads/${dayOf(at)}/${time.slice(11, 13)}.json`,
    `${JSON.stringify({ ...head, at: time })}\n`,
  )
}

/** Archives the record each real hour, and each minute while that fails: until it succeeds nothing is trimmed. */
export const startArchiving = (
  { log, ...parts }: Parts & { readonly log: Log },
  time: RealTime,
): (() => void) => {
  let callOff = (): void => undefined
  let stopped = false
  let failing = false
  const again = (ms: number): void => {
    if (!stopped) callOff = time.after(ms, () => void run())
  }
  const run = async (): Promise<void> => {
    try {
      await archiveRecord(parts)
      if (failing) log.info({}, 'the record is archived again')
      failing = false
      again(hour)
    } catch (error) {
      // Said once, and then as often as an hour goes by, by whoever watches the metric.
      if (!failing)
        log.error({ err: error }, 'the record cannot be archived: nothing of it is trimmed until it can be')
      failing = true
      again(minute)
    }
  }
  again(0)
  return () => {
    stopped = true
    callOff()
  }
}
