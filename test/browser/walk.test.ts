import type { Browser, Page } from 'playwright-core'
import { type Sandbox, startSandbox } from '../support/acceptance/sandbox'
import { describeInBrowser, openPage, startBrowser } from '../support/browser'

/** The page on the whole sandbox: the built bot, a real Redis, both simulators, Slack by HTTP. */
describeInBrowser('A newcomer on the page', () => {
  let sandbox: Sandbox
  let browser: Browser
  const windows: { page: Page; errors: string[] }[] = []

  beforeAll(async () => {
    sandbox = await startSandbox({ SANDBOX_SPEED: '120', SANDBOX_MODE: 'http' })
    browser = await startBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await sandbox?.stop()
  })
  afterEach(async () => {
    for (const { page, errors } of windows.splice(0)) {
      await page.context().close()
      expect(errors).toEqual([])
    }
  })

  const opened = async (): Promise<Page> => {
    const shown = await openPage(browser, `${sandbox.url}/?token=${sandbox.token}`)
    shown.page.context().setDefaultTimeout(60_000)
    windows.push(shown)
    return shown.page
  }
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { activeElement } = document
      return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
    })
  /** Goes by Tab to what is called so; what has the focus must be seen to have it. */
  const tabTo = async (page: Page, name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab')
      if ((await focused(page)) !== name) continue
      const seen = await page.evaluate(() => {
        const focus = document.activeElement?.closest('.composer-box, :focus-visible') ?? document.body
        const { outlineStyle, boxShadow } = getComputedStyle(focus)
        return outlineStyle !== 'none' || boxShadow !== 'none'
      })
      expect(seen).toBe(true)
      return
    }
    throw new Error(`“${name}” is not reached by Tab`)
  }
  const said = (page: Page, text: string | RegExp) =>
    page.locator('article:not(.message-ephemeral)', { hasText: text }).last().waitFor()

  test('deploys by keyboard alone, pulls the plug in the middle, and sees it done all the same', async () => {
    const page = await opened()
    await tabTo(page, '/asg deploy web v2')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement)
    expect(await page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe(
      '/asg deploy web v2',
    )
    await page.keyboard.press('Enter')
    await said(page, 'Deploy web v2')
    await sandbox.hears('StartInstanceRefresh')

    const worker = page.locator('button.worker')
    const before = await worker.getAttribute('title')
    await worker.focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(
      (old) => document.querySelector('button.worker')?.getAttribute('title') !== old,
      before,
    )
    await said(page, 'Done. web serves v2.')
    await page.getByText('2 healthy').first().waitFor()
  }, 120_000)

  test('goes back by the button in two windows at once, and it is one rollback', async () => {
    const pages = [await opened(), await opened()]
    const asking = pages.map(async (page) => {
      await page.getByRole('button', { name: 'Roll back to v1' }).click()
      await page.getByRole('alertdialog', { name: 'Roll back?' }).waitFor()
      return page
    })
    const asked = await Promise.all(asking)
    await Promise.all(
      asked.map((page) => page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click()),
    )
    const [first] = pages
    if (!first) throw new Error('no window')
    await said(first, 'Done. web is back on v1.')
    expect(await first.locator('article:not(.message-ephemeral)', { hasText: 'is back on' }).count()).toBe(1)
    const answers = first.locator('article.message-ephemeral', { hasText: 'accepted as' })
    const already = (await answers.allTextContents()).filter((text) => text.includes('already accepted'))
    // A click that comes after the message has lost its button finds nothing to click: the sandbox answers 404.
    const late = windows.flatMap(({ errors }) => errors.filter((error) => error.includes('404')))
    for (const { errors } of windows)
      errors.splice(0, errors.length, ...errors.filter((error) => !late.includes(error)))
    expect(already.length + late.length).toBe(1)
    const started = (await sandbox.calls()).filter(({ action }) => action === 'StartInstanceRefresh')
    expect(started).toHaveLength(2)
  }, 120_000)

  test('mistypes, and runs what was meant by its button', async () => {
    const page = await opened()
    const composer = page.getByRole('textbox', { name: 'Message #ops' })
    await composer.fill('/asg statsu web')
    await composer.press('Enter')
    await page.getByRole('button', { name: 'Run /asg status web' }).click()
    await page.locator('article', { hasText: 'Status of web' }).waitFor()
    await page.locator('article', { hasText: 'Did you mean' }).waitFor({ state: 'detached' })
  }, 60_000)
})
