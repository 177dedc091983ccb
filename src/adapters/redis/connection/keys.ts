/**
 * The names of all keys. They begin with one prefix that is a hash tag, so that a store in cluster mode
 * keeps them in one slot: scripts then may reach an operation's further keys from its first.
 */
export const keysOf = (prefix: string) => {
  const tag = `{${prefix}}`
  const name = (rest: string) => `${tag}:${rest}`
  return {
    /** What every key begins with; BullMQ's keys, too. */
    tag,
    /** What scripts put before the names of keys that they find out themselves. */
    base: `${tag}:`,
    operation: (id: string) => name(`operation:${id}`),
    delivery: (delivery: string) => name(`delivery:${delivery}`),
    queue: (service: string) => name(`line:${service}`),
    history: (service: string | undefined) => name(service === undefined ? 'history' : `history:${service}`),
    unfinished: name('unfinished'),
    /** Operations that were told something no tick has seen yet, by when (server's microseconds). */
    attention: name('attention'),
    /** Operations that a notifier shall look at, by when (server's microseconds). */
    changed: name('changed'),
    /** The revision at which a notifier took them. */
    taken: name('taken'),
    /** The channel that says that something changed. */
    news: name('news'),
    post: (id: string) => name(`post:${id}`),
    lease: (id: string) => name(`hold:${id}`),
    locks: name('locks'),
    /** The lines of the record, the oldest first; and where it ends. */
    record: name('record'),
    recordHead: name('record:head'),
    timers: name('appointments'),
    /** Their ids, by when they are due (clock time). */
    timersDue: name('appointments:due'),
    /** The live events, by id. */
    calendar: name('calendar'),
    members: (group: string) => name(`members:${group}`),
    /** Who of one user is a full member of the workspace: that user, or nobody. */
    fullMember: (user: string) => name(`full-member:${user}`),
    /** A signed request of Slack that was carried out, by its hash. */
    request: (hash: string) => name(`request:${hash}`),
    /**
     * A call at the door, by its machine and idempotency key; a token that is good once; who may read what; changes and
     * rates of a machine.
     */
    apiCall: (hash: string) => name(`api-call:${hash}`),
    apiOnce: (hash: string) => name(`api-once:${hash}`),
    apiReader: (hash: string) => name(`api-reader:${hash}`),
    apiChanges: (who: string) => name(`api-changes:${who}`),
    apiRate: (window: string) => name(`api-rate:${window}`),
    requests: name('questions'),
    replies: (asker: string) => name(`answers:${asker}`),
    /** Operations that follow something in AWS, by until when (server's microseconds). */
    followers: (region: string, subject: string) => name(`follow:${region}:${subject}`),
    /** When an event last named something that the operation follows (clock time). */
    hinted: (id: string) => name(`hinted:${id}`),
    /** When the last heartbeat was sent that came back by the region's queue in time (clock time). */
    heartbeat: (region: string) => name(`heartbeat:${region}`),
    /** What a webhook is to be told of; `base` is what the names of its parts begin with (scripts/outbox.ts). */
    outboxLane: (webhook: string) => {
      const base = name(`outbox:lane:${webhook}:`)
      return { base, sender: `${base}sender`, state: `${base}state`, recent: `${base}recent` }
    },
    /** Webhooks by when they are to be told something (clock time; 0 at once). */
    outboxDue: name('outbox:due'),
    /** What people are to be told of webhooks. */
    outboxNotices: name('outbox:notices'),
    /** Those that could not be read. */
    outboxUnreadable: name('outbox:notices:unreadable'),
    /** What was told of the calendar's windows. */
    windowTurns: name('windows:told'),
    wake: (id: string) => name(`wake:${id}`),
    tick: (id: string) => name(`tick:${id}`),
    reconciler: name('reconciler'),
  }
}

export type Keys = ReturnType<typeof keysOf>
