import type { Reason } from '../../domain/reasons/reason'
import type { Request } from '../../domain/operation/request'
import type { AtWindow } from '../../domain/windows/at-window'
import { quoted } from '../forms/command-text'
import type { ButtonSpec } from '../kit/blocks'
import { bilingual, type Locale } from '../locale'
import { requestCommandText } from '../procedures'

const text = bilingual({
  en: { ask: 'Ask to override…', wait: 'Then, when it opens' },
  ko: { ask: '예외 요청…', wait: '기간이 끝나면 실행' },
})

/** What somebody asked for. */
export interface Asked {
  readonly request: Request
  readonly why?: string
}

/** A line of chat with what it says of a closed window. */
export const withAtWindow = (line: string, { override, waits }: AtWindow = {}): string => {
  if (override !== undefined) return `${line} --override ${quoted(override)}`
  return waits ? `${line} --wait-for-window` : line
}

/** What can be done about a closed window: to override it, where anybody may, or to wait in line until it opens. */
export const heldButtons = (
  { request, why }: Asked,
  { facts }: Reason,
  { language }: Locale,
): readonly ButtonSpec[] => {
  const copy = text[language]
  const line = requestCommandText(request, why)
  const somebodyMay = Array.isArray(facts['names']) && facts['names'].length > 0
  return [
    ...(somebodyMay
      ? [{ verb: 'open_form', key: 'override', label: copy.ask, value: { form: 'override', line } } as const]
      : []),
    ...(facts['until'] === undefined
      ? []
      : [
          {
            verb: 'run_command',
            key: 'then',
            label: copy.wait,
            value: { line: withAtWindow(line, { waits: true }) },
          } as const,
        ]),
  ]
}
