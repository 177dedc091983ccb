import { buttons } from '../support/acceptance/buttons'
import { shapeOf } from '../support/acceptance/fleet'
import type { Person } from '../support/acceptance/person'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { eventually } from '../support/redis'

let sandbox: Sandbox
let alice: Person
let mallory: Person

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_SPEED: '200' })
  alice = sandbox.person('alice')
  mallory = sandbox.person('mallory')
}, 120_000)
afterAll(() => sandbox?.stop())

/** AWS's calls that changed something, since one of them. */
const changes = async (since: number) => (await sandbox.calls(since)).filter(({ mutating }) => mutating)

describe('a typo', () => {
  test.each([
    ['/asg deplyo web v2', 'There is no command `deplyo`. Did you mean `deploy`?', '/asg deploy web v2'],
    ['/asg deploy wep v2', 'There is no service `wep`. Did you mean `web`?', '/asg deploy web v2'],
    ['/asg statsu web', 'There is no command `statsu`. Did you mean `status`?', '/asg status web'],
    ['/asg 베포 web v2', 'There is no command `베포`. Did you mean `배포`?', '/asg 배포 web v2'],
  ])('“%s” is met with the nearest line, and nothing is done', async (typed, said, meant) => {
    const since = await sandbox.lastCall()
    const reply = await alice.types(typed)
    expect(reply.text).toContain(said)
    expect(reply.buttons[0]).toBe(`Run ${meant}`)
    expect(reply.operation).toBeUndefined()
    expect(await changes(since)).toEqual([])
  })

  it('has a button that runs what was meant, once however often it is clicked', async () => {
    const { ts } = await alice.types('/asg deplyo web v2 --strategy surge --reason "typo"')
    await Promise.all([1, 2].map(() => alice.clicks(ts, 'run_command')))
    // What came of it stands where the question stood.
    const operation = await eventually(async () => {
      const answer = (await alice.sees()).find((message) => message.ts === ts)
      return /accepted as `([^`]+)`/.exec(answer?.text ?? '')?.[1]
    })
    const done = await alice.reads(operation, /^✅/)
    expect(done.text).toContain('*Done.* `web` serves `v2`')
    expect(done.text).toContain('reason: _typo_')
    expect((await changes(0)).filter(({ action }) => action === 'CreateImage')).toHaveLength(1)
  }, 60_000)
})

describe('a form', () => {
  /** The form that is open on alice's screen, once its title says this. */
  const opened = (title: string) =>
    eventually(async () =>
      (await alice.forms()).find(({ view }) => (view as { title: { text: string } }).title.text === title),
    )

  it('opens for `/asg` alone, and leads to the form of a command', async () => {
    await alice.types('/asg')
    const { view } = await opened('Choose a command')
    expect(JSON.stringify(view)).toContain('Bakes the version’s image if need be')
  })

  it('opens for a command without what it needs, names what is wrong in it, and runs', async () => {
    const since = await sandbox.lastCall()
    await alice.types('/asg bake')
    await opened('Bake an image')
    const wrong = await alice.submits({ service: 'web', new_version: 'v 3' })
    expect(wrong.errors).toEqual({ new_version: expect.stringContaining('Not a valid version') })
    expect(await changes(since)).toEqual([])
    await alice.submits({ service: 'web', new_version: 'v3', reason: 'for later' })
    await sandbox.hears('CreateImage', since)
    const done = await eventually(
      async () => (await alice.sees()).find(({ text }) => text.startsWith('✅ Bake an image of web v3')),
      30_000,
    )
    expect(done.text).toContain('The image `Web Server v3` is ready')
    expect(done.text).toContain('reason: _for later_')
  }, 60_000)
})

describe('help', () => {
  it('lists the commands, and explains each', async () => {
    const all = await alice.types('/asg help')
    for (const command of ['deploy', 'rollback', 'swap', 'prune', 'cancel', 'lock', 'scale', 'unschedule'])
      expect(all.text).toContain(`/asg ${command} &lt;`)
    const one = await alice.types('/asg deploy --help')
    expect(one.text).toContain('/asg deploy web v2 --strategy replace')
    expect(one.buttons).toEqual(['Open the form of deploy'])
  })
})

describe('Korean', () => {
  it('is understood as people type it, and a question changes nothing', async () => {
    const since = await sandbox.lastCall()
    expect((await alice.types('/asg web 상태')).text).toContain('Status of web')
    const plan = await alice.types('/asg web에 v3 배포해줘?')
    expect(plan.text).toContain('Plan: Deploy web v3')
    expect(plan.text).toContain('Dry run: nothing was changed.')
    expect(await changes(since)).toEqual([])
  })

  it('is spoken with those whose Slack is Korean', async () => {
    const bob = sandbox.person('bob')
    // Where Slack does not say at once how somebody reads, the first answer is in the service's language.
    const status = await eventually(async () => {
      const { text } = await bob.types('/asg status web')
      return text.includes('상태') ? text : undefined
    })
    expect(status).toMatch(/web.*상태/)
    const typo = await bob.types('/asg 베포 web v2')
    expect(typo.text).toContain('`배포`')
    expect(typo.text).toContain('명령')
  })
})

describe('a stranger', () => {
  test.each([
    '/asg deploy web v9',
    '/asg bake web v9',
    '/asg roll web 1',
    '/asg rollback web',
    '/asg scale web desired=4',
    '/asg lock web "mine"',
    '/asg unlock web',
    '/asg deploy web v9 --dry-run',
  ])('is refused “%s”, and told who may', async (line) => {
    const before = shapeOf(await sandbox.fleet())
    const since = await sandbox.lastCall()
    const refused = await mallory.types(line)
    expect(refused.operation).toBeUndefined()
    expect(refused.text).toMatch(/^🚫/)
    expect(refused.text).toContain('<@U0ALICE>')
    expect(await changes(since)).toEqual([])
    expect(shapeOf(await sandbox.fleet())).toEqual(before)
  })

  it('may look', async () => {
    expect((await mallory.types('/asg status web')).text).toContain('v2')
    expect((await mallory.types('/asg history')).text).toContain('web')
  })

  it('is refused at buttons as well, which everybody sees', async () => {
    const deploys = (await mallory.sees()).filter(({ text }) => text.startsWith('✅ Deploy web v2'))
    const [deploy] = deploys
    expect(buttons(deploy?.blocks)).toContain('Roll back to v1')
    const refused = await mallory.clicks(deploy?.ts ?? '', 'Roll back to v1')
    expect(refused.text).toMatch(/^🚫/)
    expect(refused.operation).toBeUndefined()
  })
})
