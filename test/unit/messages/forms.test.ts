import type { InputBlock } from '@slack/types'
import * as fc from 'fast-check'
import { normalise } from '../../../src/commands/normalise'
import { parseLine } from '../../../src/commands/parse'
import type { KnownEvent } from '../../../src/domain/events/event'
import { hour, minute } from '../../../src/domain/time/time'
import { chooseCommandForm } from '../../../src/messages/forms/choose-command'
import { deployForm, type DeployFormFacts } from '../../../src/messages/forms/deploy'
import { loadingForm } from '../../../src/messages/forms/form'
import { serviceForm, type ServiceForm } from '../../../src/messages/forms/service'
import { scheduleForm, type ScheduleFormFacts } from '../../../src/messages/forms/schedule'
import type { FormMetadata } from '../../../src/messages/forms/private-metadata'
import type { FormValues } from '../../../src/messages/forms/command-text'
import type { Locale } from '../../../src/messages/locale'
import { createViews } from '../../../src/messages/views'
import { commands } from '../../../src/commands'
import { services as catalogue } from '../commands/catalogue'
import { hostile } from '../../support/any-operation'
import { faultsOfView } from '../../support/block-kit'
import { onScreen } from '../../support/on-screen'
import { sandboxService } from '../../support/sandbox-service'
import { start } from '../../support/web-deploy'

const sayings = createViews(commands)
const isInput = (block: { type: string }): block is InputBlock => block.type === 'input'
const languages = ['en', 'ko'] as const
const speak = (language: Locale['language']): Locale => ({ language, timezone: 'Asia/Seoul', now: start })
const en = speak('en')
const kinds: readonly ServiceForm[] = ['roll', 'rollback', 'cancel', 'lock', 'unlock']

const facts = (voice: Locale, more: Partial<DeployFormFacts> = {}): DeployFormFacts => ({
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

const eventFacts = (voice: Locale, more: Partial<ScheduleFormFacts> = {}): ScheduleFormFacts => ({
  ...voice,
  kind: 'schedule',
  memory: { channel: 'C0OPS' },
  services: ['web', 'shop'],
  known: { service: 'web' },
  zone: 'Asia/Seoul',
  sizes: { min: 2, desired: 2, max: 4 },
  ...more,
})
const [from, to] = [Date.parse('2026-12-24T20:00+09:00'), Date.parse('2026-12-24T23:00+09:00')]
const christmas: KnownEvent = {
  id: 'web-k7f3q',
  service: 'web',
  event: {
    name: 'Christmas live',
    times: { kind: 'once', from, to, zone: 'Asia/Seoul', outAt: from - 6 * minute, inAt: to },
    lead: 6 * minute,
    desired: 10,
    max: 12,
    base: { min: 2, desired: 2, max: 4 },
  },
  by: { user: 'U0ALICE', team: 'T0' },
}

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
    ['when AWS cannot be asked', { known: { service: 'web', version: 'v9' }, error: true }],
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

  test.each([
    ['of an event that is once', {}],
    ['of one that recurs on some days', { known: { service: 'web', repeats: 'weekly' as const } }],
    ['of one by cron', { known: { service: 'web', repeats: 'cron' as const } }],
    ['of a change, filled with the event', { kind: 'reschedule' as const, known: { event: christmas } }],
    ['when nothing may be scheduled', { services: [] }],
  ])('the form %s', (_, more) => {
    const form = scheduleForm(eventFacts(speak(language), more))
    expect(faultsOfView(form)).toEqual([])
    expect(`${form.title.text} / ${form.submit?.text ?? '-'}\n${onScreen(form)}`).toMatchSnapshot()
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
  const understood = (form: string, values: FormValues, memory: FormMetadata = {}): unknown => {
    const read = sayings.read(form, values, en, memory)
    const parsed = 'commandText' in read ? parseLine(read.commandText, catalogue) : undefined
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

  const evening = { service: 'web', time: '20:00', lasts: '3h', desired: '10', max: '12' }
  test.each([
    ['once', { ...evening, date: '2026-12-24', name: 'Christmas "live"' }, '2026-12-24 20:00 for 3h'],
    ['once', { ...evening, date: '2026-12-24', lasts: '', until: '23:30' }, '2026-12-24 20:00 until 23:30'],
    ['weekday', evening, 'every weekday 20:00 for 3h'],
    ['daily', evening, 'every day 20:00 for 3h'],
    ['weekly', { ...evening, days: ['mon', 'fri'] }, 'every mon,fri 20:00 for 3h'],
    ['cron', { ...evening, cron: '30 19 * * 1-5' }, 'cron 30 19 * * 1-5 for 3h'],
  ])('schedule, %s: %j', (repeats, values, said) => {
    expect(understood('schedule', { ...values, repeats }, { zone: 'Asia/Seoul', max: 4 })).toMatchObject({
      name: 'schedule',
      request: { procedure: 'schedule', service: 'web', said, desired: 10, max: 12 },
    })
  })

  test('a change of an event that is on keeps its start and says its end alone', () => {
    const memory = { event: 'web-k7f3q', zone: 'Asia/Seoul', start: '2026-10-20 20:00' }
    const values = { repeats: 'once', date: '2026-10-20', time: '20:00', until: '23:30', desired: '10' }
    expect(understood('reschedule', values, memory)).toMatchObject({
      name: 'reschedule',
      request: { procedure: 'reschedule', event: 'web-k7f3q', said: 'until 23:30', desired: 10 },
    })
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

  const whole = { service: 'web', date: '2026-12-24', time: '20:00', lasts: '3h', desired: '3' }
  test.each([
    ['no service', { service: '' }, 'service'],
    ['no day', { date: '' }, 'date'],
    ['no start', { time: '' }, 'time'],
    ['no end', { lasts: '' }, 'lasts'],
    ['two ends', { until: '23:00' }, 'until'],
    ['an end that is the start', { lasts: '', until: '20:00' }, 'until'],
    ['a day that is over', { date: '2026-01-01' }, 'date'],
    ['no days of the week', { repeats: 'weekly' }, 'days'],
    ['no cron expression', { repeats: 'cron', cron: 'at eight' }, 'cron'],
    ['a cron expression that names no end', { repeats: 'cron', cron: '0 20 1 * *' }, 'cron'],
    ['an end long after', { repeats: 'daily', lasts: '48h' }, 'lasts'],
    ['no instances', { desired: '' }, 'desired'],
    ['more instances than the maximum', { desired: '5' }, 'desired'],
    ['fewer than the minimum', { desired: '1' }, 'desired'],
  ])('an event with %s', (_, values, field) => {
    const read = sayings.read('schedule', { ...whole, ...values }, en, { zone: 'Asia/Seoul', min: 2, max: 4 })
    expect('errors' in read ? Object.keys(read.errors) : read).toEqual([field])
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
    for (const form of ['bake', 'roll', 'rollback', 'schedule', 'cancel', 'lock', 'unlock'] as const)
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

test.each(['en', 'ko'] as const)(
  'the form of provision shows the figures of what is chosen, in %s',
  (language) => {
    const services = [sandboxService('lab'), sandboxService('web')]
    const facts = { form: 'provision' as const, services }
    const before = JSON.stringify(sayings.form(facts, speak(language)))
    expect(before).not.toContain('Lab-ALB')
    // web has no blueprint: there is nothing to build of it.
    expect(before).not.toContain('"web"')
    const form = sayings.form({ ...facts, service: 'lab' }, speak(language))
    expect(form.blocks.flatMap((block) => ('text' in block ? [block.text] : []))).toMatchSnapshot()
  },
)
