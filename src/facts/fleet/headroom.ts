import type { HeadroomLeft } from '../../domain/events/headroom'
import type { Group, TemplateVersion } from '../../domain/fleet/fleet'
import { reason } from '../../domain/reasons/reason'
import { type Result, failure, ok } from '../../domain/result'
import type { Account } from '../../ports/account'
import { checkedRead } from '../checked-read'

/**
 * What room there is for more instances of a group, launched from `version`, or else from what its template says now. What
 * AWS does not answer is said to be unknown, never fine.
 */
export const readHeadroom = async (
  account: Account,
  group: Group,
  version?: Pick<TemplateVersion, 'data'>,
): Promise<HeadroomLeft> => {
  const [addresses, vcpus] = await Promise.all([
    // A group of EC2-Classic's kind, by zones alone, launches into default subnets that it does not name.
    checkedRead(async () =>
      group.subnets.length === 0 ? undefined : account.headroom.freeAddresses(group.subnets),
    ),
    checkedRead(async () => vcpusOf(account, group, version)),
  ])
  const unknown = [addresses, vcpus].flatMap((answer) => (answer.ok ? [] : [answer.reason]))
  const of = vcpus.ok ? vcpus.value : undefined
  return {
    ...(addresses.ok && addresses.value !== undefined && { addresses: addresses.value }),
    ...(of?.ok && { vcpus: of.value }),
    unknown: [...unknown, ...(of && !of.ok ? [of.reason] : [])],
  }
}

const vcpusOf = async (
  account: Account,
  group: Group,
  known?: Pick<TemplateVersion, 'data'>,
): Promise<Result<NonNullable<HeadroomLeft['vcpus']>>> => {
  const unknown = (type?: string) => reason('vcpus_not_checked', { group: group.name, type })
  if (!group.template || group.mixed) return failure(unknown())
  const version = known ?? (await account.templates.version(group.template.id, group.template.pin))
  const { InstanceType: type } = JSON.parse(version?.data ?? '{}') as { readonly InstanceType?: string }
  if (type === undefined) return failure(unknown())
  const vcpus = await account.headroom.vcpus(type)
  return vcpus ? ok({ type, ...vcpus }) : failure(unknown(type))
}
