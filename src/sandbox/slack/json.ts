/** JSON as it comes over the wire: objects with unknown values, looked at before they are believed. */
export type Obj = { [key: string]: unknown }

/** Whether `value` is a JSON object (not an array, not null). */
export function isObj(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text at `key`, or undefined where there is none. */
export function textAt(object: Obj, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}

/** The text at `key`, or the empty one where there is none. */
export function wordAt(object: Obj, key: string): string {
  return textAt(object, key) ?? ''
}

/** The object at `key`, or undefined where there is none. */
export function objAt(object: Obj, key: string): Obj | undefined {
  const value = object[key]
  return isObj(value) ? value : undefined
}

/** The objects in the list at `key`; an empty list where there is none. */
export function objsAt(object: Obj, key: string): Obj[] {
  const value = object[key]
  return Array.isArray(value) ? value.filter(isObj) : []
}

/** Parses JSON; undefined where the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
