import * as autoscaling from '@aws-sdk/client-auto-scaling'
import * as cloudwatch from '@aws-sdk/client-cloudwatch'
import * as ec2 from '@aws-sdk/client-ec2'
import * as elb from '@aws-sdk/client-elastic-load-balancing-v2'
import * as eventBridge from '@aws-sdk/client-eventbridge'
import * as quotas from '@aws-sdk/client-service-quotas'
import * as sqs from '@aws-sdk/client-sqs'
import { autoScalingHandlers } from '../autoscaling/handlers'
import { cloudWatchHandlers } from '../cloudwatch/handlers'
import { ec2Handlers } from '../ec2/handlers'
import { elbHandlers } from '../elbv2/handlers'
import { eventBridgeHandlers } from '../events/event-bridge'
import { sqsHandlers } from '../events/sqs'
import type { AnyHandler } from '../handlers'
import { quotaHandlers } from '../quotas'
import { ssmHandlers } from '../ssm'
import { ssmSchemas } from '../ssm-schemas'
import { stsHandlers, stsSchemas } from '../sts'
import { AwsError } from './error'
import type { RequestForm } from './form'
import { type Operation, operationOf } from './shapes'

export interface Service extends RequestForm {
  /** Speaks AWS JSON of this version; the others are of the query protocols. */
  readonly json?: '1.0' | '1.1'
  readonly name:
    | 'ec2'
    | 'autoscaling'
    | 'elasticloadbalancing'
    | 'servicequotas'
    | 'cloudwatch'
    | 'sts'
    | 'ssm'
    | 'sqs'
    | 'events'
  readonly namespace: string
  readonly schemas: Readonly<Record<string, unknown>>
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>
  readonly throttled: () => AwsError
  readonly failed: () => AwsError
}

const missing = (member: string) =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value null at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  )
const malformed = (member: string, value: string) =>
  new AwsError('MalformedInput', `Value '${value}' for ${member} cannot be read`)
const failed = () =>
  new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.', 500)

const cloudWatch = {
  name: 'cloudwatch',
  ec2: false,
  namespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
  schemas: cloudwatch,
  handlers: cloudWatchHandlers,
  missing,
  malformed,
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
  failed,
} as const

/** Services of the query protocols, by the API version that their requests carry. */
export const byVersion: Readonly<Record<string, Service>> = {
  '2010-08-01': cloudWatch,
  '2016-11-15': {
    name: 'ec2',
    ec2: true,
    namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    schemas: ec2,
    handlers: ec2Handlers,
    missing: (member) => new AwsError('MissingParameter', `The request must contain the parameter ${member}`),
    malformed: (member, value) =>
      new AwsError('InvalidParameterValue', `Invalid value '${value}' for ${member}`),
    throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
    failed: () => new AwsError('InternalError', 'An internal error has occurred', 500),
  },
  '2011-01-01': {
    name: 'autoscaling',
    ec2: false,
    namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
    schemas: autoscaling,
    handlers: autoScalingHandlers,
    missing,
    malformed,
    throttled: () => new AwsError('Throttling', 'Rate exceeded'),
    failed,
  },
  '2015-12-01': {
    name: 'elasticloadbalancing',
    ec2: false,
    namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    schemas: elb,
    handlers: elbHandlers,
    missing,
    malformed,
    throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
    failed,
  },
  '2011-06-15': {
    name: 'sts',
    ec2: false,
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    schemas: stsSchemas,
    handlers: stsHandlers,
    missing,
    malformed,
    throttled: () => new AwsError('Throttling', 'Rate exceeded'),
    failed,
  },
}

/** Services of AWS JSON, by what comes before the action in their requests' target. */
export const byTarget: Readonly<Record<string, Service>> = {
  // Newer SDKs ask in JSON, older ones and tools in forms: CloudWatch answers both.
  GraniteServiceVersion20100801: { ...cloudWatch, json: '1.0' },
  AmazonSQS: {
    name: 'sqs',
    ec2: false,
    json: '1.0',
    namespace: '',
    schemas: sqs,
    handlers: sqsHandlers,
    missing: (member) =>
      new AwsError('MissingParameter', `The request must contain the parameter ${member}.`),
    malformed: (member, value) => new AwsError('InvalidParameterValue', `${value} cannot be ${member}`),
    throttled: () => new AwsError('RequestThrottled', 'The request was denied due to request throttling.'),
    failed,
  },
  AWSEvents: {
    name: 'events',
    ec2: false,
    json: '1.1',
    namespace: '',
    schemas: eventBridge,
    handlers: eventBridgeHandlers,
    missing: (member) => new AwsError('ValidationException', `Parameter ${member} must not be null`),
    malformed: (member, value) => new AwsError('SerializationException', `${value} cannot be ${member}`),
    throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
    failed: () => new AwsError('InternalException', 'This exception occurs due to unexpected causes.', 500),
  },
  AmazonSSM: {
    name: 'ssm',
    ec2: false,
    json: '1.1',
    namespace: '',
    schemas: ssmSchemas,
    handlers: ssmHandlers,
    missing,
    malformed: (member, value) => new AwsError('SerializationException', `${value} cannot be ${member}`),
    throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
    failed: () => new AwsError('InternalServerError', 'An error occurred on the server side.', 500),
  },
  ServiceQuotasV20190624: {
    name: 'servicequotas',
    ec2: false,
    json: '1.1',
    namespace: '',
    schemas: quotas,
    handlers: quotaHandlers,
    missing,
    malformed: (member, value) => new AwsError('SerializationException', `${value} cannot be ${member}`),
    throttled: () =>
      new AwsError('TooManyRequestsException', 'Due to throttling, the request was denied. Slow down.'),
    failed: () => new AwsError('ServiceException', 'Something went wrong.', 500),
  },
}

const operations = new Map<string, Operation>()

/** The operation and its handler, or InvalidAction: one that AWS knows and the simulator does not answers so too. */
export function actionOf(service: Service, action: string): { operation: Operation; handler: AnyHandler } {
  const handler = Object.hasOwn(service.handlers, action) ? service.handlers[action] : undefined
  const key = `${service.name}.${action}`
  let operation = operations.get(key)
  if (!operation && handler) {
    operation = operationOf(service.schemas[`${action}$`])
    if (operation) operations.set(key, operation)
  }
  if (!operation || !handler)
    throw new AwsError('InvalidAction', `The action ${action} is not valid for this web service.`)
  return { operation, handler }
}
