import type { FleetView, GroupView, InstanceView, TargetView } from '../../../src/sandbox/protocol'

/** Where the simulated day of the fixture stands at its beginning: 10:00 in Seoul. */
export const morning = Date.parse('2026-11-21T01:00:00Z')

const targetGroup = 'arn:aws:elasticloadbalancing:ap-northeast-2:1:targetgroup/Web-TG/1'
const shopTargets = 'arn:aws:elasticloadbalancing:ap-northeast-2:1:targetgroup/shop-TG/1'

export const instance = (id: string, version: number, more: Partial<InstanceView> = {}): InstanceView => ({
  id: `i-0${id}9f3c2d1e`,
  group: 'Web-ASG',
  imageId: `ami-0${version}aa`,
  imageName: `Web Server v${version}`,
  state: 'running',
  lifecycle: 'InService',
  healthStatus: 'Healthy',
  templateVersion: version,
  zone: id.charCodeAt(0) % 2 === 0 ? 'ap-northeast-2a' : 'ap-northeast-2c',
  type: 't2.micro',
  launchedAt: morning - 86_400_000,
  tags: { Name: 'ASG-Web-Instance' },
  ...more,
})

const target = (one: InstanceView, state: string): TargetView => ({ instance: one.id, port: 80, state })

const webGroup = (instances: InstanceView[], refresh?: GroupView['refresh']): GroupView => ({
  name: 'Web-ASG',
  min: 2,
  desired: 2,
  max: 4,
  cooldown: 30,
  templateName: 'Web',
  templatePin: '$Default',
  templateVersion: 1,
  suspended: [],
  terminationPolicies: ['Default'],
  targetGroups: [targetGroup],
  tags: {},
  instances: instances.map((one) => one.id),
  ...(refresh ? { refresh } : {}),
})

const shopGroup = (color: string, instances: InstanceView[]): GroupView => ({
  name: `shop-${color}`,
  min: instances.length,
  desired: instances.length,
  max: 6,
  cooldown: 300,
  templateName: 'shop',
  templatePin: '$Latest',
  templateVersion: 1,
  suspended: [],
  terminationPolicies: ['Default'],
  targetGroups: [shopTargets],
  tags: {},
  instances: instances.map((one) => one.id),
})

export interface Scene {
  after: number
  /** The web group's instances, each with what its target is, if it is one. */
  web: [InstanceView, string?][]
  refresh?: GroupView['refresh']
  /** What the web group has besides. */
  group?: Partial<GroupView>
  baking?: { version: number; percent?: number; state?: string }
  versions?: number
  standard?: number
}

/** A whole fleet at one moment of a story about `web`; `shop` only stands beside it. */
export const fleetAt = (scene: Scene): FleetView => {
  const web = scene.web.map(([one]) => one)
  const shopTags = { 'docker:image:name': 'shop', 'docker:image:version': '41' }
  const shop = ['b1', 'c1', 'd1'].map((id) =>
    instance(id, 1, { group: 'shop-blue', imageName: 'shop host 12', type: 'm6i.large', tags: shopTags }),
  )
  const source = instance('ee', 1, { tags: { Name: 'ASG-Web-Instance' } })
  const { group: _, lifecycle: __, ...stray } = source
  const count = scene.versions ?? 1
  return {
    now: morning + scene.after,
    speed: 20,
    loadBalancers: [
      { arn: 'lb/web', name: 'Web-ALB', dns: 'web.local', state: 'active', targetGroups: [targetGroup] },
      { arn: 'lb/shop', name: 'shop-ALB', dns: 'shop.local', state: 'active', targetGroups: [shopTargets] },
    ],
    targetGroups: [
      {
        arn: targetGroup,
        name: 'Web-TG',
        inUse: true,
        drainSeconds: 300,
        targets: scene.web.flatMap(([one, state]) => (state === undefined ? [] : [target(one, state)])),
      },
      {
        arn: shopTargets,
        name: 'shop-TG',
        weight: 100,
        inUse: true,
        drainSeconds: 120,
        targets: shop.map((one) => target(one, 'healthy')),
      },
    ],
    groups: [
      { ...webGroup(web, scene.refresh), ...scene.group },
      shopGroup('blue', shop),
      shopGroup('green', []),
    ],
    securityGroups: [
      {
        id: 'sg-0web',
        name: 'ASG-Web-Inst-SG',
        description: 'HTTP Allow',
        vpc: 'vpc-0lab',
        waysIn: ['80 from Web-ALB-SG'],
        heldByDeleted: 0,
      },
    ],
    instances: [...web, ...shop, stray],
    images: [
      { id: 'ami-01aa', name: 'Web Server v1', state: 'available', createdAt: morning - 9e7, tags: {} },
      ...(scene.baking
        ? [
            {
              id: `ami-0${scene.baking.version}aa`,
              name: `Web Server v${scene.baking.version}`,
              state: scene.baking.state ?? 'pending',
              createdAt: morning + 20_000,
              tags: {},
              ...(scene.baking.percent === undefined ? {} : { percent: scene.baking.percent }),
            },
          ]
        : []),
    ],
    templates: [
      {
        id: 'lt-0web',
        name: 'Web',
        default: scene.standard ?? 1,
        latest: count,
        versions: Array.from({ length: count }, (_, index) => ({
          number: index + 1,
          imageName: `Web Server v${index + 1}`,
          createdAt: morning,
        })),
      },
      {
        id: 'lt-0shop',
        name: 'shop',
        default: 1,
        latest: 1,
        versions: [{ number: 1, imageName: 'shop host 12', createdAt: morning }],
      },
    ],
    schedules: [],
  }
}
