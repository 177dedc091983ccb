import { reason } from '../domain/reasons/reason'
import { type Result, failure, ok } from '../domain/result'
import { AwsFailure } from '../ports/failure'

/** What AWS answers, or why it was not checked: for what is only looked at. */
export const checkedRead = async <T>(read: () => Promise<T>): Promise<Result<T>> => {
  try {
    return ok(await read())
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error
    const { action, code, words } = error
    return failure(reason('not_checked', { action, awsCode: code, aws: words }))
  }
}
