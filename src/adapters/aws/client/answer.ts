import { failure, ok, type Result } from '../../../domain/result'
import { AwsFailure } from '../../../ports/failure'
import type { Refusal, RefusalCode } from '../../../ports/refusal'

/** By which of AWS's codes, or words where the code says nothing, a refusal is known. */
export type Known<Code extends RefusalCode> = Readonly<
  Record<Code, RegExp | ((refused: AwsFailure) => boolean)>
>

/** What a call gives, or the refusal that it is known by; any other failure is thrown on. */
export async function answered<T, Code extends RefusalCode>(
  known: Known<Code>,
  call: () => Promise<T>,
): Promise<Result<T, Refusal<Code>>> {
  try {
    return ok(await call())
  } catch (thrown) {
    if (!(thrown instanceof AwsFailure) || thrown.kind !== 'refused') throw thrown
    const code = (Object.keys(known) as Code[]).find((one) => matches(known[one], thrown))
    if (code === undefined) throw thrown
    return failure({ code, wireCode: thrown.code, words: thrown.words })
  }
}

/** Makes a call after which something is gone; that it was gone already, which AWS says by these codes, is as well. */
export async function unlessGone(
  gone: RegExp | ((refused: AwsFailure) => boolean),
  call: () => Promise<unknown>,
): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (thrown instanceof AwsFailure && thrown.kind === 'refused' && matches(gone, thrown)) return
    throw thrown
  }
}

const matches = (known: RegExp | ((refused: AwsFailure) => boolean), refused: AwsFailure): boolean =>
  known instanceof RegExp ? known.test(refused.code) : known(refused)
