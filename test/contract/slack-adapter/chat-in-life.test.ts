import type { SlackGateway } from '../../../src/adapters/slack/gateway'
import type { Operation } from '../../../src/domain/operation/operation'
import { catalogue, frontDesk } from '../../support/gateway-deps'
import { socketBot } from '../../support/slack-bot'
import { type SlackWorld, startSlack, until } from '../../support/slack-world'

/** The gateway behind a real Bolt on a simulated Slack: what people type comes as Slack sends it. */
let world: SlackWorld
let bot: SlackGateway

const standing = async (overrides: Parameters<typeof frontDesk>[0] = {}) => {
  const desk = frontDesk({ ...overrides, chat: bot.chat })
  await bot.start(desk.inbox)
  await until(() => world.slack.sockets.count() === 2)
  return desk
}
beforeEach(async () => {
  world = await startSlack()
  bot = socketBot(world)
})
afterEach(async () => {
  await bot.stop()
  await world.close()
})

const command = (text: string) =>
  world.control('POST', 'command', { user: 'alice', channel: 'ops', text: `/asg ${text}`.trim() })
const mention = async (body: object): Promise<string> => {
  const { json } = await world.control('POST', 'mention', { user: 'alice', channel: 'ops', ...body })
  return json.ts ?? ''
}
const seen = async (user: string): Promise<string> => {
  const { json } = await world.control('GET', `messages?user=${user}&channel=ops`)
  return JSON.stringify(json)
}
const asked = (operations: readonly Operation[]) => operations.map(({ request }) => request)

describe('a word that was copied with its formatting', () => {
  test.each([
    'scale *web* desired=4',
    'scale _web_ `4`',
    'scale *web* desired = 4',
    'scale <#C024BE7LR|web> 4',
  ])('%s is understood', async (line) => {
    const { operations } = await standing()
    await mention({ text: `<@U0ROLLCALL> ${line}` })
    await until(async () => (await operations()).length === 1)
    expect(asked(await operations())).toMatchObject([{ procedure: 'scale', service: 'web', desired: 4 }])
  })

  test('what is no service is asked back with the line that was meant', async () => {
    const { operations } = await standing()
    const { json } = await command('deploy *wbe* v2')
    expect(JSON.stringify(json.replies)).toContain('/asg deploy web v2')
    expect(await operations()).toEqual([])
  })
})

test('a mention that is edited, and edited again, starts one operation', async () => {
  const { operations } = await standing()
  const ts = await mention({ text: 'scale web 4' })
  await until(async () => (await operations()).length === 1)
  await mention({ text: 'scale web 4 ', edit: ts })
  await mention({ text: 'scale web 5', edit: ts })
  const [first] = await operations()
  // Both edits are answered: with what the message did.
  await until(async () => (await seen('alice')).split(first?.id ?? '?').length > 2)
  expect(asked(await operations())).toMatchObject([{ desired: 4 }])
  await mention({ text: 'scale web 4' })
  await until(async () => (await operations()).length === 2)
})

test('who writes from another workspace is never everyone', async () => {
  const { operations } = await standing({
    catalogue: { ...catalogue, rules: [{ service: '*', actions: ['*'], allow: ['everyone'] }] },
  })
  await mention({ user: 'sora', team: 'T0PARTNER', text: 'scale web 4' })
  await mention({ text: 'scale web 5' })
  await until(async () => (await operations()).length > 0)
  expect(asked(await operations())).toMatchObject([{ desired: 5 }])
})

describe('a catalogue of 500 services', () => {
  const names = Array.from({ length: 500 }, (_, index) => `service-${String(index + 1).padStart(3, '0')}`)
  const many = () => {
    const web = catalogue.services.get('web')
    if (!web) throw new Error('no web')
    return {
      ...catalogue,
      services: new Map(names.map((name) => [name, { ...web, name }] as const)),
      rules: [{ service: '*', actions: ['*' as const], allow: ['operators'] }],
    }
  }

  /** The menu that asks while somebody types. */
  const menuOf = (view: unknown): string =>
    JSON.stringify(view, (_key, value: unknown) =>
      value !== null && typeof value === 'object' && 'type' in value && value.type !== 'external_select'
        ? { ...value, action_id: undefined }
        : value,
    ).match(/"action_id":"([^"]+)"/)?.[1] ?? 'none'

  /** The form that opened, which the simulator takes only within what Slack documents. */
  const opened = (user = 'alice') =>
    until(async () => {
      const { json } = await world.control('GET', `views?user=${user}`)
      const [view] = json as unknown as { id: string }[]
      return view
    })

  test.each(['deploy', 'bake', 'roll', 'rollback', 'schedule', 'lock', 'prune'])(
    'lets each be found by typing in the form of %s',
    async (form) => {
      await standing({ catalogue: many() })
      await command(form)
      const view = await opened()
      const menu = menuOf(view)
      const { json } = await world.control('POST', 'options', {
        user: 'alice',
        view: view.id,
        action: menu,
        query: '417',
      })
      expect(JSON.stringify(json)).toContain('service-417')
    },
  )

  test('opens the form of all commands', async () => {
    await standing({ catalogue: many() })
    await command('')
    expect(JSON.stringify(await opened())).toContain('deploy')
  })

  test.each([['scale'], ['status'], ['history'], ['help'], ['schedules']])(
    '“%s” of all is a message that Slack takes',
    async (line) => {
      const desk = await standing({ catalogue: many() })
      Object.assign(desk.answers, {
        status: async () => names.map((service) => ({ service })),
        schedules: async () =>
          names.map((service) => ({ service, group: service, events: [], foreign: [], drift: [] })),
      })
      await command(line)
      const shown = await until(async () => {
        const text = await seen('alice')
        return text.length > 100 ? text : undefined
      })
      expect(shown).not.toMatch(/did not work|unexpected|internal_error/i)
    },
  )
})
