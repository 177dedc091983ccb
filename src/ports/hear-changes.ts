import type { ChangingCall } from '../domain/operation/operation'

/** Does some work, and tells of each call that AWS answered meanwhile which was to change something. */
export type HearChanges = <T>(heard: (call: ChangingCall) => void, work: () => Promise<T>) => Promise<T>
