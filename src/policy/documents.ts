import { type Catalogue, eventsQueue, type Service, strategiesOf } from '../domain/catalogue/catalogue'
import { type PolicyDocument, type Statement, type Wanted, workerPolicy } from './statements'

/** What the catalogue does not say. */
export interface Beside {
  /** The worker's own account: twelve digits, or `*` where it is not said. */
  readonly account: string
  /** ARNs of the roles that instances have, in any of the accounts. */
  readonly roles: readonly string[]
  /** ARNs of the customer's keys, in any of the accounts. */
  readonly keys: readonly string[]
  /** ARN of the bus of EventBridge that endings are told to. */
  readonly bus?: string | undefined
  /** The bucket of S3 that the record is archived in. */
  readonly bucket?: string | undefined
}

/**
 * The documents for a catalogue, by name: `worker`, and `worker-in-<account>` for each account in which a service names a
 * role, with the role's name behind it where there are several in one account; `assume-role` and `events` where they are needed.
 */
export const documentsFor = (
  catalogue: Catalogue,
  beside: Beside,
): Readonly<Record<string, PolicyDocument>> => {
  const services = [...catalogue.services.values()]
  const roles = [...new Set(services.flatMap(({ where }) => where.role ?? []))]
  const own = services.filter(({ where }) => where.role === undefined)
  const places = [
    ...(own.length > 0 ? [['worker', beside.account, own] as const] : []),
    ...roles.map((role) => {
      const account = accountOf(role)
      const alone = roles.filter((other) => accountOf(other) === account).length === 1
      return [
        `worker-in-${account}${alone ? '' : `-${nameOf(role)}`}`,
        account,
        services.filter(({ where }) => where.role === role),
      ] as const
    }),
  ]
  return Object.fromEntries([
    ...places.map(([name, account, some]) => [name, workerPolicy(wantedBy(some, account, beside))] as const),
    ...(roles.length > 0 ? [['assume-role', assume(roles)] as const] : []),
    ...eventsFor(catalogue, beside),
    ...archiveFor(beside),
  ])
}

/** `arn:aws:iam::123456789012:role/x` is of 123456789012. */
const accountOf = (arn: string): string => arn.split(':')[4] ?? ''

/** `arn:aws:iam::123456789012:role/path/x` is called `path-x`. */
const nameOf = (arn: string): string => arn.replace(/^.*?:role\//, '').replaceAll('/', '-')

const wantedBy = (services: readonly Service[], account: string, beside: Beside): Wanted => {
  const there = (arns: readonly string[]) =>
    arns.filter((arn) => account === '*' || accountOf(arn) === account)
  const colors = services.filter((service) => service.colors)
  return {
    account,
    regions: [...new Set(services.map(({ where }) => where.region))].sort(),
    groups: [...new Set(services.flatMap(groupsOf))].sort(),
    colors: colors.length > 0,
    weights: services.some((service) => strategiesOf(service).includes('canary')),
    images: services.some(({ image }) => image !== undefined),
    metrics: services.some(({ checks }) => checks?.errors !== undefined || checks?.latency !== undefined),
    alarms: services.some(({ checks, alarms }) => (checks?.alarms ?? alarms ?? []).length > 0),
    versionTags: [...new Set(colors.flatMap(({ versionTag }) => versionTag ?? []))].sort(),
    roles: there(beside.roles),
    keys: there(beside.keys),
  }
}

const groupsOf = ({ group, colors }: Service): readonly string[] => {
  if (!colors) return group === undefined ? [] : [group]
  if ('prefix' in colors) return [`${colors.prefix}*-blue`, `${colors.prefix}*-green`]
  return [colors.blue, colors.green].flat()
}

const assume = (roles: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'WorkInOtherAccounts', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roles }],
})

/**
 * Object Lock's own right is asked for besides where an object is put with a retention (Amazon S3 user guide, "Configuring
 * Object Lock"). There is no right to delete, and none to list.
 */
const archiveFor = ({ bucket }: Beside): readonly (readonly [string, PolicyDocument])[] =>
  bucket === undefined
    ? []
    : [
        [
          'record',
          {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'ArchiveTheRecord',
                Effect: 'Allow',
                Action: ['s3:GetObject', 's3:PutObject', 's3:PutObjectRetention'],
                Resource: ['lines', 'heads'].map((folder) => `arn:aws:s3:::${bucket}/${folder}/*`),
              },
            ],
          },
        ],
      ]

/** A queue's URL says its region, account and name: `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
const eventsFor = (catalogue: Catalogue, { bus }: Beside): readonly (readonly [string, PolicyDocument])[] => {
  const queues = [...(catalogue.regions?.keys() ?? [])].flatMap((region) => {
    const [, account, name] = /\/(\d{12})\/([\w.-]+)$/.exec(eventsQueue(catalogue, { region }) ?? '') ?? []
    return account === undefined || name === undefined ? [] : [{ region, account, name }]
  })
  const own = { StringEquals: { 'events:source': 'rollcall' } } as const
  const heartbeat: readonly Statement[] = [
    {
      Sid: 'ReceiveFromTheEventsQueue',
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      Resource: queues.map(({ region, account, name }) => `arn:aws:sqs:${region}:${account}:${name}`),
    },
    {
      Sid: 'SendTheHeartbeat',
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: queues.map(({ region, account }) => `arn:aws:events:${region}:${account}:event-bus/default`),
      Condition: own,
    },
  ]
  const endings = (resource: string): Statement => ({
    Sid: 'TellOfEndings',
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Resource: resource,
    Condition: own,
  })
  const statements = [...(queues.length > 0 ? heartbeat : []), ...(bus === undefined ? [] : [endings(bus)])]
  return statements.length === 0 ? [] : [['events', { Version: '2012-10-17', Statement: statements }]]
}
