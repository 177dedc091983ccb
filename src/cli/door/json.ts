/** What an answer may hold: read field by field, for a newer server may send more. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export const textsIn = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

export const listIn = (fields: Fields, name: string): readonly Fields[] | undefined => {
  const value = fields[name]
  return Array.isArray(value) ? value.filter(isFields) : undefined
}

export const fieldsIn = (fields: Fields, name: string): Fields | undefined => {
  const value = fields[name]
  return isFields(value) ? value : undefined
}
