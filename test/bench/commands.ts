import type { Channel, User } from '../../src/sandbox/slack/workspace/model'
import { runCommand } from '../../src/sandbox/slack/interact/command'
import type { BenchService } from './fleet'
import { nextVersion } from './fleet'
import type { Stage } from './stage'

const known = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`the workspace has no ${what}`)
  return found
}

/** alice types `/asg deploy` for this service in its channel. Resolves when Slack has the acknowledgement. */
export const typeDeploy = async ({ slack }: Stage, service: BenchService): Promise<void> => {
  const alice: User = known(slack.workspace.users.get('U0ALICE'), 'alice')
  const channel: Channel = known(slack.workspace.channels.get(service.channel), service.channel)
  const outcome = await runCommand(slack, alice, channel, `/asg deploy ${service.name} ${nextVersion}`)
  if (!outcome.ok) throw new Error(`the deploy of ${service.name} was not taken: ${outcome.error}`)
}
