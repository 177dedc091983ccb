import { ChatFailure } from '../../../src/ports/chat'
import { errorsOf } from '../../support/slack-errors'
import { people, frontDesk, texts } from '../../support/gateway-deps'
import type { FormValues } from '../../../src/ports/inbox'
import { plan } from '../../support/web-deploy'

type Desk = ReturnType<typeof frontDesk>

const submit = (desk: Desk, values: FormValues, form = 'deploy', name: keyof typeof people = 'alice') =>
  desk.inbox.submit({
    delivery: `submission-${JSON.stringify(values)}`,
    person: people[name],
    view: { id: 'V1', form, metadata: JSON.stringify({ form, channel: 'C0OPS' }), values },
  })
const shown = (desk: Desk) => JSON.stringify(desk.forms.at(-1)?.form)

test('the command alone opens a form of all commands at once', async () => {
  const desk = frontDesk()
  const answered = await desk.say('alice', '')
  expect(answered.acks).toEqual([undefined])
  expect(desk.forms).toHaveLength(2)
  expect(shown(desk)).toContain('open_form')
})

test('a deploy form opens at once and is filled with services and the versions that were found', async () => {
  const desk = frontDesk()
  desk.answers.versions = async () => ({
    current: 'v1',
    versions: [
      { version: 'v2', image: 'ami-2', createdAt: 2, pending: false },
      { version: 'v1', image: 'ami-1', createdAt: 1, pending: false },
    ],
  })
  await desk.say('alice', 'deploy web')
  expect(desk.forms[0]?.view).toBe(desk.forms[1]?.view)
  expect(shown(desk)).toMatch(/"web"[^]*"v2"/)
})

test('without a worker the form still takes a version that is typed', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web')
  expect(shown(desk)).toContain('new_version')
})

describe('a form is for who may: whoever may not is told so, and shown nothing of a service', () => {
  const nothingOf = (desk: Desk) => JSON.stringify(desk.forms)
  const asked = (desk: Desk) => {
    const questions: string[] = []
    desk.answers.versions = async (question) => {
      questions.push(JSON.stringify(question))
      return { current: 'v1-secret', versions: [] }
    }
    desk.answers.status = async (question) => {
      questions.push(JSON.stringify(question))
      return []
    }
    return questions
  }

  test.each(['deploy', 'deploy web', 'schedule web', 'lock web'])('typed: %s', async (line) => {
    const desk = frontDesk()
    const questions = asked(desk)
    const answered = await desk.say('mallory', line)
    expect(texts(answered)).toContain('🚫')
    expect(desk.forms).toEqual([])
    expect(questions).toEqual([])
  })

  test('chosen by hand in a form of another service, or by an event of it', async () => {
    const catalogued = frontDesk()
    const rules = [
      ...catalogued.desk.catalogue.rules,
      { service: 'shop', actions: ['deploy', 'reschedule', 'schedule'] as const, allow: ['mallories'] },
    ]
    const people = new Map([
      ...catalogued.desk.catalogue.people,
      ['mallories', { users: ['U0MALLORY'], groups: [] }],
    ])
    const desk = frontDesk({ catalogue: { ...catalogued.desk.catalogue, rules, people } })
    const questions = asked(desk)
    for (const [form, metadata] of [
      ['deploy', '{"form":"deploy"}'],
      ['reschedule', '{"form":"reschedule","event":"web-k7f3q"}'],
    ] as const) {
      const view = { id: 'V1', form, metadata, values: {} }
      await desk.click('mallory', 'choose_service', {}, { value: 'web', view })
    }
    expect(questions.join()).not.toContain('"web"')
    expect(nothingOf(desk)).not.toContain('secret')
  })
})

describe('a form that Slack does not show is told, with what to type instead', () => {
  const failing = (open?: string, change?: string) => {
    const forms: string[] = []
    const desk = frontDesk()
    const chat = {
      ...desk.desk.chat,
      open: async () => {
        if (open !== undefined) throw new ChatFailure(open)
        return 'V1'
      },
      change: async (_: string, form: object) => {
        if (change !== undefined && forms.push(JSON.stringify(form)) === 1) throw new ChatFailure(change)
        forms.push(JSON.stringify(form))
      },
    }
    return { forms, desk: frontDesk({ chat }) }
  }

  test.each(errorsOf('views.open'))('views.open answers %s', async (code) => {
    const { desk } = failing(code)
    expect(texts(await desk.say('alice', 'deploy web'))).toContain('/asg deploy web')
  })

  test.each(errorsOf('views.update').filter((code) => code !== 'not_found'))(
    'views.update answers %s: the form says so as well, and no more that it looks',
    async (code) => {
      const { desk, forms } = failing(undefined, code)
      expect(texts(await desk.say('alice', 'deploy web'))).toContain('/asg deploy web')
      expect(forms.at(-1)).toContain('/asg deploy web')
    },
  )

  test('whoever closed it meanwhile is told nothing', async () => {
    const { desk } = failing(undefined, 'not_found')
    expect(texts(await desk.say('alice', 'deploy web')).trim()).toBe('')
  })

  test('the result of a form that was sent reaches its sender where the channel is closed', async () => {
    const sent: string[] = []
    const base = frontDesk()
    const chat = {
      ...base.desk.chat,
      postEphemeral: () => Promise.reject(new ChatFailure('is_archived')),
      post: async (channel: string, { text }: { text: string }) => {
        sent.push(`${channel}: ${text}`)
        return { channel, ts: '1.0' }
      },
    }
    const desk = frontDesk({ chat })
    await submit(desk, { service: 'web', new_version: 'v2', reason: 'release' })
    await desk.time.pass(0)
    expect(sent.join()).toMatch(/^U0ALICE: .*web-/)
  })
})

test('another service in the form brings its versions', async () => {
  const desk = frontDesk()
  const asked: string[] = []
  desk.answers.versions = async (question) => {
    if (question.ask === 'versions') asked.push(question.service)
    return { versions: [] }
  }
  await desk.click(
    'alice',
    'choose_service',
    {},
    {
      value: 'shop',
      view: { id: 'V1', form: 'deploy', metadata: '{"form":"deploy","channel":"C0OPS"}', values: {} },
    },
  )
  expect(asked).toEqual(['shop'])
  // What comes of it is told where the form was asked for.
  expect(JSON.stringify(desk.forms.at(-1))).toContain('C0OPS')
  expect(desk.forms.at(-1)?.view).toBe('V1')
})

test('a form that was sent starts what the same line would start, and tells where', async () => {
  const desk = frontDesk()
  const submitted = await submit(desk, { service: 'web', new_version: 'v2', reason: 'release' })
  expect(submitted).toEqual({ next: 'close' })
  const [operation] = await desk.operations()
  expect(operation).toMatchObject({
    request: { procedure: 'deploy', service: 'web', version: 'v2' },
    why: 'release',
  })
  expect(desk.whispers[0]).toMatchObject({
    user: 'U0ALICE',
    text: expect.stringContaining(operation?.id ?? '?'),
  })
})

test('the same form twice starts one operation', async () => {
  const desk = frontDesk()
  await submit(desk, { service: 'web', new_version: 'v2' })
  await submit(desk, { service: 'web', new_version: 'v2' })
  expect(await desk.operations()).toHaveLength(1)
})

test('what is wrong is shown in the form: fields, gates, and a store that is away', async () => {
  const desk = frontDesk()
  expect(await submit(desk, { service: 'web' })).toMatchObject({ next: 'correct' })
  await desk.say('alice', 'lock web "incident 42"')
  expect(await submit(desk, { service: 'web', new_version: 'v2' })).toMatchObject({
    next: 'correct',
    errors: { service: expect.stringContaining('incident 42') },
  })
  const denied = await submit(desk, { service: 'web', new_version: 'v2' }, 'deploy', 'mallory')
  expect(denied).toMatchObject({ next: 'correct' })
  expect(await desk.operations()).toEqual([])
})

test('a dry run closes the form and tells the plan when it is there', async () => {
  const desk = frontDesk()
  desk.answers.plan = async () => ({ ok: true, value: plan })
  const submitted = await submit(desk, { service: 'web', new_version: 'v2', options: ['dry-run'] })
  expect(submitted).toEqual({ next: 'close' })
  await desk.time.pass(0)
  expect(desk.whispers[0]?.text).toContain('Web Server v2')
  expect(await desk.operations()).toEqual([])
})

test('a lock form locks', async () => {
  const desk = frontDesk()
  await submit(desk, { service: 'web', reason: 'incident 42' }, 'lock')
  expect((await desk.locks.of('web')).map(({ why }) => why)).toEqual(['incident 42'])
})

test('a trigger that has died is no surprise', async () => {
  const desk = frontDesk()
  desk.desk.chat.open = async () => {
    throw new Error('expired_trigger_id')
  }
  expect((await desk.say('alice', 'deploy')).acks).toEqual([undefined])
})

test('the Home shows the services that its reader may see, and what waits and ended there', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy shop v2')
  const [operation] = await desk.operations()
  if (operation === undefined) throw new Error('nothing was started')
  await desk.write(operation.id, { phase: 'approving', plan: { ...plan, service: 'shop' } })
  await desk.inbox.home(people.bob)
  expect(JSON.stringify(desk.homes[0])).toContain(operation.id)
  await desk.write(operation.id, { ending: { kind: 'succeeded', at: 1, left: [] } })
  await desk.inbox.home(people.bob)
  expect(JSON.stringify(desk.homes[1])).toContain(operation.id)
})

describe('the form of an event', () => {
  const hour = 3_600_000
  const booked = (desk: Desk) => {
    const from = desk.time.now() + 48 * hour
    const times = {
      kind: 'once' as const,
      from,
      to: from + 3 * hour,
      zone: 'Asia/Seoul',
      outAt: from,
      inAt: from,
    }
    return desk.calendar.put({
      id: 'web-k7f3q',
      service: 'web',
      event: { name: 'Live', times, lead: 0, desired: 9, base: { min: 2, desired: 2, max: 4 } },
      by: people.alice,
    })
  }
  const view = (form: string, values: FormValues, event?: string) => ({
    id: 'V1',
    form,
    metadata: JSON.stringify({ form, channel: 'C0OPS', ...(event !== undefined && { event }) }),
    values,
  })

  test('opens for a service, with the sizes that its group has', async () => {
    const desk = frontDesk()
    desk.answers.status = async () => [
      { service: 'web', group: { name: 'web-asg', min: 2, desired: 3, max: 8, suspended: [] } },
    ]
    await desk.say('alice', 'schedule web')
    expect(shown(desk)).toContain('Now desired 3, min 2, max 8.')
    expect(shown(desk)).toContain('Asia/Seoul')
    expect(shown(desk)).toContain('datepicker')
  })

  test('opens without an answer of AWS, too', async () => {
    const desk = frontDesk()
    await desk.say('alice', 'schedule')
    expect(shown(desk)).toContain('datepicker')
  })

  test('asks for other fields when another way of repeating is chosen', async () => {
    const desk = frontDesk()
    const chosen = { value: 'weekly', view: view('schedule', { service: 'web' }) }
    await desk.click('alice', 'choose_repeats', {}, chosen)
    expect(shown(desk)).toContain('Wednesday')
    expect(shown(desk)).not.toContain('datepicker')
    expect(shown(desk)).toMatch(/"initial_option":[^}]*[^]*"value":"web"/)
  })

  test('opens filled with the event that is changed, and keeps it when a choice is made', async () => {
    const desk = frontDesk()
    await booked(desk)
    await desk.click('alice', 'open_form', { form: 'reschedule', service: 'web', event: 'web-k7f3q' })
    expect(shown(desk)).toContain('"initial_value":"9"')
    expect(shown(desk)).toContain('Live')
    const chosen = { value: 'daily', view: view('reschedule', {}, 'web-k7f3q') }
    await desk.click('alice', 'choose_repeats', {}, chosen)
    expect(shown(desk)).toContain('web-k7f3q')
  })

  test('says beside its fields what is wrong, and records nothing', async () => {
    const desk = frontDesk()
    const values = {
      service: 'web',
      repeats: 'once',
      date: '1969-12-31',
      time: '20:00',
      lasts: '3h',
      desired: '4',
    }
    expect(await submit(desk, values, 'schedule')).toMatchObject({
      next: 'correct',
      errors: { date: expect.stringContaining('That is over') },
    })
    expect(await desk.operations()).toEqual([])
  })

  test('starts what the same line would start', async () => {
    const desk = frontDesk()
    const values = {
      service: 'web',
      repeats: 'weekday',
      time: '19:30',
      lasts: '3h30m',
      desired: '4',
      name: 'Show',
    }
    expect(await submit(desk, values, 'schedule')).toEqual({ next: 'close' })
    expect(await desk.operations()).toMatchObject([
      { request: { procedure: 'schedule', said: 'every weekday 19:30 for 3h30m', desired: 4, name: 'Show' } },
    ])
  })
})

describe('a teardown is confirmed by the name of its service, typed in a form', () => {
  const confirming = async (desk: Desk) => {
    await desk.say('alice', 'teardown web')
    const id = (await desk.operations()).find(({ phase }) => phase === 'planning')?.id ?? ''
    await desk.write(id, { phase: 'confirming', plan })
    return id
  }
  const type = (desk: Desk, id: string, typed: string, fingerprint = plan.fingerprint) =>
    desk.inbox.submit({
      delivery: `submission-${typed}`,
      person: people.alice,
      view: {
        id: 'V1',
        form: 'teardown',
        metadata: JSON.stringify({ form: 'teardown', operation: id, fingerprint, service: 'web' }),
        values: { typed_name: typed },
      },
    })
  const signals = async (desk: Desk, id: string) =>
    (await desk.journal.read(id))?.signals.map(({ kind }) => kind)

  test('the button of the plan opens it', async () => {
    const desk = frontDesk()
    const id = await confirming(desk)
    const value = { form: 'teardown', service: 'web', operation: id, fingerprint: plan.fingerprint }
    await desk.click('alice', 'open_form', value)
    expect(shown(desk)).toContain('typed_name')
    expect(shown(desk)).toContain(id)
  })

  test('letter for letter', async () => {
    const desk = frontDesk()
    const id = await confirming(desk)
    for (const wrong of ['', 'Web', 'shop'])
      expect(await type(desk, id, wrong)).toMatchObject({ next: 'correct' })
    expect(await signals(desk, id)).toEqual([])
    expect(await type(desk, id, ' web ')).toEqual({ next: 'close' })
    expect(await signals(desk, id)).toEqual(['confirm'])
  })

  test('its own, whatever a form claims to be for', async () => {
    const desk = frontDesk()
    const id = await confirming(desk)
    const forged = { form: 'teardown', operation: id, fingerprint: plan.fingerprint, service: 'shop' }
    const view = {
      id: 'V1',
      form: 'teardown',
      metadata: JSON.stringify(forged),
      values: { typed_name: 'shop' },
    }
    const answer = await desk.inbox.submit({ delivery: 'forged', person: people.alice, view })
    expect(answer).toMatchObject({ next: 'correct' })
    expect(await signals(desk, id)).toEqual([])
  })

  test('of the plan that was on the screen, and no other', async () => {
    const desk = frontDesk()
    const id = await confirming(desk)
    expect(await type(desk, id, 'web', 'another')).toMatchObject({ next: 'correct' })
    expect(await signals(desk, id)).toEqual([])
  })
})

describe('of more services than a menu takes every one can be found by typing', () => {
  const many = () => {
    const { catalogue } = frontDesk().desk
    const web = catalogue.services.get('web')
    if (web === undefined) throw new Error('no web')
    const names = Array.from({ length: 120 }, (_, index) => `svc-${String(index + 1).padStart(3, '0')}`)
    const services = new Map(names.map((name) => [name, { ...web, name }] as const))
    // Alice works with all of them; Mallory with the last one alone.
    const everybody = new Map([
      ...catalogue.people,
      ['alices', { users: ['U0ALICE'], groups: [] }],
      ['mallories', { users: ['U0MALLORY'], groups: [] }],
    ])
    const actions = ['deploy', 'schedule', 'bake', 'roll', 'lock', 'provision'] as const
    const rules = [
      { service: '*', actions, allow: ['alices'] },
      { service: 'svc-120', actions: ['deploy'] as const, allow: ['alices', 'mallories'] },
    ]
    return { names, desk: frontDesk({ catalogue: { ...catalogue, services, people: everybody, rules } }) }
  }
  const typed = async (desk: Desk, name: keyof typeof people, text: string, form = 'deploy', menu = '') => {
    const view = { id: 'V1', form, metadata: JSON.stringify({ form }), values: {} }
    const asked = { delivery: 'd', person: people[name], typed: text, view }
    const options = await desk.inbox.suggest({ ...asked, menu: menu || 'choose_service' })
    return options.map(({ value }) => value)
  }

  test.each(['deploy', 'schedule', 'bake', 'roll', 'lock'])('%s asks while somebody types', async (form) => {
    const { desk } = many()
    await desk.click('alice', 'open_form', { form })
    expect(shown(desk)).toContain('"type":"external_select"')
    expect(shown(desk)).not.toContain('svc-001')
  })

  test('one that is chosen stays chosen', async () => {
    const { desk } = many()
    await desk.say('alice', 'deploy svc-117')
    expect(shown(desk)).toMatch(/"external_select"[^[]*"initial_option":[^[]*"value":"svc-117"/)
  })

  test('each is found by its name, and by a part of it', async () => {
    const { desk, names } = many()
    for (const name of names) expect(await typed(desk, 'alice', name)).toEqual([name])
    expect(await typed(desk, 'alice', 'SVC-11 ')).toEqual(names.filter((name) => name.startsWith('svc-11')))
    expect(await typed(desk, 'alice', '-01')).toContain('svc-019')
  })

  test('before anything is typed the first hundred are there, all services at once first', async () => {
    const { desk } = many()
    const locking = await typed(desk, 'alice', '', 'lock', 'service')
    expect(locking).toHaveLength(100)
    expect(locking[0]).toBe('*')
  })

  test('what its form would not offer is not found', async () => {
    const { desk } = many()
    expect(await typed(desk, 'mallory', '')).toEqual(['svc-120'])
    expect(await typed(desk, 'mallory', 'svc-001')).toEqual([])
    expect(await typed(desk, 'mallory', '', 'schedule')).toEqual([])
    // Without a blueprint nothing can be built.
    expect(await typed(desk, 'alice', '', 'provision')).toEqual([])
    expect(await typed(desk, 'alice', '', 'deploy', 'another_menu')).toEqual([])
  })
})
