import { viewFaults, withIds } from '../blocks/validate'
import type { Obj } from '../json'
import { isObj, objsAt, textAt } from '../json'
import { parseBlocks } from '../text/parsing'
import { newBlockId, newId } from './ids'
import { initialState, keepOffers } from './state'
import type { View } from './model'
import type { Workspace } from './workspace'

/** A stack holds three views at most: https://docs.slack.dev/surfaces/modals#updating_views */
const stackLimit = 3
const sizeLimit = 250 * 1024

/** Why a view was refused: Slack's error code, with what is wrong where the view is. */
export interface ViewRefusal {
  error: string
  faults?: string[]
}
export type ViewResult = View | ViewRefusal

/** Whether a result is a refusal. */
export function isRefusal(result: ViewResult): result is ViewRefusal {
  return 'error' in result
}

/** Opens a modal as the only one of a user's stack. */
export function openView(workspace: Workspace, user: string, content: unknown): ViewResult {
  const view = newView(workspace, user, content, 'modal')
  if (!isRefusal(view)) workspace.setStack(user, [view])
  return view
}

/** Puts a modal on top of a user's stack. */
export function pushView(workspace: Workspace, user: string, content: unknown): ViewResult {
  const stack = workspace.stacks.get(user) ?? []
  if (stack.length >= stackLimit) return { error: 'push_limit_reached' }
  const top = stack.at(-1)
  const view = newView(workspace, user, content, 'modal', top)
  if (!isRefusal(view)) workspace.setStack(user, [...stack, view])
  return view
}

/** Replaces what a modal shows; inputs of blocks that stay keep what people typed. */
export function updateView(workspace: Workspace, view: View, content: unknown, hash?: string): ViewResult {
  if (hash !== undefined && hash !== view.hash) return { error: 'hash_conflict' }
  const fresh = newView(workspace, view.user, content, view.type, undefined, view.id)
  if (isRefusal(fresh)) return fresh
  for (const [block, actions] of Object.entries(fresh.state)) {
    for (const action of Object.keys(actions)) {
      const kept = view.state[block]?.[action]
      if (kept && kept['type'] === actions[action]?.['type']) actions[action] = kept
    }
  }
  keepOffers(objsAt(view.content, 'blocks'), objsAt(fresh.content, 'blocks'))
  view.content = fresh.content
  view.state = fresh.state
  view.hash = fresh.hash
  delete view.errors
  if (view.type === 'home') workspace.setHome(view.user, view)
  else workspace.setStack(view.user, workspace.stacks.get(view.user) ?? [])
  return view
}

/** Publishes a user's Home. */
export function publishHome(workspace: Workspace, user: string, content: unknown, hash?: string): ViewResult {
  // slack: views.publish, `not_enabled`.
  if (!workspace.app.home.homeTab) return { error: 'not_enabled' }
  const known = workspace.homes.get(user)
  if (known) return updateView(workspace, known, content, hash)
  const view = newView(workspace, user, content, 'home')
  if (!isRefusal(view)) workspace.setHome(user, view)
  return view
}

/** An open modal or a published Home, by its id or the app's external id. */
export function findView(workspace: Workspace, id?: string, externalId?: string): View | undefined {
  const all = [...[...workspace.stacks.values()].flat(), ...workspace.homes.values()]
  return all.find((view) => view.id === id || (externalId && view.content['external_id'] === externalId))
}

function newView(
  workspace: Workspace,
  user: string,
  content: unknown,
  type: 'modal' | 'home',
  below?: View,
  replaces?: string,
): ViewResult {
  const faults = viewFaults(content, type)
  if (faults.length > 0 || !isObj(content)) return { error: 'invalid_arguments', faults }
  if (JSON.stringify(content).length > sizeLimit) return { error: 'view_too_large' }
  const externalId = textAt(content, 'external_id')
  const existing = externalId ? findView(workspace, undefined, externalId) : undefined
  if (existing && existing.id !== replaces) return { error: 'duplicate_external_id' }
  const blocks = parseBlocks(workspace, withIds(objsAt(content, 'blocks'), newBlockId))
  const id = newId('V')
  return {
    id,
    user,
    type,
    content: { ...content, blocks },
    hash: `${workspace.newTs().split('.')[0]}.${newBlockId()}`,
    rootId: below?.rootId ?? id,
    ...(below ? { previousId: below.id } : {}),
    state: initialState(blocks),
  }
}

/** A view as Slack's answers and payloads carry it. */
export function viewJson(workspace: Workspace, view: View): Obj {
  const { content } = view
  const modal = view.type === 'modal'
  return {
    id: view.id,
    team_id: workspace.app.teamId,
    type: view.type,
    blocks: content['blocks'],
    private_metadata: content['private_metadata'] ?? '',
    callback_id: content['callback_id'] ?? '',
    external_id: content['external_id'] ?? '',
    state: { values: view.state },
    hash: view.hash,
    ...(modal
      ? {
          title: content['title'],
          submit: content['submit'] ?? null,
          close: content['close'] ?? null,
          submit_disabled: content['submit_disabled'] ?? false,
        }
      : { title: { type: 'plain_text', text: 'View Title', emoji: true }, submit: null, close: null }),
    clear_on_close: content['clear_on_close'] ?? false,
    notify_on_close: content['notify_on_close'] ?? false,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.app.teamId,
    bot_id: workspace.app.botId,
  }
}
