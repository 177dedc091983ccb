import type { Service } from '../domain/catalogue/catalogue'
import type { Account } from '../ports/account'
import type { WorkerDeps } from './deps'

/**
 * The catalogue's other accounts in a service's region, as their roles lead to them. An image has one id for all of them;
 * one of another region is another image.
 */
export const accountsElsewhere = (
  { catalogue, accounts }: Pick<WorkerDeps, 'catalogue' | 'accounts'>,
  { where }: Pick<Service, 'where'>,
): readonly Account[] => {
  const inRegion = [...catalogue.services.values()].filter((one) => one.where.region === where.region)
  const all = new Set(inRegion.map((one) => accounts(one.where)))
  all.delete(accounts(where))
  return [...all]
}
