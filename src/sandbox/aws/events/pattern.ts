/**
 * Whether an event matches a rule's pattern: every field that the pattern names has one of the values listed, itself or as
 * `{"prefix": …}` (EventBridge user guide, "Event patterns", "Comparison operators"). Other operators match nothing.
 */
export function matches(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern) || !isObject(event)) return false
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = event[field]
    return Array.isArray(wanted) ? wanted.some((one) => matchesValue(one, value)) : matches(wanted, value)
  })
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (isObject(wanted))
    return (
      typeof wanted['prefix'] === 'string' && typeof value === 'string' && value.startsWith(wanted['prefix'])
    )
  return wanted === value
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
