import { hashOf, verify, type Verified } from '../domain/record/chain'
import type { Copy } from './copy/copy'
import { exitCode, type ExitCode } from './exit-code'
import type { Printer } from './show/printer'
import type { Surroundings } from './surroundings'

/** A head of the record, as it was kept elsewhere. */
interface KeptHead {
  readonly sequence: number
  readonly hash: string
}

const headIn = (text: string): KeptHead | undefined => {
  try {
    const { sequence, hash } = JSON.parse(text) as Partial<Record<keyof KeptHead, unknown>>
    return Number.isInteger(sequence) && typeof hash === 'string'
      ? { sequence: sequence as number, hash }
      : undefined
  } catch {
    return undefined
  }
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? ''

/** The lines of a file; of a folder those of all its parts, in their order, and the heads that are kept with them. */
const partsOf = async (
  { readFile, filesIn }: Pick<Surroundings, 'readFile' | 'filesIn'>,
  path: string,
): Promise<{ readonly text: string; readonly heads: readonly KeptHead[] }> => {
  const files = await filesIn(path)
  if (files === undefined) return { text: await readFile(path), heads: [] }
  const named = (ending: string) =>
    files
      .filter((file) => file.endsWith(ending))
      .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
  const parts = await Promise.all(named('.jsonl').map((file) => readFile(file)))
  const heads = await Promise.all(named('.json').map(async (file) => headIn(await readFile(file)) ?? []))
  return { text: parts.map((part) => part.replace(/\n?$/, '\n')).join(''), heads: heads.flat() }
}

/** Whether a part of the record, or the archive of it, is as it was written; 1 where it is not. */
export const auditVerify = async (
  surroundings: Pick<Surroundings, 'readFile' | 'filesIn'>,
  printer: Printer,
  copy: Copy,
  path: string,
  given: string | undefined,
): Promise<ExitCode> => {
  let parts: Awaited<ReturnType<typeof partsOf>>
  try {
    parts = await partsOf(surroundings, path)
  } catch (error) {
    printer.note(copy.notRead(path, error instanceof Error ? error.message : String(error)))
    return exitCode.wrongUse
  }
  const lines = parts.text.split('\n')
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
  const [sequence = '', hash = ''] = given?.split(':') ?? []
  const asked = given === undefined ? [] : [{ sequence: Number(sequence), hash }]
  // Heads of before the first line prove nothing of what is here.
  const kept = [...asked, ...parts.heads.filter((one) => one.sequence >= first)]
  if (kept.length === 0) {
    printer.note(copy.headMissing)
    return exitCode.succeeded
  }
  for (const one of kept) {
    const said = `${one.sequence}:${one.hash}`
    // The head may have been kept some lines ago: the line of its number must have its hash.
    const line = lines[one.sequence - first]
    if (line === undefined) {
      // One of a later line than the last: the end may have been cut off.
      printer.note(one.sequence > head.sequence ? copy.headDiffers(said) : copy.headNotInside(said))
      return one.sequence > head.sequence ? exitCode.failed : exitCode.wrongUse
    }
    if (hashOf(line) !== one.hash) {
      printer.note(copy.headDiffers(said))
      return exitCode.failed
    }
  }
  printer.line(copy.headsAgree(kept.length))
  return exitCode.succeeded
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
