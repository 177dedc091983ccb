import type { Simulation, View } from './engine/simulation'

/** The two calls of the Security Token Service that clients make on their way, with schemas in the SDK's form. */
export const stsSchemas: Readonly<Record<string, unknown>> = {
  GetCallerIdentity$: [
    9,
    'sts',
    'GetCallerIdentity',
    0,
    [3, 'sts', 'GetCallerIdentityRequest', 0, [], []],
    [3, 'sts', 'GetCallerIdentityResponse', 0, ['UserId', 'Account', 'Arn'], [0, 0, 0]],
  ],
  AssumeRole$: [
    9,
    'sts',
    'AssumeRole',
    0,
    [
      3,
      'sts',
      'AssumeRoleRequest',
      0,
      ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'ExternalId', 'Policy'],
      [0, 0, 1, 0, 0],
      2,
    ],
    [
      3,
      'sts',
      'AssumeRoleResponse',
      0,
      ['Credentials', 'AssumedRoleUser'],
      [
        [
          3,
          'sts',
          'Credentials',
          0,
          ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'],
          [0, 0, 0, 4],
          4,
        ],
        [3, 'sts', 'AssumedRoleUser', 0, ['AssumedRoleId', 'Arn'], [0, 0], 2],
      ],
    ],
  ],
}

interface AssumeRole {
  readonly RoleArn: string
  readonly RoleSessionName: string
  readonly DurationSeconds?: number
}

export const stsHandlers = {
  GetCallerIdentity({ world }: View) {
    return {
      UserId: 'AIDASANDBOX',
      Account: world.account,
      Arn: `arn:aws:iam::${world.account}:user/sandbox`,
    }
  },

  /** Any role may be assumed. Its credentials end in real time, by which SDKs renew them. */
  AssumeRole(_sim: Simulation, input: AssumeRole) {
    const { RoleArn, RoleSessionName, DurationSeconds = 3600 } = input
    const [, account = '', role = ''] = /^arn:aws:iam::(\d+):role\/(.+)$/.exec(RoleArn) ?? []
    return {
      Credentials: {
        AccessKeyId: 'ASIASANDBOX',
        SecretAccessKey: 'sandbox',
        SessionToken: 'sandbox',
        Expiration: new Date(Date.now() + DurationSeconds * 1000),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROASANDBOX:${RoleSessionName}`,
        Arn: `arn:aws:sts::${account}:assumed-role/${role}/${RoleSessionName}`,
      },
    }
  },
}
