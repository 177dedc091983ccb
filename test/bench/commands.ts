import type { Channel, User } from '../../src/sandbox/slack/workspace/model'
import { clickMessage } from '../../src/sandbox/slack/interact/click'
import { runCommand } from '../../src/sandbox/slack/interact/command'
import { submitView } from '../../src/sandbox/slack/interact/submit'
import type { BenchService } from './fleet'
import { nextVersion } from './fleet'
import type { Stage } from './stage'

const known = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`the workspace has no ${what}`)
  return found
}

/** alice types `/asg deploy` for this service in its channel. Resolves when Slack has the acknowledgement. */
export const typeDeploy = (stage: Stage, service: BenchService): Promise<void> =>
  type(stage, service.channel, `deploy ${service.name} ${nextVersion}`)

/** alice types a command in a channel. Resolves when Slack has the acknowledgement. */
export const type = async (stage: Stage, channel: string, words: string): Promise<void> => {
  const outcome = await runCommand(stage.slack, aliceOf(stage), channelOf(stage, channel), `/asg ${words}`)
  if (!outcome.ok) throw new Error(`${words}: not taken: ${outcome.error}`)
}

/** alice clicks a button of a channel's messages, and confirms. Undefined where no message has it (yet). */
export const click = async (stage: Stage, channel: string, label: string): Promise<true | undefined> => {
  const alice = aliceOf(stage)
  for (const { ts } of stage.slack.workspace.messages.visible(channel, alice.id)) {
    const outcome = await clickMessage(stage.slack, alice, channelOf(stage, channel), ts, {
      action: label,
      confirm: true,
    })
    if (outcome.ok) return true
    if (outcome.error !== 'unknown_action') throw new Error(`${label}: not taken: ${outcome.error}`)
  }
  return undefined
}

/** alice fills in the form that is topmost on her screen, and sends it. Undefined where there is none (yet). */
export const submit = async (
  stage: Stage,
  values: Readonly<Record<string, string>>,
): Promise<true | undefined> => {
  const alice = aliceOf(stage)
  const view = stage.slack.workspace.stacks.get(alice.id)?.at(-1)
  if (!view || !Object.keys(values).every((name) => JSON.stringify(view.content).includes(name)))
    return undefined
  const outcome = await submitView(stage.slack, alice, view, values)
  if (!outcome.ok) throw new Error(`the form was not taken: ${outcome.error}`)
  return true
}

const aliceOf = ({ slack }: Stage): User => known(slack.workspace.users.get('U0ALICE'), 'alice')

const channelOf = ({ slack }: Stage, id: string): Channel => known(slack.workspace.channels.get(id), id)
