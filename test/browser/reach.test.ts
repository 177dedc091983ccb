import { describeInBrowser } from '../support/browser'
import { poorContrasts } from '../support/contrast'
import { deploy } from '../support/page-fixture/deploy'
import { form, gallery } from '../support/page-fixture/gallery'
import { useStage } from '../support/page-fixture/use'

const phone = { viewport: { width: 375, height: 812 } }

describeInBrowser('Everybody can use the page', () => {
  const stage = useStage()
  const fill = () => {
    for (const scene of ['baking', 'rolling', 'broken']) stage.fixture.play(...(deploy[scene] ?? []))
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [gallery], removed: [] })
  }
  /** What reaches beyond the window's right edge though nothing scrolls it or ends it with an ellipsis. */
  const overflowing = () =>
    stage.page.evaluate(() => {
      const scrolls = (element: Element | null): boolean =>
        element !== null &&
        (/auto|scroll/.test(getComputedStyle(element).overflowX) ||
          getComputedStyle(element).textOverflow === 'ellipsis' ||
          scrolls(element.parentElement))
      return [...document.querySelectorAll('body *')]
        .filter(
          (element) =>
            element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest('.unseen'),
        )
        .filter((element) => !scrolls(element.parentElement))
        .map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''}`)
    })

  test('on a phone one sees the chat or the fleet, and nothing overflows', async () => {
    await stage.reopen(phone)
    fill()
    await stage.page.getByText('Only visible to you').waitFor()
    expect(await overflowing()).toEqual([])
    expect(await stage.page.getByRole('region', { name: 'Fleet', exact: true }).isVisible()).toBe(false)

    await stage.page.getByRole('button', { name: 'Fleet' }).click()
    await stage.page.getByRole('region', { name: 'Web-ALB' }).waitFor()
    expect(await overflowing()).toEqual([])

    stage.fixture.play({ type: 'view', view: { id: 'V1', user: 'U0ALICE', view: form, depth: 1 } })
    await stage.page.getByRole('dialog').waitFor()
    expect(await overflowing()).toEqual([])
  })

  test('on a phone one goes places and becomes others by two lists', async () => {
    await stage.reopen(phone)
    await stage.page.getByRole('combobox', { name: 'Who you are' }).selectOption({ label: 'bob · approver' })
    await stage.page.getByRole('textbox', { name: 'Message #ops' }).fill('/asg status')
    await stage.page.getByRole('button', { name: 'Send' }).click()
    expect(await stage.posted('command')).toMatchObject({ user: 'U0BOB' })
    await stage.page.getByRole('combobox', { name: 'Where to go' }).selectOption('home')
    expect(await stage.posted('home')).toEqual({ user: 'U0BOB' })
  })

  test('by keyboard alone: skip to the messages, press a button, say no by Escape, get the focus back', async () => {
    stage.fixture.play(...(deploy['baking'] ?? []))
    await stage.page.getByRole('button', { name: 'Cancel', exact: true }).waitFor()
    await stage.page.keyboard.press('Tab')
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the messages')
    await stage.page.keyboard.press('Enter')
    await stage.page.keyboard.press('Tab')
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
    const outline = await stage.page.evaluate(() => {
      const focused = document.activeElement
      return focused ? getComputedStyle(focused).outlineStyle : ''
    })
    expect(outline).toBe('solid')
    await stage.page.keyboard.press('Enter')
    await stage.page.getByRole('alertdialog').waitFor()
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Let it run')
    await stage.page.keyboard.press('Escape')
    await stage.page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
  })

  test('a menu moves by arrows and closes by Escape', async () => {
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [gallery], removed: [] })
    const opener = stage.page.getByRole('button', { name: 'More actions' })
    await opener.focus()
    await stage.page.keyboard.press('Enter')
    await stage.page.locator('[role=menuitem]:focus', { hasText: 'Show plan' }).waitFor()
    await stage.page.keyboard.press('ArrowDown')
    await stage.page.locator('[role=menuitem]:focus', { hasText: 'Show log' }).waitFor()
    await stage.page.keyboard.press('Escape')
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('emoji are drawn where the machine has none, in color, from the page’s own files', async () => {
    const colors = await stage.page.evaluate(async () => {
      const font = '32px "Noto Color Emoji"'
      await document.fonts.load(font, '🚨')
      const pen = document.createElement('canvas').getContext('2d')
      if (!pen) return 0
      pen.font = font
      pen.fillText('🚨', 0, 40)
      const { data } = pen.getImageData(0, 0, 64, 64)
      // Red, green, blue and alpha of each point: the siren is red where it is drawn at all.
      return Array.from({ length: 64 * 64 }, (_, at) => data.slice(at * 4, at * 4 + 4)).filter(
        ([red = 0, green = 0, , alpha = 0]) => alpha > 200 && red - green > 60,
      ).length
    })
    expect(colors).toBeGreaterThan(50)
  })

  test('new messages are announced in plain words', async () => {
    const log = stage.page.getByRole('log', { name: 'New messages' })
    stage.fixture.play(...(deploy['baking'] ?? []), ...(deploy['rolling'] ?? []))
    await log.getByText('Rollcall: 🔄 Instance refresh started: launch before terminate.').waitFor()
  })

  test.each(['light', 'dark'] as const)('in the %s every word stands out from its ground', async (scheme) => {
    await stage.reopen({
      colorScheme: scheme,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 2600 },
    })
    fill()
    await stage.page.getByText('Only visible to you').waitFor()
    await stage.page.getByText('unhealthy').first().waitFor()
    expect(await poorContrasts(stage.page)).toEqual([])
  })

  test('who wants no motion gets none', async () => {
    await stage.reopen({ reducedMotion: 'reduce' })
    fill()
    await stage.page.getByText('Only visible to you').waitFor()
    expect(await stage.page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})
