import type { Reason } from '../domain/reasons/reason'
import type { Message } from '../ports/chat'
import { actions, section, type ButtonSpec } from './kit/blocks'
import { message } from './kit/message'
import { bilingual, type Locale } from './locale'
import { fixButton } from './reasons/fix'
import { reasonRows } from './reasons/reasons'
import { code, say } from './text/phrase'
import { heldButtons, type Asked } from './windows/held'
import { isOperationId } from '../domain/operation/id'

const text = bilingual({
  en: {
    details: 'See the operation',
    status: (service: string) => `Status of ${service}`,
    unlock: (service: string) => `Allow deploys of ${service}`,
    ask: 'Allow deploys?',
    askText: (service: string) =>
      say`New deploys of ${code(service)} may start again. Make sure the cause of the rollback is fixed.`,
    yes: 'Allow',
    no: 'No, leave it',
  },
  ko: {
    details: '작업 보기',
    status: (service: string) => `${service} 상태 보기`,
    unlock: (service: string) => `${service} 배포 허용`,
    ask: '배포를 허용하시겠습니까?',
    askText: (service: string) =>
      say`${code(service)} 서비스의 새 배포를 다시 허용합니다. 되돌리기의 원인을 먼저 해결하십시오.`,
    yes: '허용',
    no: '아니요',
  },
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

/** What helps: to look at the operation it is about or the service that is held, to let deploys go on again. */
function help(reason: Reason, locale: Locale, about?: string, asked?: Asked): readonly ButtonSpec[] {
  const copy = text[locale.language]
  if (reason.code === 'window_closed' && asked) return heldButtons(asked, reason, locale)
  const fix = about === undefined ? undefined : fixButton([reason], about, locale)
  if (fix) return [fix]
  const operation = operationOf(reason)
  const service = serviceOf(reason)
  if (reason.code === 'unknown_operation') return []
  const show: ButtonSpec[] =
    operation === undefined ? [] : [{ verb: 'show', label: copy.details, value: { operation } }]
  if (service !== undefined && operation !== undefined && reason.code === 'frozen_after_rollback') {
    const confirm = { title: copy.ask, text: copy.askText(service), yes: copy.yes, no: copy.no }
    return [{ verb: 'unlock', label: copy.unlock(service), value: { service, operation }, confirm }, ...show]
  }
  if (show.length > 0) return show
  if (service !== undefined && ['locked', 'other_lock', 'nothing_to_do'].includes(reason.code)) {
    return [{ verb: 'run_command', label: copy.status(service), value: { line: `status ${service}` } }]
  }
  return []
}

/**
 * Why something was not done, for the person who asked alone: what happened, who may, what to do. `service` is what it
 * was asked for, where it was for one.
 */
export function refusalMessage(reason: Reason, locale: Locale, service?: string, asked?: Asked): Message {
  const why = say`🚫 ${reasonRows(reason, locale)}`
  const buttons = help(reason, locale, service, asked)
  return message(why, [section(why), buttons.length > 0 ? actions(buttons) : undefined])
}
