import { isFields, listIn, textIn, type Fields } from './door/json'
import { exitCode, type ExitCode } from './exit-code'
import { tellProblem, type Session } from './session'

const once = { retryFor: 10_000, answerWithin: 30_000 }

const numberIn = (fields: Fields, name: string): number => {
  const value = fields[name]
  return typeof value === 'number' ? value : 0
}

/** Shows who is told of what, and what came of it; a line each. */
export const listWebhooks = async (session: Session): Promise<ExitCode> => {
  const { copy, printer } = session
  const asked = await session.door.ask({
    ...once,
    method: 'GET',
    path: '/webhooks',
    token: session.token,
    signal: new AbortController().signal,
    again: session.again,
  })
  if (!asked.ok) return 'problem' in asked ? tellProblem(session, asked.problem, 'read') : exitCode.notReached
  const { body } = asked.answer
  const webhooks = isFields(body) ? (listIn(body, 'webhooks') ?? []) : []
  for (const webhook of webhooks) {
    printer.object(webhook)
    printer.line(stateLine(session, webhook))
    for (const event of listIn(webhook, 'undelivered') ?? [])
      printer.line(eventLine(session, event, copy.webhookNotTaken))
    for (const event of listIn(webhook, 'deliveries') ?? []) {
      const outcome = textIn(event, 'outcome') ?? ''
      printer.line(eventLine(session, event, copy.webhookOutcomes[outcome] ?? outcome))
    }
  }
  if (webhooks.length === 0) printer.line(copy.noWebhooks)
  return exitCode.succeeded
}

const stateLine = ({ copy }: Session, webhook: Fields): string => {
  const state = textIn(webhook, 'state') ?? ''
  const next = textIn(webhook, 'nextAttemptAt')
  return [
    textIn(webhook, 'name') ?? '',
    copy.webhookStates[state] ?? state,
    copy.webhookWaits(numberIn(webhook, 'waiting'), numberIn(webhook, 'notTaken')),
    ...(next === undefined ? [] : [copy.webhookAgain(next)]),
  ].join(' · ')
}

const eventLine = ({ copy }: Session, event: Fields, outcome: string): string => {
  const [status, tries] = [numberIn(event, 'status'), numberIn(event, 'tries')]
  const answer = status > 0 ? String(status) : (textIn(event, 'why') ?? '')
  return `  ${[
    textIn(event, 'at') ?? '',
    textIn(event, 'type') ?? '',
    textIn(event, 'operation') ?? textIn(event, 'service') ?? '',
    answer === '' ? outcome : `${outcome} (${answer})`,
    ...(tries > 1 ? [copy.webhookTry(tries)] : []),
  ].join(' · ')}`
}

/** Sends again what a webhook did not take. */
export const replayWebhook = async (session: Session, webhook: string): Promise<ExitCode> => {
  const asked = await session.door.ask({
    ...once,
    method: 'POST',
    path: `/webhooks/${encodeURIComponent(webhook)}/replay`,
    token: session.token,
    signal: new AbortController().signal,
    again: session.again,
  })
  if (!asked.ok)
    return 'problem' in asked ? tellProblem(session, asked.problem, 'change') : exitCode.notReached
  const { body } = asked.answer
  session.printer.object(body)
  session.printer.line((isFields(body) ? textIn(body, 'says') : undefined) ?? session.copy.done)
  return exitCode.succeeded
}
