import { commandNamed, commands, permissionOf } from '../../commands'
import type { Command } from '../../domain/interaction/command'
import { serviceIn } from '../../domain/record/chain'
import { momentOf } from '../../domain/record/range'
import type { Instant } from '../../domain/time/time'
import type { Needed } from '../../commands/spec'
import type { Action } from '../../domain/access/action'
import { reason } from '../../domain/reasons/reason'
import { windowClosed } from '../../domain/access/gates'
import { defined } from '../../domain/defined'
import { atWindows } from '../../domain/windows/planned'
import type { OperationRequest } from '../../durable/create-operation'
import { closuresIn } from '../../domain/windows/closures'
import { hour } from '../../domain/time/time'
import { denied } from '../../domain/access/verdict'
import { helpMessage, helpTopicMessage } from '../../messages/queries/help'
import { historyMessage } from '../../messages/queries/history'
import { recordMessage } from '../../messages/queries/record'
import { imagesMessage } from '../../messages/images/images'
import type { Locale } from '../../messages/locale'
import { dryRunMessage } from '../../messages/plan/plan'
import { schedulesMessage } from '../../messages/events/schedules'
import { showMessage } from '../../messages/queries/show'
import { allStatusMessage, serviceStatusMessage } from '../../messages/status/status'
import { workerTimeoutMessage } from '../../messages/errors'
import type { Message } from '../../ports/chat'
import { statusOf } from './service-status'
import { visibleServices } from './visible-services'
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
  { request, why, atWindow }: Pick<OperationRequest, 'request' | 'why' | 'atWindow'>,
  asker: Asker,
): Promise<Reply> => {
  const locale = localeOf(deps, asker.userLocale, request.service)
  const planned = await queryWorker(deps.workerRpc, { ask: 'plan', request })
  if (planned === undefined) return { ok: false, message: workerTimeoutMessage(locale) }
  if (!planned.ok) return refused(deps, planned.reason, asker, request.service)
  const { catalogue, clock } = deps
  const asked = { request, requester: asker.person, ...(atWindow && { atWindow }) }
  const atNow = atWindows(catalogue, asked, planned.value, clock.now())
  const held =
    atNow.closure && !atNow.plan.override && windowClosed(catalogue, request.service, atNow.closure)
  const plan = held ? { ...atNow.plan, warnings: [...atNow.plan.warnings, held] } : atNow.plan
  return {
    ok: true,
    plan,
    message: dryRunMessage({ ...locale, request, ...defined({ why, atWindow }), plan }),
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
  const now = deps.clock.now()
  const weekOf = (service: string) =>
    closuresIn(deps.catalogue.windows ?? [], service, { from: now, until: now + 8 * 24 * hour })
  return {
    ok: true,
    message: schedulesMessage({
      ...locale,
      services: answered.map((one) => ({ ...one, closures: weekOf(one.service) })),
    }),
  }
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

/** What ended lately, of the services that the person may see; or the record of it. */
export const historyReply = async (
  deps: GatewayDeps,
  command: Extract<Command, { readonly name: 'history' }>,
  asker: Asker,
): Promise<Reply> => {
  const { service } = command
  const visible = await visibleServices(deps, permissionOf(command), asker)
  if ('message' in visible) return visible
  const locale = localeOf(deps, asker.userLocale, service)
  const range = {
    ...(command.since !== undefined && { since: momentOf(command.since, locale) }),
    ...(command.until !== undefined && { until: momentOf(command.until, locale) }),
  }
  if (command.as) return recordReply(deps, { ...command, as: command.as, range }, visible.services, asker)
  const ended = await deps.journal.readableHistory(service, historyLimit * 3)
  const operations = ended
    .filter(({ request, ending }) => {
      const at = ending?.at ?? 0
      const within = at >= (range.since ?? 0) && at < (range.until ?? Number.POSITIVE_INFINITY)
      return within && visible.services.includes(request.service)
    })
    .slice(0, historyLimit)
  return {
    ok: true,
    message: historyMessage({ ...locale, operations, ...(service !== undefined && { service }) }),
  }
}

/** Lines of the record that are looked through for a message. */
const recordLimit = 2_000

/** The record of the services that a person may see; the whole of it, and its chain, to who may see all of them. */
const recordReply = async (
  deps: GatewayDeps,
  {
    service,
    as,
    range,
    ...said
  }: Pick<Extract<Command, { name: 'history' }>, 'service' | 'since' | 'until'> & {
    readonly as: 'csv' | 'json'
    readonly range: { readonly since?: Instant; readonly until?: Instant }
  },
  services: readonly string[],
  asker: Asker,
): Promise<Reply> => {
  const actor = await actorOf(deps, asker.person)
  const all = service === undefined && denied(deps.catalogue, 'history', '*', actor) === undefined
  const kept = await deps.record.lines({ ...range, most: recordLimit })
  const lines = all ? kept : kept.filter((line) => services.includes(serviceIn(line) ?? '*'))
  return {
    ok: true,
    message: recordMessage({
      ...localeOf(deps, asker.userLocale, service),
      as,
      lines,
      whole: all,
      said,
      ...(service !== undefined && { service }),
    }),
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
