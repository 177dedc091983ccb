import type { Values } from './arguments/commands'
import type { Copy } from './copy/copy'
import { exitCode, type ExitCode } from './exit-code'
import type { Printer } from './show/printer'
import type { Surroundings } from './surroundings'
import { expiryOf, newToken } from './token'

/** Makes a token, shows it once, and the line by which the catalogue knows it. Nobody is asked for it. */
export const createToken = (
  { randomBytes, today }: Surroundings,
  printer: Printer,
  copy: Copy,
  name: string,
  { expires: given }: Values,
): ExitCode => {
  const said = typeof given === 'string' ? given : undefined
  const expires = expiryOf(said, today())
  if (expires === undefined) {
    printer.note(copy.badExpiry(said ?? ''))
    return exitCode.wrongUse
  }
  const { token, sha256 } = newToken(randomBytes, expires)
  printer.object({ name, token, sha256, expires })
  printer.line(copy.token(name))
  printer.line('')
  printer.line(token)
  printer.line('')
  printer.line(copy.tokenLine)
  printer.line(`  ${name}: { token: { sha256: "${sha256}", expires: ${expires} } }`)
  printer.line('')
  printer.line(copy.tokenRotation)
  return exitCode.succeeded
}
