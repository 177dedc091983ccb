import type { Blueprint, BlueprintImage, SecurityGroupBlueprint } from '../domain/provision/blueprint'
import { defined } from '../domain/defined'
import { minute } from '../domain/time/time'
import type { WrittenFleet } from './fleet-schema'

/** What the console sets where the API would not (EC2 Auto Scaling user guide, "health check grace period"). */
const usualGrace = 5 * minute

/** The blueprint that a `fleet:` of sound form describes; its user data is the path of a file still. */
export const blueprintFrom = (written: WrittenFleet): Blueprint => {
  const { instances, target_group: targets, load_balancer: balancer, group } = written
  const [scaling] = written.scaling
  return defined({
    vpc: written.vpc,
    instances: defined({
      image: imageFrom(instances.image),
      type: instances.type,
      securityGroup: securityGroupFrom(instances.security_group),
      tags: instances.tags ?? {},
      description: instances.description,
      keyPair: instances.key_pair,
      profile: instances.profile,
      userData: instances.user_data,
      volume: instances.volume && defined({ sizeGiB: instances.volume.size, type: instances.volume.type }),
      metadata: instances.metadata ?? 'required',
    }),
    targetGroup: defined({
      name: targets.name ?? targets.blue ?? '',
      green: targets.green,
      port: targets.port,
      path: targets.path ?? '/',
      registerSource: targets.register_source ?? false,
    }),
    loadBalancer: defined({
      name: balancer.name,
      scheme: balancer.scheme ?? 'internet-facing',
      subnets: named(balancer.subnets),
      securityGroup: securityGroupFrom(balancer.security_group),
      listener: defined(balancer.listener),
    }),
    group: defined({
      subnets: named(group.subnets),
      min: group.min,
      desired: group.desired,
      max: group.max,
      healthCheck: {
        by: group.health_check?.by ?? ['EC2'],
        grace: group.health_check?.grace ?? usualGrace,
      },
      metrics: group.metrics ?? false,
      follows: pinFrom(group.follows),
      tags: group.tags ?? {},
    }),
    scaling: scaling && defined(scaling),
  })
}

/** What is not said is a list of nothing. */
const named = (subnets: readonly string[]): readonly string[] | undefined =>
  subnets.length === 0 ? undefined : subnets

const pinFrom = (follows = 'default'): Blueprint['group']['follows'] => {
  if (follows === 'default') return '$Default'
  return follows === 'latest' ? '$Latest' : Number(follows)
}

const imageFrom = (image: WrittenFleet['instances']['image']): BlueprintImage => {
  if (typeof image === 'string') return { use: image }
  const { tag = {}, instance } = image.from
  return { bake: image.name, from: instance === undefined ? { tag } : { instance }, tags: image.tags ?? {} }
}

const securityGroupFrom = ({
  name,
  description,
  allow,
}: WrittenFleet['instances']['security_group']): SecurityGroupBlueprint => ({
  name,
  description: description ?? name,
  allow,
})
