import * as fc from 'fast-check'
import { hour, minute } from '../../../src/domain/time'
import { chooseCommandForm } from '../../../src/messages/forms/choose-command'
import { deployForm, readDeployForm, type DeployFormFacts } from '../../../src/messages/forms/deploy'
import { loadingForm, noticeForm } from '../../../src/messages/forms/form'
import { readMemory } from '../../../src/messages/forms/memory'
import { readServiceForm, serviceForm, type ServiceForm } from '../../../src/messages/forms/service'
import type { Voice } from '../../../src/messages/language'
import { say } from '../../../src/messages/text/phrase'
import { commands } from '../../../src/commands'
import { hostile } from '../../support/any-operation'
import { faultsOfView } from '../../support/block-kit'
import { onScreen } from '../../support/read'
import { start } from '../../support/web-deploy'

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
  { version: 'v2', image: 'ami-2', createdAt: start - 5 * minute },
  { version: 'v1', image: 'ami-1', createdAt: start - 48 * hour, serving: true },
]

describe.each(languages)('in %s', (language) => {
  test.each([
    ['before a service is chosen', {}],
    [
      'once a service is chosen',
      { known: { service: 'web', version: 'v2' }, versions, strategies: ['refresh', 'surge'] as const },
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

  test('what stands there while AWS is asked, and what comes instead', () => {
    const voice = speak(language)
    const shown = [
      loadingForm({ ...voice, memory: {} }),
      noticeForm({ ...voice, memory: {}, told: say`${'<done>'}` }),
    ]
    for (const form of shown) expect(faultsOfView(form)).toEqual([])
    expect(shown.map(onScreen).join('\n')).toMatchSnapshot()
  })
})

test('forms take more services, versions and words than Slack does', () => {
  fc.assert(
    fc.property(
      fc.array(hostile, { maxLength: 150, size: 'max' }),
      fc.array(hostile, { maxLength: 150, size: 'max' }),
      hostile,
      (services, found, why) => {
        const images = found.map((version) => ({ version, image: version, createdAt: start }))
        const known = { service: services[0] ?? '', version: found[0] ?? '', why }
        const form = deployForm(facts(en, { services: ['web', ...services], versions: images, known }))
        expect(faultsOfView(form)).toEqual([])
      },
    ),
    { numRuns: 50 },
  )
})

describe('a form remembers', () => {
  test('what it is and where it was opened', () => {
    const form = deployForm(facts(en))
    expect(form.callback_id).toBe('deploy')
    expect(readMemory(form.private_metadata ?? '')).toEqual({ form: 'deploy', channel: 'C0OPS' })
  })

  test.each(['', 'null', '[]', '{"form":"rm -rf"}', '{"channel":7}', 'x'])('nothing of %j', (metadata) => {
    expect(readMemory(metadata)).toEqual({})
  })
})

describe('a filled form is the command that the same words typed would be', () => {
  test.each([
    [
      { service: 'web', version: 'v2', options: ['dry-run'], reason: ' new login ', strategy: 'surge' },
      {
        name: 'deploy',
        request: { procedure: 'deploy', service: 'web', version: 'v2', strategy: 'surge' },
        why: 'new login',
        dryRun: true,
      },
    ],
    [
      { service: 'web', new_version: 'v3' },
      { name: 'deploy', request: { procedure: 'deploy', service: 'web', version: 'v3' }, dryRun: false },
    ],
  ])('deploy %j', (values, command) => {
    expect(readDeployForm('deploy', values, en)).toEqual({ ok: true, command })
  })

  test('bake', () => {
    expect(readDeployForm('bake', { service: 'web', new_version: 'v3', options: ['reboot'] }, en)).toEqual({
      ok: true,
      command: {
        name: 'bake',
        request: { procedure: 'bake', service: 'web', version: 'v3', reboot: true },
        dryRun: false,
      },
    })
  })

  test.each([
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
    ['unlock', { service: 'web' }, { name: 'unlock', service: 'web' }],
  ] as const)('%s %j', (kind, values, command) => {
    expect(readServiceForm(kind, values, en)).toEqual({ ok: true, command })
  })
})

describe('a form that cannot be understood says where', () => {
  test.each([
    [{}, 'service'],
    [{ service: 'web' }, 'new_version'],
    [{ service: 'web', version: 'v1', new_version: 'v2' }, 'new_version'],
    [{ service: 'web', new_version: 'v 2' }, 'new_version'],
  ])('%j', (values, field) => {
    const read = readDeployForm('deploy', values, en)
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field])
  })

  test.each([
    ['roll', {}, 'service'],
    ['roll', { service: 'web', template_version: '0' }, 'template_version'],
    ['lock', { service: 'web' }, 'reason'],
  ] as const)('%s %j', (kind, values, field) => {
    const read = readServiceForm(kind, values, en)
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field])
  })
})
