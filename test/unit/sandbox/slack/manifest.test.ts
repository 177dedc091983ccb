import { readFileSync } from 'node:fs'
import { parseManifest, readManifest } from '../../../../src/sandbox/slack/manifest'

const text = readFileSync('deploy/slack-manifest.socket.yaml', 'utf8')

describe('the simulated Slack installs the app by its manifest', () => {
  test.each(['socket', 'http'] as const)('the one for %s', (mode) => {
    const app = readManifest(mode)
    expect(app.commands).toMatchObject([{ name: '/asg', shouldEscape: true }])
    expect(app.shortcuts.map(({ callbackId, type }) => `${type} ${callbackId}`)).toEqual([
      'global deploy',
      'global schedule',
      'message show',
    ])
    expect(app).toMatchObject({ interactivity: true, home: { homeTab: true, messagesTab: true } })
  })

  test('what people may write to the bot directly is heard: both, or neither', () => {
    const { home, events, botScopes } = readManifest('socket')
    expect(home.messagesTab && !home.readOnly).toBe(events.includes('message.im'))
    expect(events.includes('message.im')).toBe(botScopes.includes('im:history'))
  })

  test.each([
    ['an unknown key', text.replace('always_online', 'never_online'), 'never_online'],
    ['a shortcut’s name that is too long', text.replace('Show run', 'Show the run behind a message'), 'name'],
    ['an event without its scope', text.replace(/ *- im:history.*\n/, ''), 'im:history'],
    ['commands without their scope', text.replace(/ *- commands\n/, ''), 'commands'],
    ['a command without a slash', text.replace('/asg', 'asg'), 'command'],
  ])('and refuses %s', (_, manifest, why) => {
    expect(() => parseManifest(manifest)).toThrow(why)
  })
})
