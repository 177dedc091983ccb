import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openPage, startBrowser } from '../browser'
import { type Fixture, startFixture } from './server'

/** A fixture and a page on it, fresh for each test; the page must end without an error of its own. */
export interface Stage {
  fixture: Fixture
  page: Page
  /** What the page has reported so far; a test that expects some takes them out. */
  errors: string[]
  /** Opens the page anew, e.g. on a phone or in the dark. */
  reopen(options: BrowserContextOptions): Promise<void>
  /** The body of the page's next post to a route, or of one that nobody has asked for yet. */
  posted(route: string): Promise<Record<string, unknown>>
}

/** Sets the stage for the tests of a `describe`. */
export const useStage = (): Stage => {
  let browser: Browser
  let fixture: Fixture
  let opened: { page: Page; errors: string[] }
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    fixture = await startFixture()
    opened = await openPage(browser, fixture.url)
  })
  afterEach(async () => {
    await opened.page.context().close()
    await fixture.close()
    expect(opened.errors).toEqual([])
  })
  return {
    get fixture() {
      return fixture
    },
    get page() {
      return opened.page
    },
    get errors() {
      return opened.errors
    },
    reopen: async (options) => {
      await opened.page.context().close()
      opened = await openPage(browser, fixture.url, options)
    },
    posted: async (route) => (await fixture.posted(route)).body,
  }
}
