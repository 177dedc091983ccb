import {
  doorOperation,
  doorProblem,
  type FakeDoor,
  type Heard,
  type Said,
  startFakeDoor,
} from '../../support/fake-door'
import { objectsIn, runLine } from '../../support/command-line'

let door: FakeDoor | undefined
afterEach(() => door?.close())

const opens = async (answer: (heard: Heard, count: number) => Said | Promise<Said>): Promise<FakeDoor> => {
  door = await startFakeDoor(answer)
  return door
}
const accepted = (more: Readonly<Record<string, unknown>> = {}): Said => ({
  status: 202,
  body: { ...doorOperation(more), readToken: 'read-this-one' },
})
const ended = (ending: string, more: Readonly<Record<string, unknown>> = {}): Said => ({
  status: 200,
  headers: { etag: '"9"' },
  body: doorOperation({ state: 'ended', ending, says: `It ${ending}.`, ...more }),
})
const deploy = ['deploy', 'web', 'v2', '--wait']

test.each([
  ['succeeded', 0],
  ['rolled_back', 1],
  ['failed_clean', 1],
  ['refused', 3],
  ['needs_attention', 4],
  ['cancelled', 5],
  ['a word of a later version', 7],
])('an operation that ended as %s ends the program with %i', async (ending, code) => {
  const { url, heard } = await opens(({ method }) => (method === 'POST' ? accepted() : ended(ending)))
  expect((await runLine(deploy, url)).code).toBe(code)
  expect(heard[1]?.path).toBe('/v1/operations/web-k7f3q?wait=25')
})

test.each([
  [400, 'invalid_request', 2],
  [422, 'key_reused', 2],
  [404, 'unknown_service', 2],
  [401, 'bad_token', 7],
  [403, 'not_allowed', 3],
  [409, 'locked', 3],
])('an answer of %i (%s) ends it with %i', async (status, problem, code) => {
  const { url, heard } = await opens(() => doorProblem(status, problem, 'Somebody locked web.'))
  const ran = await runLine(deploy, url)
  expect(ran.code).toBe(code)
  expect(ran.err).toContain('Somebody locked web.')
  expect(ran.err).toContain(problem)
  expect(heard).toHaveLength(1)
})

test('what is wrong in which field is said', async () => {
  const errors = [{ pointer: '/weights', detail: 'rises to 100' }]
  const { url } = await opens(() => doorProblem(400, 'invalid_request', 'Look at errors.', { errors }))
  expect((await runLine(deploy, url)).err).toContain('  /weights: rises to 100')
})

test('one that goes on at the time-out ends it with 6, and is left alone', async () => {
  const { url, heard } = await opens(({ method }) => (method === 'POST' ? accepted() : { status: 304 }))
  const { code, err } = await runLine([...deploy, '--timeout', '90s'], url)
  expect(code).toBe(6)
  expect(err).toContain('web-k7f3q is still going after 1m30s.')
  expect(heard.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('without --wait it is recorded, and that is all', async () => {
  const { url, heard } = await opens(() => accepted({ state: 'queued' }))
  const { code, out } = await runLine(['deploy', 'web', 'v2'], url)
  expect(code).toBe(0)
  expect(out).toBe('web-k7f3q is recorded and waits in line.\n')
  expect(heard).toHaveLength(1)
})

test('an operation that nobody knows ends it with 7, a service in a wish with 2', async () => {
  const { url } = await opens(() => doorProblem(404, 'unknown_operation', 'There is no web-zzzzz.'))
  expect((await runLine(['show', 'web-zzzzz'], url)).code).toBe(7)
  expect((await runLine(['deploy', 'wob', 'v2'], url)).code).toBe(2)
})

describe('a door that does not answer', () => {
  it('is asked again with the same key, and one operation comes of it', async () => {
    const answers: readonly Said[] = [
      { status: 200, cut: true },
      doorProblem(503, 'store_unavailable', 'Redis cannot be reached.'),
      doorProblem(409, 'key_in_progress', 'The same call is being answered right now.'),
    ]
    const { url, heard } = await opens(({ method }, count) =>
      method === 'POST' ? (answers[count - 1] ?? accepted()) : ended('succeeded'),
    )
    const { code, err } = await runLine(deploy, url)
    expect(code).toBe(0)
    const keys = heard
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(4)
    expect(new Set(keys).size).toBe(1)
    expect(err).toContain('Redis cannot be reached.')
  })

  it('is waited for as it asks', async () => {
    const { url } = await opens((_, count) =>
      count === 1
        ? { ...doorProblem(429, 'too_many_requests', 'Too many calls.'), headers: { 'retry-after': '7' } }
        : accepted(),
    )
    expect((await runLine(['deploy', 'web', 'v2'], url)).err).toContain('again in 7s')
  })

  it('ends the program with 7 after a minute, with the key by which to ask again', async () => {
    const { url, heard } = await opens(() => ({ status: 200, cut: true }))
    const { code, err } = await runLine(['deploy', 'web', 'v2', '--idempotency-key', 'run-1'], url)
    expect(code).toBe(7)
    expect(err).toContain('--idempotency-key run-1')
    expect(heard.length).toBeGreaterThan(5)
    expect(heard.every(({ headers }) => headers['idempotency-key'] === '"run-1"')).toBe(true)
  })

  it('is given up after five minutes of a wait; the operation goes on', async () => {
    const { url } = await opens(({ method }) => (method === 'POST' ? accepted() : { status: 200, cut: true }))
    const { code, err } = await runLine(deploy, url)
    expect(code).toBe(7)
    expect(err).toContain('`rollcall show web-k7f3q --wait` follows it')
  })

  it('is no door where it answers something else', async () => {
    const { url } = await opens((_, count) =>
      count === 1
        ? { status: 200, body: undefined }
        : { status: 302, headers: { location: 'https://sso.example.com' } },
    )
    const first = await runLine(['status'], url)
    const second = await runLine(['status'], url)
    expect([first.code, second.code]).toEqual([7, 7])
    expect(second.err).toContain(
      'is no door of Rollcall (HTTP 302 → https://sso.example.com): check ROLLCALL_URL',
    )
  })
})

describe('waiting', () => {
  it('reads with the token of the operation, and with its own where that is no longer known', async () => {
    const { url, heard } = await opens(({ method, headers }, count) => {
      if (method === 'POST') return accepted()
      if (count === 2) return { status: 200, headers: { etag: '"4"' }, body: doorOperation({ revision: 4 }) }
      return headers.authorization === 'Bearer rc_test'
        ? ended('succeeded')
        : doorProblem(401, 'bad_token', 'Unknown.')
    })
    expect((await runLine(deploy, url)).code).toBe(0)
    expect(heard.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer rc_test',
      'Bearer read-this-one',
      'Bearer read-this-one',
      'Bearer rc_test',
    ])
    expect(heard[2]?.headers['if-none-match']).toBe('"4"')
  })

  it('says each change once in a log, and what is left at the end', async () => {
    const { url } = await opens(({ method }, count) =>
      method === 'POST'
        ? accepted()
        : count < 4
          ? { status: 200, body: doorOperation({ warnings: ['An event begins at 8 pm.'] }) }
          : ended('needs_attention', { code: 'timeout', left: ['i-1 is out of service'] }),
    )
    const { out } = await runLine(deploy, url)
    expect(out).toBe(
      [
        '0:00  web-k7f3q runs · 2/2 Replace the fleet: 1 of 2 on v2',
        'Note: An event begins at 8 pm.',
        'web-k7f3q needs attention · It needs_attention. (timeout)',
        'Left: i-1 is out of service',
        '',
      ].join('\n'),
    )
  })

  it('moves one line on a terminal, that never breaks and obeys nobody', async () => {
    const says = `${'가'.repeat(60)}\u001B[31m`
    const { url } = await opens(({ method }, count) =>
      method === 'POST'
        ? accepted({ says, progress: [] })
        : count < 4
          ? { status: 200, body: doorOperation() }
          : ended('succeeded'),
    )
    const { out } = await runLine(deploy, url, { columns: 40 })
    const [first = ''] = out.split('\r\u001B[2K').slice(1)
    expect(first).toMatch(/^0:00 {2}web-k7f3q runs · 가+…$/)
    expect(first.replace(/[^가]/g, '').length * 2 + first.replace(/가/g, '').length).toBeLessThan(40)
    expect(out.endsWith('\nweb-k7f3q succeeded · It succeeded.\n')).toBe(true)
    expect(out.replaceAll('\r\u001B[2K', '')).not.toContain('\u001B')
  })

  it('prints an object a line with --json, without the token', async () => {
    const { url } = await opens(({ method }) =>
      method === 'POST' ? accepted() : ended('rolled_back', { code: 'unhealthy' }),
    )
    const ran = await runLine([...deploy, '--json'], url)
    expect(objectsIn(ran)).toHaveLength(2)
    expect(objectsIn(ran).at(-1)).toMatchObject({
      id: 'web-k7f3q',
      state: 'ended',
      ending: 'rolled_back',
      code: 'unhealthy',
    })
    expect(ran.out).not.toContain('read-this-one')
  })

  it('prints a problem as an object, too', async () => {
    const { url } = await opens(() => doorProblem(409, 'locked', 'Locked by alice.'))
    expect(objectsIn(await runLine([...deploy, '--json'], url))).toEqual([
      expect.objectContaining({ code: 'locked', status: 409, detail: 'Locked by alice.' }),
    ])
  })
})

describe('an interrupt', () => {
  /** Interrupts when the operation is waited for. */
  const interrupted = async (words: readonly string[], after: (heard: Heard) => Said | Promise<Said>) => {
    let interrupt = (): void => undefined
    const { url, heard } = await opens(async (one) => {
      if (one.method === 'POST' && JSON.stringify(one.body).includes('"deploy"')) return accepted()
      if (heard.filter(({ method }) => method === 'GET').length === 1 && one.method === 'GET') interrupt()
      return after(one)
    })
    const ran = await runLine(words, url, {
      interrupting: (by) => {
        interrupt = by
      },
    })
    return { ...ran, heard }
  }

  it('leaves the operation running and says its id', async () => {
    const { code, err, heard } = await interrupted(deploy, () => ({ status: 304 }))
    expect(code).toBe(6)
    expect(err).toContain('web-k7f3q goes on.')
    expect(heard.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('cancels it where that was said, and tells how it ended', async () => {
    const { code, err, heard } = await interrupted([...deploy, '--cancel-on-interrupt'], ({ method }) =>
      method === 'POST' ? { status: 202, body: doorOperation() } : ended('cancelled'),
    )
    expect(heard.find(({ body }) => JSON.stringify(body)?.includes('cancel'))?.body).toEqual({
      action: 'cancel',
      operation: 'web-k7f3q',
    })
    expect(err).toContain('web-k7f3q is asked to stop at the next safe point.')
    expect(code).toBe(5)
  })
})

describe('looking', () => {
  it('lists services and operations, one a line', async () => {
    const { url, heard } = await opens(({ path }) =>
      path.startsWith('/v1/services')
        ? {
            status: 200,
            body: {
              services: [
                { name: 'web', says: 'web serves v2, 2 of 2 healthy' },
                { name: 'shop', says: 'Serves v1' },
              ],
            },
          }
        : {
            status: 200,
            body: {
              operations: [doorOperation({ state: 'ended', ending: 'succeeded', says: 'Serves v2.' })],
            },
          },
    )
    expect((await runLine(['status'], url)).out).toBe('web serves v2, 2 of 2 healthy\nshop · Serves v1\n')
    expect((await runLine(['history', 'web', '--limit', '5'], url)).out).toBe(
      'web-k7f3q succeeded · Serves v2.\n',
    )
    expect(heard.map(({ path }) => path)).toEqual(['/v1/services', '/v1/history?service=web&limit=5'])
  })

  it('shows an operation that failed, and fails only where its ending is waited for', async () => {
    const { url } = await opens(() => ended('rolled_back'))
    expect((await runLine(['show', 'web-k7f3q'], url)).code).toBe(0)
    expect((await runLine(['show', 'web-k7f3q', '--wait'], url)).code).toBe(1)
  })

  it('shows what a dry run and a lock say', async () => {
    const { url } = await opens(() => ({
      status: 200,
      body: { says: 'Replaces 2 instances.\nTakes 6 minutes.' },
    }))
    expect(await runLine(['deploy', 'web', 'v2', '--dry-run'], url)).toMatchObject({
      code: 0,
      out: 'Replaces 2 instances.\nTakes 6 minutes.\n',
    })
  })
})
