import { isImageName } from '../domain/images/image-names'
import type { WrittenFleet } from './fleet-schema'
import type { Path } from './places'
import type { WrittenService } from './schema'

type At = (path: Path, wrong: string, allowed: string) => void

/** What a service's `fleet:` says against itself and against the rest of the service. */
export function checkFleet(service: WrittenService, report: At): void {
  const { fleet, group, template, colors } = service
  if (!fleet) return
  const at: At = (path, wrong, allowed) => report(['fleet', ...path], wrong, allowed)
  checkTargetGroups(service, fleet, at)
  if (colors && (colors.blue?.length !== 1 || colors.green?.length !== 1))
    report(
      ['colors'],
      'does not name one group of each color, where a fleet is to be built',
      'colors like { blue: shop-blue, green: shop-green }',
    )
  if ((group !== undefined || colors) && template === undefined)
    report(['template'], 'is missing, where a fleet is to be built', 'the name of its launch template')
  checkImage(fleet, at)
  const { min, desired, max } = fleet.group
  if (!(min <= desired && desired <= max))
    at(['group'], `min ${min}, desired ${desired}, max ${max} are out of order`, 'min ≤ desired ≤ max')
  const checks = fleet.group.health_check
  if (checks && checks.by.length === 0)
    at(['group', 'health_check', 'by'], 'names no kind of check', 'EC2, or EC2 and ELB')
  if (fleet.scaling.length > 1) at(['scaling', 1], 'the average CPU can be tracked once', 'one target')
  const own = fleet.instances.security_group.name
  if (own === fleet.load_balancer.security_group.name)
    at(
      ['instances', 'security_group', 'name'],
      `"${own}" is the security group of the load balancer, too`,
      'a name of its own',
    )
  for (const [index, { from }] of fleet.load_balancer.security_group.allow.entries())
    if (from === 'load_balancer')
      at(
        ['load_balancer', 'security_group', 'allow', index, 'from'],
        'the load balancer is not reached from itself',
        'an IPv4 range like 0.0.0.0/0, or the id of a security group',
      )
  if (new Set(fleet.load_balancer.subnets).size === 1)
    at(['load_balancer', 'subnets'], 'one subnet is too few', 'subnets of two zones or more')
}

function checkTargetGroups(
  { colors }: WrittenService,
  { target_group: targets }: WrittenFleet,
  at: At,
): void {
  const { name, blue, green } = targets
  const isEach = blue !== undefined && green !== undefined
  if (name === undefined ? !isEach : blue !== undefined || green !== undefined)
    at(['target_group'], 'says not exactly which it is', 'one name, or blue and green')
  else if (isEach && !colors) at(['target_group'], 'names two, for a service with one group', 'one name')
  else if (isEach && blue === green)
    at(
      ['target_group', 'green'],
      `"${green}" is that of blue, too`,
      'a name of its own, or one name for both',
    )
}

function checkImage({ instances: { image }, target_group: targets }: WrittenFleet, at: At): void {
  if (typeof image === 'string') {
    if (targets.register_source)
      at(
        ['target_group', 'register_source'],
        'no instance is named that the image is made of',
        'an image with name and from',
      )
    return
  }
  if (!isImageName(image.name))
    at(
      ['instances', 'image', 'name'],
      `"${image.name}" cannot name an image`,
      "letters, digits, spaces and ( ) [ ] . / - ' @ _, 3 to 128",
    )
  const { tag, instance } = image.from
  if ((tag === undefined) === (instance === undefined))
    at(['instances', 'image', 'from'], 'says not exactly one source', 'tag or instance')
  else if (tag && Object.keys(tag).length === 0)
    at(['instances', 'image', 'from', 'tag'], 'names no tag', 'one tag or more, like { Name: server }')
}
