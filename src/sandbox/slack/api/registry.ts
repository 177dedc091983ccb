import { auth } from './auth'
import { chat } from './chat'
import { conversations } from './conversations'
import type { Methods } from './method'
import { reactions } from './reactions'
import { users } from './users'
import { views } from './views'

/** Every Web API method that the simulator knows; what is not here answers `unknown_method`. */
export const methods: Methods = { ...auth, ...chat, ...conversations, ...reactions, ...users, ...views }
