/** An error as AWS answers it: the wire code, its words and the HTTP status. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message)
  }
}

/** Auto Scaling's and ELB's answer to input that breaks a rule. */
export const validationError = (message: string) => new AwsError('ValidationError', message)
