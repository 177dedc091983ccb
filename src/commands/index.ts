import { approve } from './approve'
import { bake } from './bake'
import { cancel } from './cancel'
import { deploy } from './deploy'
import { finish } from './finish'
import { help } from './help'
import { history } from './history'
import { images } from './images'
import { lock } from './lock'
import { provision } from './provision'
import { prune } from './prune'
import { handover } from './handover'
import { stats } from './stats'
import { windows } from './windows'
import { updateImage } from './update-image'
import { reschedule } from './reschedule'
import { roll } from './roll'
import { rollback } from './rollback'
import { scale } from './scale'
import { schedule } from './schedule'
import { schedules } from './schedules'
import { show } from './show'
import { status } from './status'
import { swap } from './swap'
import { teardown } from './teardown'
import { unlock } from './unlock'
import { unschedule } from './unschedule'
import type { Command } from '../domain/interaction/command'
import type { Needed, Spec } from './spec'

/** Every command, in the order of help. Parsing, help, permissions and "did you mean" read it. */
export const commands: readonly Spec[] = [
  deploy,
  status,
  rollback,
  swap,
  finish,
  cancel,
  bake,
  roll,
  scale,
  schedule,
  schedules,
  reschedule,
  unschedule,
  images,
  updateImage,
  prune,
  provision,
  teardown,
  approve,
  lock,
  unlock,
  windows,
  handover,
  stats,
  history,
  show,
  help,
]

const byName = new Map(commands.map((spec) => [spec.name as string, spec]))

/** The command of a name; undefined for none. */
export const commandNamed = (name: string): Spec | undefined => byName.get(name)

/**
 * What a parsed command wants permitted: its action, and the service it is about (`*` for all at once, absent where
 * any will do). A form wants what its command wants, on the service already named; `/asg` alone what `help` wants.
 */
export function permissionOf(command: Command): Needed {
  if (command.name === 'form') {
    const { service } = command.known
    return { action: command.form ?? 'help', ...(service !== undefined && { service }) }
  }
  const spec = byName.get(command.name)
  return spec ? spec.needs(command) : { action: command.name }
}
