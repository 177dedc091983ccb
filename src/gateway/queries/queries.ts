import { commandNamed, commands } from '../../commands'
import type { Needed } from '../../commands/spec'
import type { Action } from '../../domain/access/action'
import { reason } from '../../domain/reasons/reason'
import type { Request } from '../../domain/operation/request'
import { denied } from '../../domain/access/verdict'
import { helpMessage, helpTopicMessage } from '../../messages/queries/help'
import { historyMessage } from '../../messages/queries/history'
import { imagesMessage } from '../../messages/images/images'
import type { Locale } from '../../messages/locale'
import { dryRunMessage } from '../../messages/plan/plan'
import { schedulesMessage } from '../../messages/events/schedules'
import { showMessage } from '../../messages/queries/show'
import { allStatusMessage, serviceStatusMessage } from '../../messages/status/status'
import { workerTimeoutMessage } from '../../messages/errors'
import type { Message } from '../../ports/chat'
import { permittedServices, statusOf } from './service-status'
import { type Asker, actorOf, type GatewayDeps, localeOf } from '../deps'
import { queryWorker } from '../../ports/worker-queries'
import { refused, type Reply } from '../reply'
import { factsOf } from '../operation-view/operation-view'
import type { OperationId } from '../../domain/operation/id'

// Commands that only look. All reject with StoreUnavailable when the store cannot be read.

const historyLimit = 10

/** Help on one command, or on all of them. */
export const helpReply = (topic: string | undefined, locale: Locale): Message => {
  const entry = topic === undefined ? undefined : commandNamed(topic)
  return entry ? helpTopicMessage({ ...locale, entry }) : helpMessage({ ...locale, entries: commands })
}

/** The plan of what would be started. */
export const planReply = async (
  deps: GatewayDeps,
  { request, why }: { readonly request: Request; readonly why?: string },
  asker: Asker,
): Promise<Reply> => {
  const locale = localeOf(deps, asker.userLocale, request.service)
  const planned = await queryWorker(deps.workerRpc, { ask: 'plan', request })
  if (planned === undefined) return { ok: false, message: workerTimeoutMessage(locale) }
  if (!planned.ok) return refused(deps, planned.reason, asker, request.service)
  return {
    ok: true,
    message: dryRunMessage({ ...locale, request, ...(why !== undefined && { why }), plan: planned.value }),
  }
}

/** How a service stands, or all that the person may see. */
export const statusReply = async (deps: GatewayDeps, needed: Needed, asker: Asker): Promise<Reply> => {
  const { service } = needed
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const statuses = await statusOf(deps, visible.services)
  const locale = localeOf(deps, asker.userLocale, service)
  const [only] = statuses
  const message =
    service !== undefined && only ? serviceStatusMessage(only, locale) : allStatusMessage(statuses, locale)
  return { ok: true, message }
}

/** The events to come of a service, or of all that the person may see. */
export const schedulesReply = async (deps: GatewayDeps, needed: Needed, asker: Asker): Promise<Reply> => {
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const locale = localeOf(deps, asker.userLocale, needed.service)
  const answered = await queryWorker(deps.workerRpc, { ask: 'schedules', services: visible.services })
  if (answered === undefined) return { ok: false, message: workerTimeoutMessage(locale) }
  return { ok: true, message: schedulesMessage({ ...locale, services: answered }) }
}

/** The images of a service, and where each is used. */
export const imagesReply = async (
  deps: GatewayDeps,
  service: string,
  needed: Needed,
  asker: Asker,
): Promise<Reply> => {
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const locale = localeOf(deps, asker.userLocale, service)
  const answered = await queryWorker(deps.workerRpc, { ask: 'images', service })
  if (answered === undefined) return { ok: false, message: workerTimeoutMessage(locale) }
  if (answered.error) return refused(deps, answered.error, asker, service)
  const actor = await actorOf(deps, asker.person)
  const may = (action: Action) => denied(deps.catalogue, action, service, actor) === undefined
  return {
    ok: true,
    message: imagesMessage({
      ...locale,
      images: answered,
      allowed: { deploy: may('deploy'), updateImage: may('update-image'), prune: may('prune') },
    }),
  }
}

/** What ended lately, of the services that the person may see. */
export const historyReply = async (deps: GatewayDeps, needed: Needed, asker: Asker): Promise<Reply> => {
  const { service } = needed
  const visible = await visibleServices(deps, needed, asker)
  if ('message' in visible) return visible
  const ended = await deps.journal.readableHistory(service, historyLimit * 3)
  const operations = ended
    .filter(({ request }) => visible.services.includes(request.service))
    .slice(0, historyLimit)
  const locale = localeOf(deps, asker.userLocale, service)
  return {
    ok: true,
    message: historyMessage({ ...locale, operations, ...(service !== undefined && { service }) }),
  }
}

/** One operation whole. */
export const operationReply = async (
  deps: GatewayDeps,
  id: OperationId,
  { action }: Needed,
  asker: Asker,
): Promise<Reply> => {
  const operation = await deps.journal.read(id)
  if (operation === undefined) return refused(deps, reason('unknown_operation', { operation: id }), asker)
  const { service } = operation.request
  const denial = denied(deps.catalogue, action, service, await actorOf(deps, asker.person))
  if (denial !== undefined) return refused(deps, denial, asker, service)
  const facts = await factsOf(deps, operation, localeOf(deps, asker.userLocale, service))
  return { ok: true, message: showMessage(facts) }
}

/** The services that a person may look at: the one named, or all that are allowed. */
const visibleServices = async (
  deps: GatewayDeps,
  { action, service }: Needed,
  asker: Asker,
): Promise<Reply | { readonly services: readonly string[] }> => {
  const actor = await actorOf(deps, asker.person)
  if (service === undefined) {
    const services = permittedServices(deps, action, actor)
    if (services.length > 0) return { services }
  }
  const denial = denied(deps.catalogue, action, service ?? '*', actor)
  if (denial !== undefined) return refused(deps, denial, asker, service)
  return { services: service === undefined ? [] : [service] }
}
