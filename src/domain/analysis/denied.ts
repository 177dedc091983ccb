import type { Reason } from '../reasons/reason'

/** CloudWatch says so where a right is missing (API reference, "Common errors": AccessDenied, NotAuthorized). */
const isDenied = /^(AccessDenied|NotAuthorized|Unauthorized)/

/** The right that is missing where CloudWatch did not tell what was asked; undefined where it was something else. */
export const deniedPermission = ({ code, facts: { action, awsCode } }: Reason): string | undefined =>
  code === 'not_checked' &&
  typeof action === 'string' &&
  typeof awsCode === 'string' &&
  isDenied.test(awsCode)
    ? `cloudwatch:${action}`
    : undefined
