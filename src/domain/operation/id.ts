/** `<service>-<five characters>`, e.g. `web-k7f3q`: short enough to say and to type. */
export type OperationId = string

const operationId = /^([a-z0-9][a-z0-9-]*)-[a-z0-9]{5}$/

/** Whether a text has the form of an operation's id. */
export const isOperationId = (text: string): text is OperationId => operationId.test(text)

/** The service in an operation's id; undefined where it is none. */
export const serviceOf = (id: OperationId): string | undefined => operationId.exec(id)?.[1]
