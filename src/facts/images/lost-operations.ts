import type { Service } from '../../domain/catalogue/catalogue'
import { isBroken, makerOf, ownTag, versionMaker } from '../../domain/images/own'
import { keptOperations, type Trace, tracesToKnow } from '../../domain/operation/lost'
import type { Tags } from '../../domain/provision/resources'
import { type Reason, reason } from '../../domain/reasons/reason'
import type { OperationId } from '../../domain/operation/id'
import type { Account } from '../../ports/account'
import { UnreadableRecord } from '../../ports/failure'
import type { Journal } from '../../ports/journal'

/** What a service's operations left in AWS of which the store knows nothing, an operation a reason. It changes nothing. */
export const lostOperations = async (
  account: Account,
  journal: Pick<Journal, 'readableHistory' | 'read'>,
  service: Service,
): Promise<readonly Reason[]> => {
  // Read first: whatever is there by then was recorded before it was made.
  const traces = [...(await imagesAndVersions(account, service)), ...(await builtThings(account, service))]
  if (traces.length === 0) return []
  const kept = await journal.readableHistory(service.name, keptOperations)
  const unknown = await Promise.all(
    [...tracesToKnow(traces, kept)].map(async ([operation, left]) =>
      (await isKnown(journal, operation)) ? [] : [lostReason(operation, left)],
    ),
  )
  return unknown.flat()
}

const lostReason = (operation: OperationId, left: readonly Trace[]): Reason => {
  const namesOf = (kind: Trace['kind']) => left.filter((one) => one.kind === kind).map(({ name }) => name)
  return reason('lost_operation', {
    operation,
    images: namesOf('image'),
    versions: namesOf('version'),
    resources: namesOf('resource'),
  })
}

/** Whether there is a record, be it one that cannot be read: that is told where it is met. */
const isKnown = (journal: Pick<Journal, 'read'>, id: OperationId): Promise<boolean> =>
  journal.read(id).then(
    (operation) => operation !== undefined,
    (error: unknown) => {
      if (error instanceof UnreadableRecord) return true
      throw error
    },
  )

const imagesAndVersions = async (account: Account, service: Service): Promise<readonly Trace[]> => {
  const [images, versions] = await Promise.all([
    account.images.tagged(ownTag.service, service.name),
    account.templates.everywhere(),
  ])
  const latest = new Map(versions.map((one) => [`${one.templateName} ${one.number}`, one]))
  return [
    ...images.flatMap((image): Trace[] => {
      const operation = image.state === 'deregistered' ? undefined : makerOf(image, service.name)
      const name = `${image.name} (${image.id})${isBroken(image) ? ` ${image.state}` : ''}`
      return operation === undefined ? [] : [{ operation, kind: 'image', name, at: image.createdAt }]
    }),
    ...[...latest].flatMap(([name, version]): Trace[] => {
      const operation = versionMaker(version, service.name)
      return operation === undefined ? [] : [{ operation, kind: 'version', name, at: version.createdAt }]
    }),
  ]
}

/** What a build made; asked for only of a service that is built. */
const builtThings = async (account: Account, service: Service): Promise<readonly Trace[]> => {
  if (!service.fleet) return []
  const mine = { [ownTag.service]: service.name }
  const found = await Promise.all([
    account.groups.tagged(mine),
    account.templates.tagged(ownTag.service, service.name),
    account.securityGroups.tagged(ownTag.service, service.name),
    account.loadBalancers.all(),
    account.targetGroups.all(),
  ])
  return found.flat().flatMap((one: { readonly name: string; readonly tags: Tags }): Trace[] => {
    const operation = makerOf(one, service.name)
    return operation === undefined ? [] : [{ operation, kind: 'resource', name: one.name }]
  })
}
