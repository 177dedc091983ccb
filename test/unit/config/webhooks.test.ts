import { readCatalogue } from '../../../src/config/catalogue'
import { readWebhookSecrets } from '../../../src/config/webhook-secrets'
import { writeMistakes } from '../../../src/config/mistake'

const file = (webhooks: string) => `
defaults: { region: ap-northeast-2, channel: ops, language: ko }
services:
  web: { group: Web-ASG, template: Web }
  shop: { group: Shop-ASG, template: Shop }
webhooks:
${webhooks}
`
const read = (webhooks: string) => {
  const found = readCatalogue(file(webhooks), 'rollcall.yaml')
  return found.ok ? found.value.webhooks : writeMistakes(found.mistakes)
}

it('is read as the design writes it, the rest filled in', () => {
  expect(
    read(
      '  - { to: https://hooks.example.com/rollcall, secret: { env: HOOK_SECRET }, events: [operation.ended] }',
    ),
  ).toEqual([
    {
      name: 'hooks.example.com',
      url: 'https://hooks.example.com/rollcall',
      secrets: ['HOOK_SECRET'],
      events: ['operation.ended'],
      services: ['*'],
      format: 'standard',
      internal: false,
      channel: 'ops',
      language: 'ko',
    },
  ])
  expect(
    read(`  - name: billing
    to: http://billing.internal:8080/hooks
    internal: true
    secret: [{ env: OLD }, { env: NEW }]
    services: [shop]
    format: cloudevents
    channel: "#billing"`),
  ).toMatchObject([
    {
      name: 'billing',
      secrets: ['OLD', 'NEW'],
      events: ['operation.ended'],
      services: ['shop'],
      format: 'cloudevents',
      internal: true,
      channel: 'billing',
    },
  ])
})

it.each([
  ['- { to: http://hooks.example.com/, secret: { env: A } }', 'webhooks[0].to: is not encrypted'],
  ['- { to: https://me:pass@hooks.example.com/, secret: { env: A } }', 'has a user or a password in it'],
  ['- { to: ftp://hooks.example.com/, secret: { env: A } }', 'will not do'],
  ['- { to: https://hooks.example.com/ }', 'webhooks[0].secret[0]: is missing'],
  ['- { to: https://hooks.example.com/, secret: [] }', 'names no secret'],
  ['- { to: https://hooks.example.com/, secret: hunter2 }', 'is not a map'],
  ['- { to: https://hooks.example.com/, secret: [{ env: A }, { env: B }, { env: C }] }', '3 secrets'],
  [
    '- { to: https://hooks.example.com/, secret: { env: A }, events: [operation.end] }',
    'did you mean "operation.ended"',
  ],
  ['- { to: https://hooks.example.com/, secret: { env: A }, services: [wob] }', 'did you mean "web"'],
  ['- { to: https://hooks.example.com/, secret: { env: A }, services: [] }', 'names no service'],
  ['- { to: https://hooks.example.com/, secret: { env: A }, events: [] }', 'names no event'],
  ['- { to: "https://[2606:4700::1]/", secret: { env: A } }', 'has no name'],
  [
    '- { to: https://hooks.example.com/a, secret: { env: A } }\n  - { to: https://hooks.example.com/b, secret: { env: B } }',
    'is called "hooks.example.com" like an earlier one',
  ],
])('%s: %s', (webhook, mistake) => {
  expect(read(`  ${webhook}`)).toContain(mistake)
})

describe('secrets', () => {
  const webhooks = [{ name: 'billing', secrets: ['OLD', 'NEW'] }]
  const good = `whsec_${Buffer.alloc(24, 1).toString('base64')}`
  const mistakes = (source: Readonly<Record<string, string>>) => {
    const found = readWebhookSecrets(webhooks, source)
    return found.ok ? found.value : writeMistakes(found.mistakes)
  }
  it('are read from the variables that the catalogue names, one or two', () => {
    expect(mistakes({ OLD: good, NEW: ` ${good} ` })).toEqual(new Map([['billing', [good, good]]]))
    expect(readWebhookSecrets(undefined, {})).toEqual({ ok: true, value: new Map() })
  })
  it('stop the start where they are missing, too short or of another form, and are not shown', () => {
    expect(mistakes({ OLD: good })).toContain('NEW (webhook billing): is missing')
    for (const wrong of [
      'hunter2',
      'whsec_hunter2',
      `whsec_${Buffer.alloc(16).toString('base64')}`,
      `${good}!`,
    ]) {
      const said = mistakes({ OLD: good, NEW: wrong })
      expect(said).toContain('NEW (webhook billing): is no such secret (the value is not shown)')
      expect(said).not.toContain(wrong)
    }
  })
})
