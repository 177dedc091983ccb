import type { Simulation } from './engine/simulation'
import { defaultVpc, ids } from './seed-network'

const day = 86_400_000

/**
 * What the course for small architectures begins with: a server in the default VPC, set up by hand on Ubuntu, of
 * which the image is to be made. Nothing else of its fleet is there.
 */
export function seedCourse(sim: Simulation): void {
  const { world } = sim
  const at = sim.now - 7 * day
  const image = ids.ubuntuImage
  world.images.set(image, {
    id: image,
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260126',
    description: 'Canonical, Ubuntu, 24.04, amd64 noble image',
    state: 'available',
    createdAt: sim.now - 20 * day,
    visibleAt: sim.now - 20 * day,
    owner: '099720109477',
    snapshots: [],
    permissions: new Set(['all']),
    tags: new Map(),
  })
  const subnet = world.subnets.get(ids.defaultA)
  const id = ids.courseServer
  world.instances.set(id, {
    id,
    state: 'running',
    imageId: image,
    type: 't2.nano',
    subnet: ids.defaultA,
    vpc: defaultVpc,
    zone: subnet?.zone ?? '',
    privateIp: '172.31.0.10',
    volume: id.replace(/^i-/, 'vol-'),
    devices: [],
    spot: false,
    securityGroups: [ids.defaultGroup],
    keyName: 'fastcampus',
    launchedAt: at,
    visibleAt: at,
    tags: new Map([['Name', 'fastcampus-server']]),
    protectedFromTermination: false,
    broken: false,
    downUntil: 0,
  })
}
