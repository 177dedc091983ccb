import { type AwsCall, AwsClient } from '../../../src/adapters/aws/client/client'
import { RateLimiter } from '../../../src/adapters/aws/client/rate-limiter'
import { VirtualTime } from '../../support/virtual-time'

const throttled = Object.assign(new Error('Rate exceeded'), {
  name: 'Throttling',
  Code: 'Throttling',
  $metadata: { httpStatusCode: 400 },
})
const broken = Object.assign(new Error('oops'), {
  Code: 'InternalFailure',
  $metadata: { httpStatusCode: 500 },
})
const refused = Object.assign(new Error('no'), {
  Code: 'ValidationError',
  $metadata: { httpStatusCode: 400 },
})

/** A line whose calls fail in this order, and then are answered. */
function lineThat(...failures: readonly Error[]) {
  const time = new VirtualTime()
  const clock = { now: () => 0, real: (span: number) => span }
  const told: AwsCall[] = []
  const pace = new RateLimiter(clock, time, { rate: 1_000, burst: 1_000 })
  const place = { region: 'ap-northeast-2', service: 'autoscaling' } as const
  const line = new AwsClient(place, clock, time, pace, (call) => told.push(call))
  let calls = 0
  const call = async () => {
    const failure = failures[calls]
    calls += 1
    if (failure !== undefined) throw failure
    return 'an answer'
  }
  const settled = async (work: Promise<string>) => {
    const ends: string[] = []
    void work.then(
      (answer) => ends.push(answer),
      (error: Error) => ends.push(error.message),
    )
    for (let seconds = 0; ends.length === 0 && seconds < 60; seconds += 1) await time.pass(1_000)
    return ends[0]
  }
  return { line, call, told, settled, calls: () => calls, outcomes: () => told.map(({ outcome }) => outcome) }
}

describe('a read', () => {
  it('is tried again with patience while AWS throttles, and each try is told', async () => {
    const { line, call, settled, outcomes, told } = lineThat(throttled, throttled, throttled)
    expect(await settled(line.read('DescribeImages', call))).toBe('an answer')
    expect(outcomes()).toEqual(['throttled', 'throttled', 'throttled', 'answered'])
    expect(told[0]).toMatchObject({ action: 'DescribeImages', changing: false, code: 'Throttling' })
  })

  it('gives up after a while', async () => {
    const { line, call, settled, calls } = lineThat(...Array.from({ length: 20 }, () => throttled))
    expect(await settled(line.read('DescribeImages', call))).toBe('DescribeImages: Throttling: Rate exceeded')
    expect(calls()).toBe(6)
  })

  it('is tried again when its answer was lost, and not when AWS said no', async () => {
    const lost = lineThat(broken, broken)
    expect(await lost.settled(lost.line.read('DescribeImages', lost.call))).toBe('an answer')
    const no = lineThat(refused)
    expect(await no.settled(no.line.read('DescribeImages', no.call))).toContain('ValidationError')
    expect(no.calls()).toBe(1)
  })
})

describe('a change', () => {
  it.each([
    ['throttled', throttled],
    ['ambiguous', broken],
    ['refused', refused],
  ])('that was %s is never sent again from here', async (outcome, failure) => {
    const { line, call, settled, calls, outcomes } = lineThat(failure)
    expect(await settled(line.change('CreateImage', call))).toContain('CreateImage')
    expect(calls()).toBe(1)
    expect(outcomes()).toEqual([outcome])
  })

  it('that was turned away for this machine’s clock is sent once more with the right time', async () => {
    const skewed = Object.assign(new Error('skewed'), {
      Code: 'RequestTimeTooSkewed',
      $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
    })
    const { line, call, settled, calls } = lineThat(skewed)
    expect(await settled(line.change('CreateImage', call))).toBe('an answer')
    expect(calls()).toBe(2)
  })
})
