import { moveBot } from '../state/api'
import { bots } from '../state/account'

/** The bot that does the work: of several roles the worker, of one its all. */
export const worker = () =>
  bots.value.find((bot) => bot.role === 'worker') ??
  bots.value.find((bot) => bot.role === 'all') ??
  bots.value[0]

/** Kills the worker without a warning, as a power cut would. */
export const killWorker = async () => {
  const bot = worker()
  if (bot) await moveBot(bot.role, 'kill')
}

export const startWorker = async () => {
  const bot = worker()
  if (bot) await moveBot(bot.role, 'start')
}
