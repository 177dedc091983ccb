/** The command line's sentences in English. */
export const english = {
  usage: 'Usage',
  examples: 'Examples',
  optionsHead: 'Options',
  commandsHead: 'Commands',
  intro:
    'rollcall asks the Rollcall of your team for a change as you would in Slack: same rules, locks and approvals, same message in the channel.',
  environmentHead: 'Environment',
  environment: {
    ROLLCALL_URL: 'address of the door, https://rollcall.example.com',
    ROLLCALL_TOKEN: 'an OIDC token of the job, or a token of `rollcall token create`',
  },
  exitHead: 'Exit codes',
  exit: '0 succeeded (without --wait: recorded) · 1 rolled back or failed clean · 2 wrong use · 3 refused · 4 needs attention · 5 cancelled · 6 still going at the time-out · 7 not reached or not known',
  more: '`rollcall help <command>` explains one.',
  commands: {
    deploy: 'Replaces the fleet with a version, step by step, with a way back.',
    'update-image': 'Moves the launch template to the newest image.',
    rollback: 'Takes the fleet back to what it served before its last deploy.',
    scale: 'Sets the sizes of the group now and waits until every instance is healthy.',
    schedule: 'Schedules a scale-out for a live event, once or again and again.',
    cancel: 'Stops what runs at the next safe point.',
    lock: 'Holds back every change of a service; rollbacks still pass.',
    unlock: 'Clears the lock on a service.',
    status: 'What serves, how healthy it is, what runs, who holds a lock.',
    show: 'One operation; with --wait until its end.',
    history: 'What was done lately.',
    'audit export': 'The record as JSON lines, or as a table for people.',
    'audit verify': 'Recomputes the chain of a part of the record, and names the first line that differs.',
    'webhooks list': 'Who is told of what by HTTP, whether they take it, and the newest attempts.',
    'webhooks replay': 'Sends again what a webhook did not take, at once.',
    'token create': 'Makes a token for a machine that has no OIDC, and the line of the catalogue for it.',
  } as Readonly<Record<string, string>>,
  options: {
    wait: 'wait for the ending; the exit code says which it was',
    timeout: 'give up waiting after so long (60m); the operation goes on',
    json: 'one JSON object a line',
    'cancel-on-interrupt': 'an interrupt (Ctrl-C, a cancelled job) cancels the operation',
    'idempotency-key': 'the same key again is the same operation (else a random one a call)',
    url: 'address of the door, instead of ROLLCALL_URL',
    help: 'this text',
    'dry-run': 'show the plan, change nothing',
    reason: 'why; shown with the operation',
    override: 'why a closed window is overridden; somebody else has to agree',
    'wait-for-window': 'where a window is closed, wait in line until it opens',
    strategy: 'how the fleet is replaced, for once',
    weights: 'shares of the traffic, one after the other, for canary',
    from: 'bake from this instance, or use this image',
    standby: 'what a refresh does with instances in Standby',
    desired: 'desired capacity',
    min: 'minimum capacity',
    max: 'maximum capacity',
    'after-cooldown': "wait for the group's cooldown first",
    'security-groups-by-id': 'give security groups that the template names by their ids',
    name: 'what people call the event',
    every: 'weekday, daily, mon,wed,fri or cron',
    for: 'how long the lock holds',
    head: 'where the record ended by a head that was kept elsewhere; proves the last lines, too',
    since: 'from then on',
    until: 'up to then',
    csv: 'a table for people, which proves nothing',
    limit: 'how many at the most (20)',
    expires: 'when the token ends: in a year at the latest, and unless said',
  } as Readonly<Record<string, string>>,
  states: {
    planning: 'is planned',
    awaiting_confirmation: 'waits for a confirmation',
    awaiting_approval: 'waits for an approval in the channel',
    queued: 'waits in line',
    running: 'runs',
    held: 'is held',
    finishing: 'finishes',
    returning: 'goes back',
    ended: 'has ended',
  } as Readonly<Record<string, string>>,
  endings: {
    succeeded: 'succeeded',
    rolled_back: 'rolled back',
    failed_clean: 'failed clean: nothing left changed',
    needs_attention: 'needs attention',
    refused: 'refused',
    cancelled: 'cancelled',
  } as Readonly<Record<string, string>>,
  missing: (what: string) => `${what} is missing.`,
  badValue: (what: string, value: string, allowed: string) =>
    `${what}: "${value}" will not do. It takes ${allowed}.`,
  extra: (word: string) => `"${word}" is one word too many. A text of several words stands in quotes.`,
  unknownCommand: (word: string, near?: string) =>
    near === undefined
      ? `There is no command "${word}". \`rollcall help\` lists them.`
      : `There is no command "${word}". Did you mean "${near}"?`,
  unknownOption: (word: string, near?: string) =>
    near === undefined
      ? `There is no option ${word} here.`
      : `There is no option ${word} here. Did you mean ${near}?`,
  noValue: (what: string, allowed: string) => `${what} wants a value: ${allowed}.`,
  flagWithValue: (what: string) => `${what} takes no value.`,
  tokenInSight:
    'A token is never given in the line, where others on the machine can read it: set ROLLCALL_TOKEN.',
  timeoutWithoutWait: '--timeout belongs to --wait.',
  noUrl: 'ROLLCALL_URL is missing: the address of the door, for example https://rollcall.example.com.',
  badUrl: (value: string) =>
    `ROLLCALL_URL: "${value}" is no address. It takes http://… or https://…, without user and password.`,
  noToken: 'ROLLCALL_TOKEN is missing: an OIDC token of the job, or one that `rollcall token create` made.',
  badToken: 'ROLLCALL_TOKEN holds signs that no token has: a line break or a space, perhaps.',
  inTheClear: (host: string) => `The token travels to ${host} unencrypted: prefer https://.`,
  again: (why: string, wait: string) => `Not answered (${why}); again in ${wait}.`,
  notReached: (url: string, why: string) => `${url} was not reached: ${why}.`,
  notADoor: (url: string, why: string) =>
    `What answers at ${url} is no door of Rollcall (${why}): check ROLLCALL_URL.`,
  unsure: (key: string) =>
    `Whether it was recorded is not known. The same line with --idempotency-key ${key} asks for the same operation.`,
  notKnown: (detail: string) => `Not let in: ${detail} Check ROLLCALL_TOKEN.`,
  refused: (detail: string) => `Refused: ${detail}`,
  wrongUse: (detail: string) => `Not understood: ${detail}`,
  lost: (id: string) =>
    `${id} goes on, unless it has ended meanwhile: \`rollcall show ${id} --wait\` follows it.`,
  recorded: (id: string, state: string) => `${id} is recorded and ${state}.`,
  followed: (url: string) => `Followed at ${url}`,
  stillGoing: (id: string, timeout: string) =>
    `${id} is still going after ${timeout}. \`rollcall show ${id} --wait\` follows it, \`rollcall cancel ${id}\` stops it.`,
  leftRunning: (id: string) =>
    `${id} goes on. \`rollcall show ${id} --wait\` follows it, \`rollcall cancel ${id}\` stops it.`,
  cancelling: (id: string) => `${id} is asked to stop at the next safe point. Interrupt again to leave.`,
  cancelFailed: (id: string, why: string) => `${id} could not be cancelled: ${why}`,
  left: (what: string) => `Left: ${what}`,
  warning: (what: string) => `Note: ${what}`,
  nothing: 'Nothing to show.',
  noWebhooks: 'rollcall.yaml has no webhooks.',
  webhookStates: {
    well: 'takes what it is sent',
    failing: 'takes nothing now',
    off: 'is off: it answered 410',
  } as Readonly<Record<string, string>>,
  webhookWaits: (waiting: number, notTaken: number) => `${waiting} waiting, ${notTaken} not taken`,
  webhookAgain: (at: string) => `again at ${at}`,
  webhookOutcomes: {
    delivered: 'delivered',
    failed: 'failed',
    refused: 'refused',
    gone: 'wants no more',
  } as Readonly<Record<string, string>>,
  webhookTry: (tries: number) => `attempt ${tries}`,
  webhookNotTaken: 'not taken',
  done: 'Done.',
  exported: (lines: number, head: string) =>
    `${lines} ${lines === 1 ? 'line' : 'lines'}. The record ends at ${head} now: keep that elsewhere.`,
  verified: (lines: number, first: number, head: string) =>
    `Unaltered: ${lines} ${lines === 1 ? 'line' : 'lines'} from number ${first} on. The chain ends at ${head}.`,
  headMissing:
    'That the last line is as it was proves only a head that was kept elsewhere: --head. The log of the worker has one each hour.',
  headsAgree: (count: number) =>
    count === 1
      ? 'It agrees with the head that was given.'
      : `It agrees with all ${count} heads that were kept.`,
  headDiffers: (given: string) =>
    `ALTERED: the record does not hold the head that was given, ${given}. Lines were altered or taken away.`,
  headNotInside: (given: string) =>
    `The head that was given, ${given}, is of a line that this file does not have.`,
  alteredBefore: (line: number) =>
    `ALTERED: line ${line} does not fit to the one before it: line ${line - 1} was altered, or lines were put in or taken away there.`,
  outOfOrder: (line: number) => `ALTERED: at line ${line} lines are missing, doubled or out of order.`,
  notALine: (line: number) =>
    `Line ${line} is no line of the record. A table (CSV) cannot be verified, only JSON lines.`,
  otherSchema: (line: number) => `Line ${line} is of another version of the record than this program knows.`,
  emptyFile: 'There is no line in it.',
  notRead: (file: string, why: string) => `${file} cannot be read: ${why}.`,
  token: (name: string) => `Token for ${name}, shown this once. Keep it where your pipeline keeps secrets:`,
  tokenLine: 'For the catalogue, under `machines:`:',
  tokenRotation:
    'A machine may have two tokens at once: add the new one, move the pipeline, take the old one out.',
  badExpiry: (value: string) =>
    `--expires: "${value}" will not do. It takes 90d or a date, a year ahead at most.`,
}
