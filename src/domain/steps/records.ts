import type { Json } from '../json'
import type { StepRecord } from '../operation/operation'
import { ownKey } from './key'
import type { Declaration, Step } from './step'
import { type ReadKey, readKey } from './read-key'

/** The record of a step, on the way there. */
export const recordOf = (records: readonly StepRecord[], { key }: Step): StepRecord | undefined =>
  records.find((record) => record.key === key)

/** What a step that is done came to, on the way there; undefined while it is not. */
export const outcomeOf = (records: readonly StepRecord[], step: Step): Json | undefined => {
  const record = recordOf(records, step)
  return record?.state === 'done' ? record.outcome : undefined
}

/** A record with what its key says. */
export interface ReadRecord extends ReadKey {
  readonly record: StepRecord
}

/** A record with what its key says; undefined where no step has such a key. */
export const readRecord = (record: StepRecord): ReadRecord | undefined => {
  const read = readKey(record.key)
  return read && { ...read, record }
}

/** All records whose keys some step has, oldest first. */
export const readRecords = (records: readonly StepRecord[]): readonly ReadRecord[] =>
  records.toSorted((a, b) => a.order - b.order).flatMap((record) => readRecord(record) ?? [])

/** All records of one declaration, whatever their scope, on the way there and back, oldest first. */
export const recordsOf = (records: readonly StepRecord[], declaration: Declaration): readonly ReadRecord[] =>
  readRecords(records.filter(({ key }) => ownKey(key).startsWith(`${declaration.task}/`))).filter(
    (read) => read.declaration === declaration,
  )
