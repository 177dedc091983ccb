import type { Log } from '../../src/ports/log'

/** A log that nobody reads. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} }
