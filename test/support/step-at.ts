import type { Kind, Step } from '../../src/domain/steps/step'

/** A step with a key of the test's own, which no procedure declares. */
export const stepAt = <K extends Kind>(kind: K, key: string): Step<K, 'none', true, never> => ({
  kind,
  key,
  label: key,
  task: 'fleet',
  name: key,
  scope: [],
  suffix: '',
  visible: true,
  effect: 'none',
  ends: false,
})
