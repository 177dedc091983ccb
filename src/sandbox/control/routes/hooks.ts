import type { HookReceiver } from '../../hooks/receiver'
import type { Routes } from './route'

/** What came to the sandbox's own receiver of webhooks, and how it answers. */
export const hookRoutes = (hooks: HookReceiver): Routes => ({
  'GET /control/webhooks': () => hooks.came(),
  'POST /control/webhooks': (_, { body }) => hooks.answer(body),
})
