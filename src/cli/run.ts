import { languageOf } from './copy/copy'
import { readLine, type Line, type WrongLine } from './arguments/read'
import { auditExport } from './audit-export'
import { auditVerify } from './audit-verify'
import type { Copy } from './copy/copy'
import { exitCode, type ExitCode } from './exit-code'
import { helpText } from './help'
import { follow } from './change'
import { look } from './look'
import { listWebhooks, replayWebhook } from './webhooks'
import { printerOf } from './show/printer'
import { sessionOf } from './session'
import type { Surroundings } from './surroundings'
import { createToken } from './token-create'

/** Runs one line; gives what the process ends with. */
export const run = async (surroundings: Surroundings, version: string): Promise<ExitCode> => {
  const language = languageOf(surroundings.environment)
  const { copy } = language
  const line = readLine(surroundings.words)
  if (line.kind === 'version') {
    surroundings.print(`rollcall ${version}\n`)
    return exitCode.succeeded
  }
  if (line.kind === 'help') {
    surroundings.print(helpText(copy, line.topic))
    return exitCode.succeeded
  }
  if (line.kind === 'wrong') return wrongUse(surroundings, copy, line)
  const { wish, values } = line
  const printer = printerOf(surroundings, values.json === true)
  if (wish.kind === 'token') return createToken(surroundings, printer, copy, wish.name, values)
  if (wish.kind === 'verify') {
    const head = typeof values.head === 'string' ? values.head : undefined
    return auditVerify(surroundings, printer, copy, wish.file, head)
  }
  const session = sessionOf(surroundings, language, printer, values)
  if (session === undefined) return exitCode.wrongUse
  if (wish.kind === 'export') return auditExport(session, values)
  if (wish.kind === 'webhooks') return listWebhooks(session)
  if (wish.kind === 'replay') return replayWebhook(session, wish.webhook)
  return wish.kind === 'change' || wish.kind === 'show'
    ? follow(session, wish, values)
    : look(session, wish, values)
}

const wrongUse = (
  { warn }: Surroundings,
  copy: Copy,
  { wrong, command }: Extract<Line, { kind: 'wrong' }>,
): ExitCode => {
  warn(`${sentenceOf(copy, wrong)}\n\n${helpText(copy, command)}`)
  return exitCode.wrongUse
}

const sentenceOf = (copy: Copy, wrong: WrongLine): string => {
  switch (wrong.wrong) {
    case 'command':
      return copy.unknownCommand(wrong.word, wrong.near)
    case 'option':
      return copy.unknownOption(wrong.word, wrong.near)
    case 'no value':
      return copy.noValue(wrong.what, wrong.allowed)
    case 'flag':
      return copy.flagWithValue(wrong.what)
    case 'missing':
      return copy.missing(wrong.what)
    case 'value':
      return copy.badValue(wrong.what, wrong.value, wrong.allowed)
    case 'extra':
      return copy.extra(wrong.word)
    case 'token in sight':
      return copy.tokenInSight
    case 'timeout without wait':
      return copy.timeoutWithoutWait
  }
}
