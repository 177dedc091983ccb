import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands } from '../../src/commands'
import { catalogue } from '../../src/sandbox/launcher/catalogue'
import { startSandbox } from '../support/acceptance/sandbox'
import { eventually } from '../support/redis'
import { recorded } from '../support/slack-limits/recorded'
import { sentFaults } from '../support/slack-limits/payloads'

/** The sandbox's catalogue in a language, in which one person may do everything. */
const writtenFor = (language: 'en' | 'ko'): string =>
  catalogue({ backups: true, token: 'acceptance-token' })
    .replace('language: en', `language: ${language}`)
    .replace('users: [U0ALICE], groups: [S0OPS]', 'users: [U0ALICE, U0BOB]')

/** What each way is to be taken for at least once, or the session would show nothing of it. */
const ways = [
  'chat.postMessage',
  'chat.update',
  'views.open',
  'views.update',
  'views.publish',
  'response_url',
  'ack slash_commands',
  'ack block_actions',
  'ack view_submission',
  'ack shortcut',
  'ack message_action',
  'ack events_api',
]
const hangul = /\p{Script=Hangul}/u

describe.each([
  ['en', 'alice'],
  ['ko', 'bob'],
] as const)('a session in %s, every payload of it read by what Slack documents', (language, name) => {
  const directory = mkdtempSync(join(tmpdir(), 'rollcall-payloads-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('sends nothing that Slack would refuse, cut or misread', async () => {
    const file = join(directory, 'rollcall.yaml')
    writeFileSync(file, writtenFor(language))
    const sandbox = await startSandbox({ SANDBOX_SPEED: '300', SANDBOX_CATALOGUE: file })
    try {
      const person = sandbox.person(name)
      const opens = (path: string, body: object) => sandbox.control('POST', path, { user: name, ...body })
      /** Sends the open form as it stands, which names what is missing in it, and closes it. */
      const sendsForm = async () => {
        if ((await person.forms()).length === 0) return
        await person.submits({})
        await opens('close', {})
      }

      for (const { name: command, examples, starts } of commands) {
        await person.types(command)
        await sendsForm()
        const lines = examples[language].map((line) => (starts ? `${line} --dry-run` : line))
        await Promise.all([`help ${command}`, ...lines].map((line) => person.types(line)))
      }
      await opens('home', {})
      await opens('mention', { channel: 'ops', text: 'status web' })
      await person.types('deplyo web v2')
      for (const shortcut of ['deploy', 'schedule']) await opens('shortcut', { shortcut }).then(sendsForm)

      await person.types('unlock web')
      const deploy = await person.starts(
        'deploy web v2 --strategy surge --reason "<!channel> & @here https://a.example/?a=1&b=2"',
      )
      const { ts } = await person.reads(deploy, /^✅/)
      await person.types(`show ${deploy}`)
      await opens('shortcut', { shortcut: 'show', channel: 'ops', ts })
      await person.types('lock web "<@U0ALICE> *bold* `code`" for 2h')
      await person.types('status web')
      await person.clicks(ts, 'rollback')
      await eventually(async () =>
        (await person.sees()).find(({ text }) => /^✅ .*(Roll back|되돌)/.test(text)),
      )
      await opens('home', {})

      const sent = await eventually(() => {
        const all = recorded(join(sandbox.state, 'slack.jsonl'))
        return ways.every((way) => all.some((one) => one.way === way)) ? all : undefined
      }, 30_000).catch(() => recorded(join(sandbox.state, 'slack.jsonl')))
      expect(ways.filter((way) => !sent.some((one) => one.way === way))).toEqual([])
      expect(sent.flatMap(sentFaults)).toEqual([])
      // Said in its language: of what is said, nearly all; a version's name and a command are of neither.
      const said = sent.filter(({ body }) => 'blocks' in body || 'view' in body || 'text' in body)
      const korean = said.filter(({ body }) => hangul.test(JSON.stringify(body)))
      expect(said.length).toBeGreaterThan(120)
      if (language === 'ko') expect(korean.length / said.length).toBeGreaterThan(0.9)
    } finally {
      await sandbox.stop()
    }
  }, 180_000)
})
