import type { MessageView } from '../../src/sandbox/protocol'
import { describeInBrowser } from '../support/browser'
import { deploy, rootTs } from '../support/page-fixture/deploy'
import { fleetAt, instance, type Scene } from '../support/page-fixture/fleet'
import { form, gallery, home } from '../support/page-fixture/gallery'
import { useStage } from '../support/page-fixture/use'

/** How far a list is from its end once it has been drawn twice. */
const settled = (box: Element) =>
  new Promise<number>((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => resolve(box.scrollHeight - box.scrollTop - box.clientHeight)),
    )
  })

describeInBrowser('In the workspace', () => {
  const stage = useStage()
  const composer = () => stage.page.getByRole('textbox', { name: 'Message #ops' })
  const play = (...scenes: string[]) => {
    for (const scene of scenes) stage.fixture.play(...(deploy[scene] ?? []))
  }
  const openForm = (id: string, view: object = form) =>
    stage.fixture.play({ type: 'view', view: { id, user: 'U0ALICE', view, depth: 1 } })

  test('the token leaves the address bar and goes with every request', async () => {
    expect(stage.page.url()).not.toContain('token')
    await composer().fill('/asg status')
    await composer().press('Enter')
    const post = await stage.fixture.posted('command')
    expect(post.authorization).toBe('Bearer fixture-token')
    await stage.page.reload()
    await stage.page.getByRole('region', { name: 'Web-ALB' }).waitFor()
  })

  test('a newcomer is offered a deploy, which is typed for them and run by Enter', async () => {
    await stage.page.getByRole('button', { name: '/asg deploy web v2' }).click()
    expect(await composer().inputValue()).toBe('/asg deploy web v2')
    await stage.page.keyboard.press('Enter')
    expect(await stage.posted('command')).toEqual({
      user: 'U0ALICE',
      channel: 'C0OPS',
      text: '/asg deploy web v2',
    })
    expect(await composer().inputValue()).toBe('')
  })

  test('the plug is offered to be pulled while a fleet is moved, and not while the old ones only drain', async () => {
    const hint = stage.page.getByRole('complementary', { name: 'Something to try' })
    play('baking', 'rolling')
    await hint.getByText('Now pull the plug').waitFor()
    const web: Scene['web'] = [
      [instance('4a', 2), 'healthy'],
      [instance('4c', 2), 'healthy'],
      [instance('3a', 1, { lifecycle: 'Terminating' }), 'draining'],
    ]
    stage.fixture.play({ type: 'fleet', fleet: fleetAt({ after: 348_000, web }) })
    await hint.getByText('Swap two colors').waitFor()
    await hint.getByRole('button', { name: 'Not now' }).click()
    await hint.getByText('Deploy something broken').waitFor()
  })

  test('who waits for an approval is told who can give it, and becomes them by a click', async () => {
    const hint = stage.page.getByRole('complementary', { name: 'Something to try' })
    const waiting: MessageView = {
      ts: '1772413200.000900',
      channel: 'C0OPS',
      user: 'U0ROLLCALL',
      app: true,
      text: 'Waiting for approval',
      at: 1_772_413_200_000,
      ephemeral: false,
      edited: false,
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'approve',
              text: { type: 'plain_text', text: 'Approve' },
              value: '{}',
            },
          ],
        },
      ],
    }
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [waiting], removed: [] })
    await hint.getByText('Somebody else has to agree').waitFor()
    await hint.getByRole('button', { name: 'Become bob' }).click()
    await stage.page.getByRole('button', { name: 'bob approver', pressed: true }).waitFor()
    await hint.getByText('Somebody else has to agree').waitFor({ state: 'detached' })
    await stage.page.getByRole('button', { name: 'alice' }).click()
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [], removed: [waiting.ts] })
  })

  test('a slash brings suggestions, Tab takes one, the arrow brings the last line back', async () => {
    await composer().pressSequentially('/asg dep')
    await composer().press('Tab')
    expect(await composer().inputValue()).toBe('/asg deploy web v2')
    await composer().press('Enter')
    await stage.posted('command')
    await composer().press('ArrowUp')
    expect(await composer().inputValue()).toBe('/asg deploy web v2')
  })

  test('a line that the sandbox refuses comes back, with what was wrong', async () => {
    stage.fixture.answer('command', { ok: false, error: 'operation_timeout' })
    await composer().fill('/asg status')
    await composer().press('Enter')
    await stage.page.getByRole('status').getByText('operation_timeout').waitFor()
    expect(await composer().inputValue()).toBe('/asg status')
  })

  test('one message follows the deploy, edited in place', async () => {
    play('baking')
    const message = stage.page.locator(`[data-ts="${rootTs}"]`)
    await message.getByText('Baking ami-02aa, 42 %').waitFor()
    expect(await message.locator('.task-mark').allTextContents()).toEqual([
      'In progress: ',
      'To do: ',
      'To do: ',
      'To do: ',
    ])
    play('rolling', 'done')
    await message.getByText('web serves v2').first().waitFor()
    expect(await message.count()).toBe(1)
    expect(await message.locator('.task-complete').count()).toBe(4)
    expect(await message.getByRole('button', { name: 'Cancel' }).count()).toBe(0)
  })

  test('a button with a confirm dialog asks first; no tells nobody, yes tells the app', async () => {
    play('baking')
    const cancel = stage.page.getByRole('button', { name: 'Cancel', exact: true })
    await cancel.click()
    const dialog = stage.page.getByRole('alertdialog', { name: 'Cancel this deploy?' })
    await dialog.getByRole('button', { name: 'Let it run' }).click()
    await dialog.waitFor({ state: 'detached' })
    await cancel.click()
    await dialog.getByRole('button', { name: 'Cancel the deploy' }).click()
    expect(await stage.posted('click')).toMatchObject({ action: 'cancel', confirm: true, ts: rootTs })
  })

  test('the log is in the thread; a reply there mentions the app', async () => {
    play('baking', 'rolling')
    await stage.page.getByRole('button', { name: /2 replies/ }).click()
    const pane = stage.page.getByRole('complementary', { name: 'Thread' })
    expect(await pane.getByRole('article').count()).toBe(3)
    await pane.getByRole('textbox', { name: 'Reply in thread' }).fill('status')
    await pane.getByRole('textbox', { name: 'Reply in thread' }).press('Enter')
    expect(await stage.posted('mention')).toEqual({
      user: 'U0ALICE',
      channel: 'C0OPS',
      text: '<@U0ROLLCALL> status',
      thread_ts: rootTs,
    })
    await stage.page.keyboard.press('Escape')
    await pane.waitFor({ state: 'detached' })
  })

  test('the list stays at its end as messages come and grow, until one scrolls up', async () => {
    const list = stage.page.locator('#messages')
    const fromEnd = () => list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)
    for (let round = 0; round < 12; round += 1) {
      const ts = `1795223${100 + round}.000100`
      stage.fixture.play({
        type: 'messages',
        channel: 'C0OPS',
        messages: [{ ...gallery, ts, ephemeral: false }],
        removed: [],
      })
    }
    await stage.page.getByRole('article').nth(11).waitFor()
    await expect(list.evaluate(settled)).resolves.toBeLessThan(2)
    await list.evaluate((box) => box.scrollBy(0, -900))
    play('baking')
    await stage.page.getByRole('button', { name: 'Newest' }).waitFor()
    expect(await fromEnd()).toBeGreaterThan(800)
    await stage.page.getByRole('button', { name: 'Newest' }).click()
    expect(await fromEnd()).toBeLessThan(2)
  })

  test('an ephemeral message says that nobody else sees it', async () => {
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [gallery], removed: [] })
    await stage.page.getByText('Only visible to you').waitFor()
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [], removed: [gallery.ts] })
    await stage.page.getByText('Only visible to you').waitFor({ state: 'detached' })
  })

  test('what the app finds wrong stands at the field, which gets the focus', async () => {
    stage.fixture.answer('submit', { ok: true, errors: { version: 'There is no such version.' } })
    openForm('V1')
    await stage.page.getByRole('button', { name: 'Show the plan' }).click()
    const field = stage.page.getByRole('textbox', { name: 'Version' })
    await stage.page.getByText('There is no such version.').waitFor()
    await stage.page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    await field.fill('v2')
    await stage.page.getByText('There is no such version.').waitFor({ state: 'detached' })
  })

  test('a form that comes empty at first is entered at its first field, once it has one', async () => {
    const title = { type: 'plain_text', text: 'Deploy' }
    openForm('V1', { type: 'modal', title, blocks: [] })
    await stage.page.getByRole('dialog', { name: 'Deploy' }).waitFor()
    openForm('V1')
    const field = stage.page.getByRole('dialog').locator('input, select, textarea').first()
    await field.waitFor()
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('an update of a form keeps what was typed; a pushed form covers it and gives it back', async () => {
    openForm('V1')
    await stage.page.getByRole('textbox', { name: 'Version' }).fill('v7')
    openForm('V1', { ...form, title: { type: 'plain_text', text: 'Deploy web' } })
    await stage.page.getByRole('heading', { name: 'Deploy web' }).waitFor()
    expect(await stage.page.getByRole('textbox', { name: 'Version' }).inputValue()).toBe('v7')
    openForm('V2', {
      type: 'modal',
      title: { type: 'plain_text', text: 'The plan' },
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'replaces 2' } }],
    })
    await stage.page.getByRole('dialog', { name: 'The plan' }).waitFor()
    openForm('V1')
    await stage.page.getByRole('dialog', { name: 'Deploy' }).waitFor()
    expect(await stage.page.getByRole('textbox', { name: 'Version' }).inputValue()).toBe('v7')
    await stage.page.keyboard.press('Escape')
    expect(await stage.posted('close')).toEqual({ user: 'U0ALICE', view: 'V1' })
  })

  test('the Home is opened by its app, and its buttons speak for its view', async () => {
    await stage.page.getByRole('button', { name: 'Home', exact: true }).click()
    expect(await stage.posted('home')).toEqual({ user: 'U0ALICE' })
    stage.fixture.play({ type: 'home', user: 'U0ALICE', view: home })
    await stage.page.getByRole('button', { name: 'Deploy…' }).click()
    expect(await stage.posted('click')).toMatchObject({ view: 'V0HOME', action: 'open_form' })
  })

  test('becoming another persona speaks as them', async () => {
    await stage.page.getByRole('button', { name: /mallory/ }).click()
    await composer().fill('/asg deploy web v2')
    await composer().press('Enter')
    expect(await stage.posted('command')).toMatchObject({ user: 'U0MALLORY' })
  })

  test('a server that goes away is said, and found again', async () => {
    stage.fixture.goAway()
    await stage.page.getByRole('alert').waitFor()
    stage.fixture.comeBack()
    await stage.page.getByRole('alert').waitFor({ state: 'detached' })
    // What Chromium itself writes to the console: of the stream that was cut, and of each try to open another.
    const errors = stage.errors.splice(0)
    expect(
      errors.filter(
        (error) => !/ERR_(INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)/.test(error),
      ),
    ).toEqual([])
  })
})
