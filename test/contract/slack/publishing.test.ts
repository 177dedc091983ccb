import type { WebClient } from '@slack/web-api'
import { postBy, testClient } from '../../support/slack-client'
import type { SlackWorld } from '../../support/slack-world'
import { startSlack } from '../../support/slack-world'

let world: SlackWorld
let client: WebClient
beforeAll(async () => {
  world = await startSlack()
  client = testClient(world)
})
afterAll(() => world.close())

const section = (text: string, verbatim?: boolean) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text, ...(verbatim === undefined ? {} : { verbatim }) },
})
/** What stands in the channel after a post: its text, and its first section. */
const posted = async (content: { text: string; verbatim?: boolean; [argument: string]: unknown }) => {
  const { text, verbatim, ...more } = content
  const { ts } = await postBy(client, {
    channel: 'C0OPS',
    text,
    blocks: [section(text, verbatim)],
    ...more,
  })
  const message = world.slack.workspace.messages.get('C0OPS', ts ?? '')
  return { text: message?.text, block: (message?.blocks[0]?.['text'] as { text: string } | undefined)?.text }
}
const typed =
  'see http://a.example/x, @here @channel @everyone @ops-team #ops @alice `@here` <!date^1^{time}|x>'

describe('what Slack makes of a text when it publishes it (formatting-message-text, “Automatic parsing”)', () => {
  it('parses blocks that do not say verbatim: names become mentions, addresses links, people stay words', async () => {
    expect((await posted({ text: typed })).block).toBe(
      'see <http://a.example/x>, <!here> <!channel> <!everyone> <!subteam^S0OPS|@ops-team> <#C0OPS|ops> @alice `@here` <!date^1^{time}|x>',
    )
  })

  it('leaves verbatim ones as they are', async () => {
    expect((await posted({ text: typed, verbatim: true })).block).toBe(typed)
  })

  it('links addresses in the text, its names only where asked, and neither by parse: none', async () => {
    const linked = typed.replace('http://a.example/x', '<http://a.example/x>')
    expect((await posted({ text: typed })).text).toBe(linked)
    expect((await posted({ text: typed, parse: 'none' })).text).toBe(typed)
    expect((await posted({ text: typed, link_names: true })).text).toContain('<!here> <!channel>')
    expect((await posted({ text: typed, parse: 'full' })).text).toContain('<!here> <!channel>')
    await expect(posted({ text: typed, parse: 'some' })).rejects.toThrow('invalid_arguments')
  })

  it('does the same with what comes by a response_url', async () => {
    const id = world.slack.responses.issue({ user: 'U0ALICE', channel: 'C0OPS' })
    await fetch(`${world.url}/responses/${id}`, {
      method: 'POST',
      body: JSON.stringify({ text: 'x', blocks: [section('@here')] }),
    })
    const [last] = world.slack.workspace.messages.visible('C0OPS', 'U0ALICE').slice(-1)
    expect(last?.blocks[0]).toMatchObject({ text: { text: '<!here>' } })
  })
})
