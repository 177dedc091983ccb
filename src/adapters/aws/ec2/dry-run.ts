import { failure, ok, type Result } from '../../../domain/result'
import { AwsFailure } from '../../../ports/failure'
import type { Refusal } from '../../../ports/refusal'
import { answered } from '../client/answer'

/**
 * What a call with `DryRun` says, which never succeeds: `DryRunOperation` where it would have, `UnauthorizedOperation`
 * where the right is missing (Amazon EC2 API reference, Common parameters).
 */
export async function dryRun(
  exists: RegExp,
  call: () => Promise<unknown>,
): Promise<Result<void, Refusal<'unauthorized' | 'exists'>>> {
  try {
    const answer = await answered({ unauthorized: /^UnauthorizedOperation$/, exists }, call)
    // It was carried out, or AWS has become another: either way nobody asked for it.
    return answer.ok
      ? failure({ code: 'exists', wireCode: 'DryRunIgnored', words: 'the dry run was not one' })
      : answer
  } catch (thrown) {
    if (thrown instanceof AwsFailure && thrown.code === 'DryRunOperation') return ok(undefined)
    throw thrown
  }
}

/** Whether the right to a call is there, as far as its dry run tells: what else is wrong with it shows at the call. */
export async function isPermitted(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (thrown) {
    if (!(thrown instanceof AwsFailure) || thrown.kind !== 'refused') throw thrown
    return thrown.code !== 'UnauthorizedOperation'
  }
}
