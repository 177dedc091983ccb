import { StoreUnavailable } from '../../../src/ports/failure'
import { frontDesk, type Name, people, texts } from '../../support/gateway-deps'
import { plan } from '../../support/web-deploy'

const down = () => Promise.reject(new StoreUnavailable('down'))

test('a command is recorded, woken, and only then acknowledged, with the operation’s name', async () => {
  const desk = frontDesk()
  const answered = await desk.say('alice', 'deploy web v2 --reason "release"')
  const [operation] = await desk.operations()
  expect(operation).toMatchObject({
    id: expect.stringMatching(/^web-[0-9a-hjkmnp-tv-z]{5}$/),
    request: { procedure: 'deploy', service: 'web', version: 'v2' },
    requester: { user: 'U0ALICE' },
    channel: 'ops',
    why: 'release',
    phase: 'planning',
  })
  expect(desk.woken).toEqual([operation?.id])
  expect(answered.acks).toHaveLength(1)
  expect(texts(answered)).toContain(operation?.id)
})

test('the acknowledgement waits for the journal', async () => {
  const desk = frontDesk()
  let recorded = (): void => {}
  const create = desk.journal.create
  desk.journal.create = async (...args) => {
    await new Promise<void>((resolve) => {
      recorded = resolve
    })
    return create(...args)
  }
  let acknowledged = false
  const saying = desk.say('alice', 'deploy web v2').then(() => {
    acknowledged = true
  })
  await desk.time.pass(1_000)
  expect(acknowledged).toBe(false)
  recorded()
  await saying
  expect(acknowledged).toBe(true)
})

test('the same delivery twice starts one operation and says so both times', async () => {
  const desk = frontDesk()
  const first = await desk.say('alice', 'deploy web v2', { delivery: 'same' })
  const second = await desk.say('alice', 'deploy web v2', { delivery: 'same' })
  const operations = await desk.operations()
  expect(operations).toHaveLength(1)
  expect(texts(first)).toContain(operations[0]?.id)
  expect(texts(second)).toContain(operations[0]?.id)
})

test('an edit of a message that started an operation starts none, and is told which it was', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'scale web 4', { delivery: 'same' })
  const second = await desk.say('alice', 'scale web 5', { delivery: 'same', editedAfter: 5_000 })
  const operations = await desk.operations()
  expect(operations.map(({ request }) => request)).toEqual([
    { procedure: 'scale', service: 'web', desired: 4 },
  ])
  expect(texts(second)).toContain(`A message is carried out once; this one started \`${operations[0]?.id}\``)
})

test('an edit that mends what was not understood is carried out', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'scael web', { delivery: 'same' })
  await desk.say('alice', 'scale web 4', { delivery: 'same', editedAfter: 5_000 })
  expect(await desk.operations()).toHaveLength(1)
})

test('an edit half a day later starts nothing: what the message did is no longer known by then', async () => {
  const desk = frontDesk()
  const answered = await desk.say('alice', 'scale web 4', { editedAfter: 13 * 3_600_000 })
  expect(await desk.operations()).toEqual([])
  expect(texts(answered)).toContain('Say it in a new message')
})

test('a cancel that comes again cancels nothing more, a lock that comes again locks nothing anew', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web v2')
  await desk.say('alice', 'cancel web', { delivery: 'same' })
  const [first] = await desk.operations()
  await desk.write(first?.id ?? '', { ending: { kind: 'cancelled', at: desk.time.now(), left: [] } })
  await desk.say('alice', 'deploy web v3')
  expect(texts(await desk.say('alice', 'cancel web', { delivery: 'same' }))).toContain('carried out once')
  expect((await desk.operations()).map(({ signals }) => signals.length).toSorted((a, b) => a - b)).toEqual([
    0, 1,
  ])
  await desk.say('alice', 'lock web "look"', { delivery: 'lock' })
  await desk.say('alice', 'unlock web')
  await desk.say('alice', 'lock web "look"', { delivery: 'lock' })
  expect(await desk.locks.of('web')).toEqual([])
})

test('the same words twice are two operations: the second takes its turn', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web v2')
  await desk.say('alice', 'deploy web v2')
  expect(await desk.operations()).toHaveLength(2)
})

test('an id that is taken is drawn again', async () => {
  const desk = frontDesk()
  const create = desk.journal.create
  let first = true
  desk.journal.create = async (operation, delivery) => {
    if (!first) return create(operation, delivery)
    first = false
    throw new Error(`the operation's id is taken: ${operation.id}`)
  }
  await desk.say('alice', 'deploy web v2')
  expect(await desk.operations()).toHaveLength(1)
})

test('with the store down it is said that nothing was started, and nothing is', async () => {
  for (const broken of ['locks', 'journal'] as const) {
    const desk = frontDesk()
    if (broken === 'locks') desk.locks.of = down
    else desk.journal.create = down
    const answered = await desk.say('alice', 'deploy web v2')
    expect(texts(answered)).toContain('nothing was started')
    expect(await desk.operations()).toEqual([])
    expect(desk.woken).toEqual([])
  }
})

test('a queue that cannot be told now does not undo what was recorded', async () => {
  const desk = frontDesk({ wakeups: { wake: down } })
  const answered = await desk.say('alice', 'deploy web v2')
  const [operation] = await desk.operations()
  expect(texts(answered)).toContain(operation?.id)
})

test('who may not is told who may, and nothing is recorded', async () => {
  const desk = frontDesk()
  const answered = await desk.say('mallory', 'deploy web v2')
  expect(texts(answered)).toContain('<@U0ALICE>')
  expect(await desk.operations()).toEqual([])
})

test('permission follows the user groups that Slack tells of', async () => {
  const { desk } = frontDesk()
  const grouped = frontDesk({
    catalogue: {
      ...desk.catalogue,
      people: new Map([['operators', { users: [], groups: ['S0OPS'] }]]),
    },
    people: { groupsOf: async (user) => (user === 'U0BOB' ? ['S0OPS'] : []) },
  })
  await grouped.say('alice', 'deploy web v2')
  expect(await grouped.operations()).toHaveLength(0)
  await grouped.say('bob', 'deploy web v2')
  expect(await grouped.operations()).toHaveLength(1)
})

test('everyone are the members of the workspace; who comes from elsewhere may what their id is named for', async () => {
  const desk = frontDesk()
  const status = async (name: Name, external: boolean) => {
    const person = { ...people[name], ...(external && { external }) }
    return texts(await desk.say(name, 'history web', { person }))
  }
  expect(await status('mallory', false)).not.toMatch(/^🚫/)
  expect(await status('mallory', true)).toMatch(/^🚫/)
  expect(await status('alice', true)).not.toMatch(/^🚫/)
})

test('a lock holds deploys back and says who, why and how to clear it; unlocking lets them go', async () => {
  const desk = frontDesk()
  const locked = await desk.say('alice', 'lock web "incident 42" for 2h')
  expect(texts(locked)).toContain('incident 42')
  const refused = await desk.say('alice', 'deploy web v2')
  expect(texts(refused)).toMatch(/incident 42[^]*unlock web/)
  expect(await desk.operations()).toEqual([])
  await desk.say('alice', 'unlock web')
  await desk.say('alice', 'deploy web v2')
  expect(await desk.operations()).toHaveLength(1)
})

test('whoever locks is answered in a line: the channel has the whole message', async () => {
  const desk = frontDesk()
  const locked = await desk.say('alice', 'lock web "incident 42"')
  expect(locked.acks[0]?.blocks).toHaveLength(1)
  const cleared = await desk.say('alice', 'unlock web')
  expect(cleared.acks[0]?.blocks).toHaveLength(1)
})

test('the channel hears of a lock and of its end', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'lock web "incident 42"')
  await desk.say('alice', 'unlock web')
  await desk.time.pass(0)
  expect(desk.chat.texts('post')).toHaveLength(2)
  expect(desk.chat.texts('post')[0]).toContain('incident 42')
})

test('a lock that runs out holds nothing any more', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'lock web "short" for 1h')
  await desk.time.pass(3_600_001)
  await desk.say('alice', 'deploy web v2')
  expect(await desk.operations()).toHaveLength(1)
})

test('a typo is answered with the line that was meant and a button that runs it', async () => {
  const desk = frontDesk()
  const answered = await desk.say('alice', 'deplyo web v2')
  expect(await desk.operations()).toEqual([])
  expect(JSON.stringify(answered.acks[0]?.blocks)).toContain('run_command')
  const value = /"value":"(.*?[^\\])"/.exec(JSON.stringify(answered.acks[0]?.blocks))?.[1] ?? ''
  await desk.click('alice', 'run_command', JSON.parse(value.replaceAll('\\"', '"')) as object)
  expect((await desk.operations())[0]?.request).toMatchObject({ procedure: 'deploy', version: 'v2' })
})

test('a dry run shows the plan and records nothing, even while the service is locked', async () => {
  const desk = frontDesk()
  desk.answers.plan = async () => ({ ok: true, value: plan })
  await desk.say('alice', 'lock web "incident 42"')
  const answered = await desk.say('alice', 'deploy web v2 --dry-run')
  expect(texts(answered)).toContain('Web Server v2')
  expect(JSON.stringify(answered)).toContain('Run /asg deploy web v2')
  expect(await desk.operations()).toEqual([])
})

test('what asks the worker is acknowledged in time, and answered when the answer is there', async () => {
  const desk = frontDesk()
  let answer = (): void => {}
  desk.answers.status = async () => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    return []
  }
  const saying = desk.say('alice', 'status web')
  await desk.time.pass(2_000)
  answer()
  const answered = await saying
  expect(answered.acks).toEqual([undefined])
  expect(answered.told).toHaveLength(1)
})

test('without a worker the status tells what the journal knows, and that AWS could not be asked', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web v2')
  const [operation] = await desk.operations()
  const answered = await desk.say('alice', 'status web')
  expect(texts(answered)).toMatch(/worker/i)
  expect(texts(answered)).toContain(operation?.id)
})

test('without a worker a dry run says so', async () => {
  const desk = frontDesk()
  expect(texts(await desk.say('alice', 'deploy web v2 --dry-run'))).toContain('No worker answered')
})

test('history lists what ended, of the services that the person may see', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web v2')
  const [operation] = await desk.operations()
  if (operation === undefined) throw new Error('nothing was started')
  await desk.write(operation.id, { ending: { kind: 'succeeded', at: 1, left: [] } })
  expect(texts(await desk.say('mallory', 'history'))).toContain(operation.id)
  expect(texts(await desk.say('mallory', 'history shop'))).not.toContain(operation.id)
})

test('an operation is shown by its id; one that never was is met kindly', async () => {
  const desk = frontDesk()
  await desk.say('alice', 'deploy web v2')
  const [operation] = await desk.operations()
  expect(texts(await desk.say('alice', `show ${operation?.id}`))).toContain('v2')
  expect(texts(await desk.say('alice', 'show web-00000'))).toContain('web-00000')
})

test('cancelling a service cancels what owns it; with nothing there it says so', async () => {
  const desk = frontDesk()
  expect(texts(await desk.say('alice', 'cancel web'))).toMatch(/nothing to cancel/)
  await desk.say('alice', 'deploy web v2')
  await desk.say('alice', 'deploy web v3')
  const [first] = (await desk.operations()).toSorted((a, b) =>
    JSON.stringify(a.request).localeCompare(JSON.stringify(b.request)),
  )
  if (first === undefined) throw new Error('nothing was started')
  await desk.write(first.id, { join: true, phase: 'running', startedAt: 1 })
  await desk.say('alice', 'cancel web')
  const [cancelled, ...others] = (await desk.operations()).filter(({ signals }) => signals.length > 0)
  expect(others).toEqual([])
  expect(cancelled?.id).toBe(first.id)
  expect(cancelled?.signals[0]).toMatchObject({ kind: 'cancel', by: { user: 'U0ALICE' } })
})

test('help explains, and a mention that lacks words gets help where no form can open', async () => {
  const desk = frontDesk()
  expect(texts(await desk.say('mallory', 'help deploy'))).toContain('deploy')
  const answered = await desk.mention('alice', 'deploy')
  expect(texts(answered)).toContain('deploy')
  expect(desk.forms).toEqual([])
})

test('a surprise is admitted, with a reference for the log', async () => {
  const desk = frontDesk()
  desk.journal.create = async () => {
    throw new TypeError('undefined is not a function')
  }
  const answered = await desk.say('alice', 'deploy web v2')
  expect(texts(answered)).toMatch(/fault of its own/)
  expect(answered.acks).toHaveLength(1)
})
