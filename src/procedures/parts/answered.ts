import { type Reason, reason } from '../../domain/reasons'
import { AwsFailure } from '../../ports/failure'

/** What AWS answers, or why it was not checked: for what is only looked at. */
export const answered = async <T>(
  read: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly reason: Reason }> => {
  try {
    return { value: await read() }
  } catch (failure) {
    if (!(failure instanceof AwsFailure)) throw failure
    const { action, code, words } = failure
    return { reason: reason('not_checked', { action, awsCode: code, aws: words }) }
  }
}
