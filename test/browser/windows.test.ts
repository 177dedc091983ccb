import type { Browser, Page } from 'playwright-core'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { describeInBrowser, openPage, startBrowser } from '../support/browser'

/** People at a closed window, on the page of the whole sandbox: what is held, overridden, handed over and counted. */
describeInBrowser('While a window is closed', () => {
  let sandbox: Sandbox
  let browser: Browser
  let page: Page
  let errors: string[]

  beforeAll(async () => {
    sandbox = await startSandbox({ SANDBOX_SPEED: '60', SANDBOX_WINDOWS: 'on' })
    browser = await startBrowser()
    const shown = await openPage(browser, `${sandbox.url}/?token=${sandbox.token}`)
    shown.page.context().setDefaultTimeout(60_000)
    page = shown.page
    errors = shown.errors
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })
  afterEach(() => expect(errors).toEqual([]))

  const types = async (text: string) => {
    const composer = page.getByRole('textbox', { name: 'Message #ops' })
    await composer.fill(text)
    await composer.press('Enter')
  }
  const become = (name: string) => page.locator('button.persona', { hasText: name }).click()
  /** The newest message that says so; of the channel, or one that its reader alone sees. */
  const message = (text: string | RegExp) =>
    page.locator('article:not(.message-ephemeral)', { hasText: text }).last()
  const answer = (text: string | RegExp) =>
    page.locator('article.message-ephemeral', { hasText: text }).last()

  test('it says what is closed until when, and who may override it', async () => {
    await types('/asg windows')
    const said = answer('Windows in which changes are held')
    await said.waitFor()
    const text = await said.innerText()
    expect(text).toMatch(/web\s+🔒 closed until .*: quarter end \(the books are closed\)/)
    expect(text).toMatch(/lab\s+open · no window ahead/)
    expect(text).toContain('Who may: @bob')
  }, 60_000)

  test('the calendar has it as well', async () => {
    await types('/asg schedules web')
    const said = answer('Live events to come')
    await said.waitFor()
    expect(await said.innerText()).toContain('░ changes are held')
    expect((await said.locator('pre').innerText()).match(/░/g)?.length).toBeGreaterThan(1)
  }, 60_000)

  test('a deploy is held; overridden, it says so until its end, and somebody else has agreed', async () => {
    await types('/asg deploy web v2')
    await answer('Changes of web are held').getByRole('button', { name: 'Ask to override…' }).click()
    const form = page.getByRole('dialog', { name: 'Override a window' })
    await form.getByLabel('Why can it not wait?').fill('customers cannot pay, fix of INC-4711')
    await form.getByRole('button', { name: 'Ask' }).click()
    const deploy = message('OVERRIDES the window quarter end')
    await deploy.getByText('Waiting for approval').waitFor()
    await deploy.getByRole('button', { name: 'Approve' }).waitFor()
    await types('/asg handover')
    const handover = answer('Handover')
    await handover.getByText('Deploy web v2').waitFor()
    expect(await handover.innerText()).toMatch(/shop\s+🔒 Changes are held by the window quarter end/)

    await become('bob')
    await message('Deploy web v2')
      .getByRole('button', { name: /Approve|승인/ })
      .click()
    await become('alice')
    await message('Done. web serves v2.').waitFor()
    const ended = await message('Done. web serves v2.').innerText()
    expect(ended).toContain('OVERRIDES the window quarter end')
    expect(ended).toContain('INC-4711')
    expect(ended).toContain('@bob approved')
  }, 180_000)

  test('and is counted, with the override', async () => {
    await types('/asg stats')
    const stats = answer('by their own endings')
    await stats.waitFor()
    const text = await stats.innerText()
    expect(text).toMatch(/Deployment frequency: .*1 in all/)
    expect(text).toContain('Windows overridden: 1')
    expect(await stats.locator('pre').innerText()).toMatch(/[▂▄▆█]\s*$/)
  }, 60_000)
})
