import type { InputBlock } from '@slack/types'
import * as fc from 'fast-check'
import { normalise } from '../../../src/commands/normalise'
import { parseLine } from '../../../src/commands/parse'
import { hour, minute } from '../../../src/domain/time'
import { chooseCommandForm } from '../../../src/messages/forms/choose-command'
import { deployForm, type DeployFormFacts } from '../../../src/messages/forms/deploy'
import { loadingForm } from '../../../src/messages/forms/form'
import { serviceForm, type ServiceForm } from '../../../src/messages/forms/service'
import type { FormValues } from '../../../src/messages/forms/line'
import type { Voice } from '../../../src/messages/language'
import { createSayings } from '../../../src/messages/sayings'
import { commands } from '../../../src/commands'
import { services as catalogue } from '../commands/catalogue'
import { hostile } from '../../support/any-operation'
import { faultsOfView } from '../../support/block-kit'
import { onScreen } from '../../support/read'
import { start } from '../../support/web-deploy'

const sayings = createSayings(commands)
const isInput = (block: { type: string }): block is InputBlock => block.type === 'input'
const languages = ['en', 'ko'] as const
const speak = (language: Voice['language']): Voice => ({ language, timezone: 'Asia/Seoul', now: start })
const en = speak('en')
const kinds: readonly ServiceForm[] = ['roll', 'rollback', 'cancel', 'lock', 'unlock']

const facts = (voice: Voice, more: Partial<DeployFormFacts> = {}): DeployFormFacts => ({
  ...voice,
  kind: 'deploy',
  memory: { channel: 'C0OPS' },
  services: ['web', 'shop'],
  known: {},
  ...more,
})
const versions = [
  { version: 'v3', image: 'ami-3', createdAt: start - minute, pending: true },
  { version: 'v2', image: 'ami-2', createdAt: start - 5 * minute, pending: false },
  { version: 'v1', image: 'ami-1', createdAt: start - 48 * hour, pending: false },
]

describe.each(languages)('in %s', (language) => {
  test.each([
    ['before a service is chosen', {}],
    [
      'once a service is chosen',
      {
        known: { service: 'web', version: 'v2' },
        versions,
        current: 'v1',
        strategies: ['refresh', 'surge'] as const,
      },
    ],
    ['when it has no image yet', { known: { service: 'web' }, versions: [] }],
    ['when AWS cannot be asked', { known: { service: 'web', version: 'v9' }, trouble: true }],
    ['when nothing may be deployed', { services: [] }],
    ['for an image alone', { kind: 'bake' as const, known: { service: 'web' } }],
  ])('the deploy form %s', (_, more) => {
    const form = deployForm(facts(speak(language), more))
    expect(faultsOfView(form)).toEqual([])
    expect(
      `${form.title.text} / ${form.submit?.text ?? '-'} / ${form.close?.text ?? '-'}\n${onScreen(form)}`,
    ).toMatchSnapshot()
  })

  test.each(kinds)('the form of %s', (kind) => {
    const form = serviceForm({
      ...speak(language),
      kind,
      memory: {},
      services: ['web', 'shop'],
      known: { service: 'web' },
    })
    expect(faultsOfView(form)).toEqual([])
    expect(`${form.title.text}\n${onScreen(form)}`).toMatchSnapshot()
  })

  test('the choice of a command', () => {
    const form = chooseCommandForm({ ...speak(language), memory: { channel: 'C0OPS' }, entries: commands })
    expect(faultsOfView(form)).toEqual([])
    expect(onScreen(form)).toMatchSnapshot()
  })

  test('what stands there while AWS is asked', () => {
    const form = loadingForm({ ...speak(language), memory: {} })
    expect(faultsOfView(form)).toEqual([])
    expect(onScreen(form)).toMatchSnapshot()
  })
})

test('forms take more services, versions and words than Slack does', () => {
  fc.assert(
    fc.property(
      fc.array(hostile, { maxLength: 150, size: 'max' }),
      fc.array(hostile, { maxLength: 150, size: 'max' }),
      (services, found) => {
        const images = found.map((version) => ({ version, image: version, createdAt: start, pending: false }))
        const known = { service: services[0] ?? '', version: found[0] ?? '' }
        const form = deployForm(facts(en, { services: ['web', ...services], versions: images, known }))
        expect(faultsOfView(form)).toEqual([])
      },
    ),
    { numRuns: 50 },
  )
})

test('a form remembers what it is and where it was opened', () => {
  const form = deployForm(facts(en))
  expect(form.callback_id).toBe('deploy')
  expect(JSON.parse(form.private_metadata ?? '')).toEqual({ form: 'deploy', channel: 'C0OPS' })
})

describe('a filled form is the command that the same words typed would be', () => {
  const understood = (form: string, values: FormValues): unknown => {
    const read = sayings.read(form, values, en)
    const parsed = 'line' in read ? parseLine(read.line, catalogue) : undefined
    return parsed?.ok ? parsed.command : { ...read, ...parsed }
  }

  test.each([
    [
      'deploy',
      { service: 'web', version: 'v2', options: ['dry-run'], reason: ' new login ', strategy: 'surge' },
      {
        name: 'deploy',
        request: { procedure: 'deploy', service: 'web', version: 'v2', strategy: 'surge' },
        why: 'new login',
        dryRun: true,
      },
    ],
    [
      'deploy',
      { service: 'web', new_version: 'v3.' },
      { name: 'deploy', request: { procedure: 'deploy', service: 'web', version: 'v3.' }, dryRun: false },
    ],
    [
      'bake',
      { service: 'web', new_version: 'v3', options: ['reboot'] },
      {
        name: 'bake',
        request: { procedure: 'bake', service: 'web', version: 'v3', reboot: true },
        dryRun: false,
      },
    ],
    [
      'roll',
      { service: 'web', template_version: '3' },
      { name: 'roll', request: { procedure: 'roll', service: 'web', templateVersion: 3 }, dryRun: false },
    ],
    [
      'rollback',
      { service: 'web', reason: 'slow' },
      { name: 'rollback', request: { procedure: 'rollback', service: 'web' }, why: 'slow', dryRun: false },
    ],
    ['cancel', { service: 'web' }, { name: 'cancel', target: 'web' }],
    [
      'lock',
      { service: '*', reason: 'party', duration: String(2 * hour) },
      { name: 'lock', service: '*', why: 'party', duration: 2 * hour },
    ],
    [
      'lock',
      { service: 'web', reason: 'party', duration: 'open' },
      { name: 'lock', service: 'web', why: 'party' },
    ],
    ['unlock', { service: '*' }, { name: 'unlock', service: '*' }],
  ])('%s %j', (form, values, command) => {
    expect(understood(form, values)).toEqual(command)
  })

  test('whatever reason was typed into it', () => {
    const reason = fc.oneof(
      fc.constantFrom(
        'say "hi"',
        '“smart” ＂wide＂',
        'back\\slash\\',
        '--dry-run',
        "it's",
        '되돌리기: "v1"로',
        'a\nb',
      ),
      fc.string({ minLength: 1, maxLength: 80 }),
    )
    fc.assert(
      fc.property(reason, (why) => {
        const plain = normalise(why).trim()
        fc.pre(plain !== '')
        const command = understood('deploy', { service: 'web', new_version: 'v2', reason: why })
        expect(command).toMatchObject({
          name: 'deploy',
          request: { version: 'v2' },
          dryRun: false,
          why: expect.any(String),
        })
      }),
    )
  })
})

describe('a form that cannot be understood says where', () => {
  test.each([
    ['deploy', {}, 'service'],
    ['deploy', { service: 'web' }, 'new_version'],
    ['deploy', { service: 'web', version: 'v1', new_version: 'v2' }, 'new_version'],
    ['deploy', { service: 'web', new_version: 'v 2' }, 'new_version'],
    ['roll', {}, 'service'],
    ['roll', { service: 'web', template_version: '0' }, 'template_version'],
    ['lock', { service: 'web' }, 'reason'],
  ])('%s %j', (form, values, field) => {
    const read = sayings.read(form, values, en)
    expect('errors' in read ? Object.keys(read.errors) : []).toEqual([field])
  })
})

describe('what the application asks for', () => {
  const services = [...catalogue.services.values()]

  test('is the form of a command, its service’s own strategy first', () => {
    const form = sayings.form({ form: 'deploy', services, service: 'web', versions: { versions } }, en)
    expect(onScreen(form)).toContain(
      'How: <static_select> refresh (as the service is set up) | replace | surge',
    )
  })

  test('is the form of any command that has one, and else the choice of a command', () => {
    for (const form of ['bake', 'roll', 'rollback', 'cancel', 'lock', 'unlock'] as const)
      expect(sayings.form({ form, services }, en).callback_id).toBe(form)
    expect(sayings.form({ services }, en).callback_id).toBe('choose_command')
    expect(sayings.loading({ form: 'deploy' }, en).callback_id).toBe('deploy')
  })

  test('keeps what was typed when another service is chosen, but never its versions', () => {
    const of = (service: string) =>
      sayings.form({ form: 'deploy', services, service, versions: { versions } }, en).blocks
    const ids = (blocks: ReturnType<typeof of>) =>
      blocks.flatMap((block) => (isInput(block) ? [`${block.block_id}/${block.element.action_id}`] : []))
    const kept = ids(of('web')).filter((id) => ids(of('shop')).includes(id))
    expect(kept).toEqual([
      'service/choose_service',
      'new_version/new_version',
      'reason/reason',
      'options/options',
    ])
  })
})
