import { commandNamed, commands } from '../commands'
import type { Needed } from '../commands/shape'
import type { Action } from '../domain/catalogue'
import type { OperationId } from '../domain/operation'
import { reason } from '../domain/reasons'
import type { Request } from '../domain/request'
import { denied } from '../domain/verdict'
import { helpMessage, helpTopicMessage } from '../messages/help'
import { historyMessage } from '../messages/history'
import { imagesMessage } from '../messages/images'
import type { Voice } from '../messages/language'
import { dryRunMessage } from '../messages/plan'
import { schedulesMessage } from '../messages/schedules'
import { showMessage } from '../messages/show'
import { allStatusMessage, serviceStatusMessage } from '../messages/status'
import { unansweredMessage } from '../messages/trouble'
import type { Message } from '../ports/chat'
import { servicesFor, statusOf } from './affairs'
import { type Asker, actorOf, type FrontDesk, voiceOf } from './front-desk'
import { askWorker } from './questions'
import { refused, type Reply } from './reply'
import { factsOf } from './showing'

// Commands that only look. All reject with StoreUnavailable when the store cannot be read.

const shownOperations = 10

/** Help on one command, or on all of them. */
export const helpOn = (topic: string | undefined, voice: Voice): Message => {
  const entry = topic === undefined ? undefined : commandNamed(topic)
  return entry ? helpTopicMessage({ ...voice, entry }) : helpMessage({ ...voice, entries: commands })
}

/** The plan of what would be started. */
export const showPlan = async (
  desk: FrontDesk,
  { request, why }: { readonly request: Request; readonly why?: string },
  asker: Asker,
): Promise<Reply> => {
  const voice = voiceOf(desk, asker.reader, request.service)
  const planned = await askWorker(desk.questions, { ask: 'plan', request })
  if (planned === undefined) return { ok: false, message: unansweredMessage(voice) }
  if (!planned.ok) return refused(desk, planned.reason, asker, request.service)
  return {
    ok: true,
    message: dryRunMessage({ ...voice, request, ...(why !== undefined && { why }), plan: planned.value }),
  }
}

/** How a service stands, or all that the person may see. */
export const showStatus = async (desk: FrontDesk, needed: Needed, asker: Asker): Promise<Reply> => {
  const { service } = needed
  const seen = await seenBy(desk, needed, asker)
  if ('message' in seen) return seen
  const statuses = await statusOf(desk, seen.services)
  const voice = voiceOf(desk, asker.reader, service)
  const [only] = statuses
  const message =
    service !== undefined && only ? serviceStatusMessage(only, voice) : allStatusMessage(statuses, voice)
  return { ok: true, message }
}

/** The events to come of a service, or of all that the person may see. */
export const showSchedules = async (desk: FrontDesk, needed: Needed, asker: Asker): Promise<Reply> => {
  const seen = await seenBy(desk, needed, asker)
  if ('message' in seen) return seen
  const voice = voiceOf(desk, asker.reader, needed.service)
  const answered = await askWorker(desk.questions, { ask: 'schedules', services: seen.services })
  if (answered === undefined) return { ok: false, message: unansweredMessage(voice) }
  return { ok: true, message: schedulesMessage({ ...voice, services: answered }) }
}

/** The images of a service, and where each is used. */
export const showImages = async (
  desk: FrontDesk,
  service: string,
  needed: Needed,
  asker: Asker,
): Promise<Reply> => {
  const seen = await seenBy(desk, needed, asker)
  if ('message' in seen) return seen
  const voice = voiceOf(desk, asker.reader, service)
  const answered = await askWorker(desk.questions, { ask: 'images', service })
  if (answered === undefined) return { ok: false, message: unansweredMessage(voice) }
  if (answered.trouble) return refused(desk, answered.trouble, asker, service)
  const actor = await actorOf(desk, asker.person)
  const may = (action: Action) => denied(desk.catalogue, action, service, actor) === undefined
  return {
    ok: true,
    message: imagesMessage({
      ...voice,
      images: answered,
      may: { deploy: may('deploy'), refresh: may('refresh'), prune: may('prune') },
    }),
  }
}

/** What ended lately, of the services that the person may see. */
export const showHistory = async (desk: FrontDesk, needed: Needed, asker: Asker): Promise<Reply> => {
  const { service } = needed
  const seen = await seenBy(desk, needed, asker)
  if ('message' in seen) return seen
  const ended = await desk.journal.history(service, shownOperations * 3)
  const operations = ended
    .filter(({ request }) => seen.services.includes(request.service))
    .slice(0, shownOperations)
  const voice = voiceOf(desk, asker.reader, service)
  return {
    ok: true,
    message: historyMessage({ ...voice, operations, ...(service !== undefined && { service }) }),
  }
}

/** One operation whole. */
export const showOperation = async (
  desk: FrontDesk,
  id: OperationId,
  { action }: Needed,
  asker: Asker,
): Promise<Reply> => {
  const operation = await desk.journal.read(id)
  if (operation === undefined) return refused(desk, reason('unknown_operation', { operation: id }), asker)
  const { service } = operation.request
  const no = denied(desk.catalogue, action, service, await actorOf(desk, asker.person))
  if (no !== undefined) return refused(desk, no, asker, service)
  const facts = await factsOf(desk, operation, voiceOf(desk, asker.reader, service))
  return { ok: true, message: showMessage(facts) }
}

/** The services that a person may look at: the one named, or all that are allowed. */
const seenBy = async (
  desk: FrontDesk,
  { action, service }: Needed,
  asker: Asker,
): Promise<Reply | { readonly services: readonly string[] }> => {
  const actor = await actorOf(desk, asker.person)
  if (service === undefined) {
    const services = servicesFor(desk, action, actor)
    if (services.length > 0) return { services }
  }
  const no = denied(desk.catalogue, action, service ?? '*', actor)
  if (no !== undefined) return refused(desk, no, asker, service)
  return { services: service === undefined ? [] : [service] }
}
