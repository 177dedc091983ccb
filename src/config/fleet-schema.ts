import type { z } from 'zod'
import { count, keys, list, mapOr, named, span, text, word, yesNo } from './fields'

/** Names that EC2 takes for a security group of a VPC (API reference, CreateSecurityGroup, GroupName). */
const securityGroupName = text(
  'up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not beginning with sg-',
  /^(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
)
/** Names of load balancers and target groups (ELB API reference, CreateLoadBalancer, Name). */
const balancerName = text(
  'up to 32 letters, digits and -, not beginning or ending with -, nor beginning with internal-',
  /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
)
const port = count(1, 65_535)
const source = text(
  'load_balancer, an IPv4 range like 0.0.0.0/0, or the id of a security group, sg-…',
  /^(?:load_balancer|(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}|sg-[0-9a-f]+)$/,
)
const tags = named(
  'tags, like { Name: Web Instance }',
  /^(?!aws:|rollcall:).{1,128}$/,
  text('a value of up to 256 signs', /^.{0,256}$/),
)
const subnets = list(text('the Name tag or the id of a subnet'), 'names or ids of subnets')

const securityGroup = keys({
  name: securityGroupName,
  // GroupDescription (API reference, CreateSecurityGroup).
  description: text(
    'up to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*',
    /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
  ).optional(),
  allow: list(keys({ port, from: source }), 'a list like [{ port: 80, from: load_balancer }]'),
})

/** A name, an id, a parameter; or a map that says how the image is baked. */
const image = mapOr(
  keys({
    name: text('the name of an image'),
    from: keys({
      tag: named('tags of the instance, like { Name: server }', /^.{1,128}$/, text('a value')).optional(),
      instance: text(
        'the id of an instance, i-0123456789abcdef0',
        /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
      ).optional(),
    }),
    tags: tags.optional(),
  }),
  text('the name or the id of an image, resolve:ssm:<parameter>, or { name: …, from: … }'),
)

/** The form of `fleet:`, how a service's fleet is built. */
export const fleetSchema = keys({
  vpc: text('the Name tag or the id of a VPC').optional(),
  instances: keys({
    image,
    type: text('an instance type, like t2.micro', /^[a-z0-9-]+\.[a-z0-9-]+$/),
    security_group: securityGroup,
    description: text('up to 255 signs', /^.{1,255}$/).optional(),
    tags: tags.optional(),
    key_pair: text('the name of a key pair').optional(),
    profile: text('the name of an instance profile', /^[\w+=,.@-]{1,128}$/).optional(),
    user_data: text('the path of a file').optional(),
    volume: keys({
      size: count(1, 65_536),
      type: word(['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard']).optional(),
    }).optional(),
    metadata: word(['required', 'optional']).optional(),
  }),
  target_group: keys({
    name: balancerName.optional(),
    blue: balancerName.optional(),
    green: balancerName.optional(),
    port,
    path: text('a path, like /health', /^\/[\x21-\x7e]{0,1023}$/).optional(),
    register_source: yesNo().optional(),
  }),
  load_balancer: keys({
    name: balancerName,
    scheme: word(['internet-facing', 'internal']).optional(),
    subnets,
    security_group: securityGroup,
    listener: keys({
      port,
      certificate: text(
        'the ARN of a certificate, arn:aws:acm:…',
        /^arn:aws[a-z-]*:(?:acm|iam):\S+$/,
      ).optional(),
    }),
  }),
  group: keys({
    subnets,
    min: count(0, 10_000),
    desired: count(0, 10_000),
    max: count(0, 10_000),
    health_check: keys({
      by: list(word<'EC2' | 'ELB'>(['EC2', 'ELB']), 'a list like [EC2, ELB]'),
      grace: span().optional(),
    }).optional(),
    metrics: yesNo().optional(),
    follows: text(
      'default, latest, or the number of a version',
      /^(?:default|latest|[1-9]\d{0,5})$/,
    ).optional(),
    tags: tags.optional(),
  }),
  scaling: list(keys({ cpu: count(1, 100), warmup: span().optional() }), 'a list like [{ cpu: 30 }]'),
})

export type WrittenFleet = z.output<typeof fleetSchema>
