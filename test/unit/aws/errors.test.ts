import { ScalingActivityInProgressFault, InstanceRefreshInProgressFault } from '@aws-sdk/client-auto-scaling'
import { clockWasSet, toFailure } from '../../../src/adapters/aws/client/errors'

const thrown = (status: number | undefined, code: string, rest: object = {}) =>
  Object.assign(new Error(`words of ${code}`), {
    name: code,
    ...(status === undefined ? {} : { Code: code, $metadata: { httpStatusCode: status } }),
    ...rest,
  })

describe('what the SDK throws is', () => {
  it.each([
    ['throttled', 400, 'Throttling'],
    ['throttled', 400, 'ThrottlingException'],
    ['throttled', 503, 'RequestLimitExceeded'],
    ['throttled', 429, 'Whatever'],
    ['throttled', 500, 'ResourceContention'],
    ['ambiguous', 500, 'InternalFailure'],
    ['ambiguous', 503, 'ServiceUnavailable'],
    ['ambiguous', 504, 'Unknown'],
    ['ambiguous', 408, 'RequestTimeout'],
    ['ambiguous', 400, 'RequestTimeout'],
    ['ambiguous', undefined, 'TimeoutError'],
    ['ambiguous', undefined, 'AbortError'],
    ['refused', 400, 'ValidationError'],
    ['refused', 400, 'InvalidAMIName.Duplicate'],
    ['refused', 403, 'UnauthorizedOperation'],
    ['refused', 412, 'DryRunOperation'],
    ['refused', undefined, 'CredentialsProviderError'],
  ])('%s when AWS says %s %s', (kind, status, code) => {
    const failure = toFailure('CreateImage', thrown(status, code))
    expect(failure).toMatchObject({ kind, code, action: 'CreateImage', words: `words of ${code}` })
  })

  it('named by the code of the wire, not by the name that the SDK gives it', () => {
    const modelled = new InstanceRefreshInProgressFault({
      message: 'An instance refresh is in progress',
      $metadata: { httpStatusCode: 400 },
    })
    const failure = toFailure(
      'StartInstanceRefresh',
      Object.assign(modelled, { Code: 'InstanceRefreshInProgress' }),
    )
    expect(failure).toMatchObject({ kind: 'refused', code: 'InstanceRefreshInProgress' })
    const busy = new ScalingActivityInProgressFault({ message: 'busy', $metadata: { httpStatusCode: 400 } })
    expect(toFailure('SetDesiredCapacity', busy)).toMatchObject({ kind: 'refused' })
  })

  it('ambiguous when the connection was lost, under Node’s own code', () => {
    const lost = Object.assign(new Error('read ECONNRESET'), { name: 'TimeoutError', code: 'ECONNRESET' })
    expect(toFailure('CreateImage', lost)).toMatchObject({ kind: 'ambiguous', code: 'ECONNRESET' })
  })

  it('ambiguous when AWS’s answer cannot be read', () => {
    const garbled = Object.assign(new Error('char 1 is not expected'), { $response: { statusCode: 200 } })
    expect(toFailure('CreateImage', garbled)).toMatchObject({ kind: 'ambiguous' })
    expect(toFailure('CreateImage', 'a word')).toMatchObject({ kind: 'ambiguous', words: 'a word' })
  })

  it('not wrapped twice', () => {
    const failure = toFailure('CreateImage', thrown(400, 'ValidationError'))
    expect(toFailure('Other', failure)).toBe(failure)
  })

  it('to be sent again at once only when this machine’s clock was wrong and is set now', () => {
    const skewed = thrown(403, 'SignatureDoesNotMatch')
    expect(clockWasSet(skewed)).toBe(false)
    Object.assign(skewed, { $metadata: { httpStatusCode: 403, clockSkewCorrected: true } })
    expect(clockWasSet(skewed)).toBe(true)
  })
})
