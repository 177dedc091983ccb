import { hashOf, verify, type Verified } from '../domain/record/chain'
import type { Copy } from './copy/copy'
import { exitCode, type ExitCode } from './exit-code'
import type { Printer } from './show/printer'
import type { Surroundings } from './surroundings'

/** Whether a file of the record is as it was written; 1 where it is not. */
export const auditVerify = async (
  { readFile }: Pick<Surroundings, 'readFile'>,
  printer: Printer,
  copy: Copy,
  file: string,
  given: string | undefined,
): Promise<ExitCode> => {
  let text: string
  try {
    text = await readFile(file)
  } catch (error) {
    printer.note(copy.notRead(file, error instanceof Error ? error.message : String(error)))
    return exitCode.wrongUse
  }
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const verified = verify(lines)
  printer.object(verified)
  if (!verified.ok) {
    printer.note(sentenceOf(copy, verified))
    return verified.problem === 'other schema' || (verified.problem === 'not a line' && verified.line === 1)
      ? exitCode.wrongUse
      : exitCode.failed
  }
  if (verified.lines === 0) {
    printer.note(copy.emptyFile)
    return exitCode.wrongUse
  }
  const { first, head } = verified
  printer.line(copy.verified(verified.lines, first, `${head.sequence}:${head.hash}`))
  if (given === undefined) {
    printer.note(copy.headMissing)
    return exitCode.succeeded
  }
  // The head may have been kept some lines ago: the line of its number must have its hash.
  const [sequence = '', hash] = given.split(':')
  const line = lines[Number(sequence) - first]
  if (line === undefined) {
    // One of a later line than the file's last: the end may have been cut off.
    printer.note(Number(sequence) > head.sequence ? copy.headDiffers(given) : copy.headNotInside(given))
    return Number(sequence) > head.sequence ? exitCode.failed : exitCode.wrongUse
  }
  const agrees = hashOf(line) === hash
  if (agrees) printer.line(copy.headAgrees)
  else printer.note(copy.headDiffers(given))
  return agrees ? exitCode.succeeded : exitCode.failed
}

const sentenceOf = (copy: Copy, { line, problem }: Extract<Verified, { ok: false }>): string => {
  switch (problem) {
    case 'altered before':
      return copy.alteredBefore(line)
    case 'out of order':
      return copy.outOfOrder(line)
    case 'not a line':
      return copy.notALine(line)
    case 'other schema':
      return copy.otherSchema(line)
  }
}
