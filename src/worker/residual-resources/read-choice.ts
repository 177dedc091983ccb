import type { Json } from '../../domain/json'
import type { ReadRecord } from '../../domain/steps/records'

/** The fields of recorded data; none where it is something else. */
export type Fields = { readonly [name: string]: Json | undefined }

export const fieldsOf = (value: Json | undefined): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

export const textsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** A field of what a step chose. */
export const chosen = ({ record }: ReadRecord, name: string): Json | undefined =>
  fieldsOf(record.choice)[name]
