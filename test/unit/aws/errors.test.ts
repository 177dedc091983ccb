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
    ['unauthenticated', undefined, 'CredentialsProviderError'],
    ['unauthenticated', 403, 'ExpiredToken'],
    ['unauthenticated', 400, 'RequestExpired'],
    ['unauthenticated', 403, 'SignatureDoesNotMatch'],
    ['unauthenticated', 403, 'InvalidClientTokenId'],
    ['unauthenticated', 400, 'UnrecognizedClientException'],
    // Without their own words these two may be about one image.
    ['refused', 401, 'AuthFailure'],
    ['refused', 401, 'OptInRequired'],
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

  // EC2's words in a region that is not enabled (turbot/steampipe-plugin-aws#75), and without a subscription ("Error codes").
  it.each([
    ['AuthFailure', 401, 'AWS was not able to validate the provided access credentials', 'unauthenticated'],
    ['AuthFailure', 400, 'Not authorized for image:ami-0123', 'refused'],
    [
      'OptInRequired',
      401,
      'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
      'unauthenticated',
    ],
    ['OptInRequired', 403, 'The AWS access key ID needs a subscription for the service', 'unauthenticated'],
    [
      'OptInRequired',
      401,
      'In order to use this AWS Marketplace product you need to accept terms and subscribe.',
      'refused',
    ],
  ])('by its words where %s %d may mean two things: %s', (code, status, words, kind) => {
    const error = Object.assign(new Error(words), {
      name: code,
      Code: code,
      $metadata: { httpStatusCode: status },
    })
    expect(toFailure('DescribeImages', error)).toMatchObject({ kind, code })
  })

  it.each([
    [500, 'Unknown'],
    [403, 'Unknown'],
    [502, 'SyntaxError'],
  ])('ambiguous, by the status %d, where it has no code of AWS’s (%s)', (status, name) => {
    const error = Object.assign(new Error('Unknown'), { name, $metadata: { httpStatusCode: status } })
    expect(toFailure('CreateImage', error)).toMatchObject({ kind: 'ambiguous', code: `HTTP ${status}` })
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
