import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
)

/** `describe` for what needs Chromium; where there is none it is skipped, and said so by name. */
export const describeInBrowser = (name: string, body: () => void): void => {
  if (executable !== undefined) return describe(name, body)
  process.stderr.write(`SKIPPED, no Chromium on this machine: ${name}\n`)
  return describe.skip(name, body)
}

/** Starts Chromium without a window. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executable ?? 'chromium', args: ['--no-sandbox'] })

/** Opens an address in a fresh profile; whatever the page reports as an error is kept in `errors`. */
export const openPage = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; errors: string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(url)
  await page.locator('#fleet').waitFor({ state: 'attached' })
  return { page, errors }
}
