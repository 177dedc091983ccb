import { isOperationId } from '../domain/operation'
import type { Reason } from '../domain/reasons'
import type { Message } from '../ports/chat'
import { actions, section, type Press } from './kit/blocks'
import { message } from './kit/message'
import { both, type Voice } from './language'
import { reasonLines } from './reasons'
import { say } from './text/phrase'

const text = both({
  en: { details: 'See the operation', status: (service: string) => `Status of ${service}` },
  ko: { details: '작업 보기', status: (service: string) => `${service} 상태 보기` },
})

/** What stands in a button must be what it says: facts are read with care, a journal outlives its writers. */
const operationOf = (reason: Reason): string | undefined => {
  const { operation } = reason.facts
  return typeof operation === 'string' && isOperationId(operation) ? operation : undefined
}
const serviceOf = (reason: Reason): string | undefined => {
  const { service } = reason.facts
  return typeof service === 'string' && /^[\w.-]{1,64}$/.test(service) ? service : undefined
}

/** The one thing that helps to look at: the operation it is about, or the service that is held. */
function help(reason: Reason, voice: Voice): readonly Press[] {
  const speech = text[voice.language]
  const operation = operationOf(reason)
  const service = serviceOf(reason)
  if (reason.code === 'unknown_operation') return []
  if (operation !== undefined) return [{ verb: 'show', label: speech.details, value: { operation } }]
  if (service !== undefined && (reason.code === 'locked' || reason.code === 'nothing_to_do')) {
    return [{ verb: 'run_command', label: speech.status(service), value: { line: `status ${service}` } }]
  }
  return []
}

/** Why something was not done, for the person who asked alone: what happened, who may, what to do. */
export function refusalMessage(reason: Reason, voice: Voice): Message {
  const why = say`🚫 ${reasonLines(reason, voice)}`
  const presses = help(reason, voice)
  return message(why, [section(why), presses.length > 0 ? actions(presses) : undefined])
}
