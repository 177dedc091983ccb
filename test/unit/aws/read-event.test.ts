import { readEvent } from '../../../src/adapters/aws/events/read-event'

const event = (source: string, detail: unknown) =>
  JSON.stringify({ version: '0', source, 'detail-type': 'any', detail })

it.each([
  [
    'Auto Scaling',
    event('aws.autoscaling', { AutoScalingGroupName: 'Web-ASG' }),
    { kind: 'subject', subject: 'group Web-ASG' },
  ],
  [
    'an image',
    event('aws.ec2', { ImageId: 'ami-0123', State: 'failed' }),
    { kind: 'subject', subject: 'image ami-0123' },
  ],
  ['a heartbeat', event('rollcall', { sentAt: 17 }), { kind: 'heartbeat', sentAt: 17 }],
  [
    'an instance, which names no group',
    event('aws.ec2', { 'instance-id': 'i-1', state: 'running' }),
    { kind: 'unknown' },
  ],
  ['others who name a group', event('acme', { AutoScalingGroupName: 'Web-ASG' }), { kind: 'unknown' }],
  ['a heartbeat without its time', event('rollcall', { sentAt: 'now' }), { kind: 'unknown' }],
  [
    'a group that is no name',
    event('aws.autoscaling', { AutoScalingGroupName: { a: 1 } }),
    { kind: 'unknown' },
  ],
  ['no detail', JSON.stringify({ source: 'aws.autoscaling' }), { kind: 'unknown' }],
  ['a list', '[]', { kind: 'unknown' }],
  ['no JSON', 'hello', { kind: 'unknown' }],
])('a message of %s is read for what it names', (_what, body, read) => {
  expect(readEvent(body)).toEqual(read)
})
