/**
 * Retired words, each with the field's term for it (docs/glossary.md). Of compound names the words stand in a row, as in
 * `frontDesk` or `front-desk`; a word is looked for in identifiers and in file names, whatever stands before or behind it.
 * @type {Readonly<Record<string, string>>}
 */
export const retired = {
  desk: 'GatewayDeps, PlanContext',
  'front desk': 'GatewayDeps',
  workshop: 'WorkerDeps',
  affairs: 'service status',
  midway: 'residual resources',
  leftovers: 'residual resources',
  reception: 'respond',
  surprise: 'unexpected error',
  trouble: 'error, problem',
  amiss: 'problem',
  odd: 'invalid',
  mend: 'fix',
  mends: 'fix',
  mended: 'fixed',
  misunderstanding: 'parse error',
  misunderstood: 'parse error',
  voice: 'locale',
  speech: 'copy',
  whisper: 'postEphemeral',
  patience: 'timeout',
  'enter soon': 'enterWithNextWrite',
  'bring image': 'ensureImage',
  'bring version': 'ensureTemplateVersion',
  'bring schedule': 'applySchedule',
  'bring back': 'restoreFromStandby',
  'record shape': 'snapshotGroup',
  stillness: 'quiescence',
  carriers: 'groups with target group',
  neighbours: 'batch window',
  flying: 'in flight',
  appointment: 'timer',
  appointments: 'timers',
  'take pen': 'acquireLease',
  pen: 'lease',
  lectern: 'LeaderLease',
  teller: 'MessagePublisher',
  restraint: 'RateLimiter',
  'hand over': 'transfer scaling',
  'stand aside': 'drain to standby',
  'take to zero': 'scale to zero',
  'let go': 'terminate standby',
  'goes out': 'scaleOutAt',
  'goes in': 'scaleInAt',
  'see out': 'watchScaleOut',
  'deaf route': 'unrouted',
  twin: 'counterpart',
  twins: 'counterparts',
  weigh: 'set weights',
  'carry out': 'run, with what',
}

/** Names that the store holds (codes of reasons, members of outcomes): they keep their value. */
const stored = new Set(['left_midway', 'mend', 'mends', 'odd', 'trouble', 'twin_missing', 'worker_surprise'])

/** The words of a name: `takeToZero`, `take-to-zero` and `TAKE_TO_ZERO` have the same. @param {string} name */
const wordsOf = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase())

/** The retired word in a name, where it has one. @param {string} name @returns {string | undefined} */
export const retiredIn = (name) => {
  if (stored.has(name)) return undefined
  const words = ` ${wordsOf(name).join(' ')} `
  return Object.keys(retired).find((word) => words.includes(` ${word} `))
}
