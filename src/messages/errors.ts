import type { Message } from '../ports/chat'
import { slashCommandText } from './text/command-text'
import { section } from './kit/blocks'
import { message } from './kit/message'
import { bilingual, type Locale } from './locale'
import { code, say, type Phrase } from './text/phrase'

const text = bilingual({
  en: {
    store: say`⚠️ Redis cannot be reached, so nothing was started and nothing was changed. Operations already running carry on by themselves once it is back. Send the command again then.`,
    worker: say`⚠️ No worker answered in time, so AWS could not be asked. Nothing was changed. Check that a worker is running (${code('ROLE=worker')} or ${code('ROLE=all')}), then try again.`,
    unexpected: (status: Phrase, what: Phrase) =>
      say`⚠️ Rollcall hit a fault of its own. Before you try again, check with ${status} whether anything was started.${what}`,
    reference: (reference: string) => say` The log has it under ${code(reference)}.`,
  },
  ko: {
    store: say`⚠️ Redis에 연결할 수 없어 아무것도 시작하거나 변경하지 않았습니다. 이미 진행 중인 작업은 연결이 복구되는 대로 자동으로 이어집니다. 복구된 뒤 명령을 다시 보내십시오.`,
    worker: say`⚠️ 제한 시간 안에 응답한 워커가 없어 AWS를 조회하지 못했습니다. 변경된 것은 없습니다. 워커(${code('ROLE=worker')} 또는 ${code('ROLE=all')})가 실행 중인지 확인한 뒤 다시 시도하십시오.`,
    unexpected: (status: Phrase, what: Phrase) =>
      say`⚠️ Rollcall 내부 오류가 발생했습니다. 다시 시도하기 전에 ${status} 명령으로 시작된 작업이 있는지 확인하십시오.${what}`,
    reference: (reference: string) => say` 로그 식별자: ${code(reference)}`,
  },
})

const alone = (content: Phrase): Message => message(content, [section(content)])

/** Redis cannot be read or written: an honest no. */
export const storeDownMessage = (locale: Locale): Message => alone(text[locale.language].store)

/** The worker, who alone may ask AWS, did not answer. */
export const workerTimeoutMessage = (locale: Locale): Message => alone(text[locale.language].worker)

/** A fault of ours; `reference` finds it in the log. */
export const unexpectedErrorMessage = (locale: Locale, reference?: string): Message => {
  const copy = text[locale.language]
  const status = code(slashCommandText('status', locale))
  return alone(copy.unexpected(status, reference === undefined ? [] : copy.reference(reference)))
}
