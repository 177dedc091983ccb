import { describeInBrowser } from '../support/browser'
import { form, gallery } from '../support/page-fixture/gallery'
import { useStage } from '../support/page-fixture/use'

describeInBrowser('The page draws Block Kit', () => {
  const stage = useStage()
  const message = () => stage.page.getByRole('article').last()

  beforeEach(async () => {
    stage.fixture.play({ type: 'messages', channel: 'C0OPS', messages: [gallery], removed: [] })
    await message().waitFor()
  })

  test('mrkdwn as Slack reads it, links only to the web, nothing unescaped twice', async () => {
    const text = message()
    expect(await text.locator('.mrkdwn strong').first().textContent()).toBe('bold')
    expect(await text.locator('.mrkdwn em').first().textContent()).toBe('italic')
    expect(await text.locator('.mrkdwn s').first().textContent()).toBe('struck')
    expect(await text.locator('.mrkdwn code').first().textContent()).toBe('code <<>')
    expect(await text.getByRole('link', { name: 'a link' }).getAttribute('href')).toBe(
      'https://example.com/a?b=1',
    )
    expect(await text.getByRole('link', { name: 'no link' }).count()).toBe(0)
    expect(await text.locator('.mrkdwn pre').textContent()).toBe('pre *not bold*')
    expect(await text.locator('.mrkdwn blockquote strong').textContent()).toBe('line')
    expect(await text.getByText('@alice').first().getAttribute('class')).toBe('mention')
    expect(await text.getByText('#ops').first().getAttribute('class')).toBe('mention')
  })

  test("a date is shown in the reader's own zone", async () => {
    const dates = message().locator('.mrkdwn time')
    expect(await dates.first().textContent()).toMatch(/^2026-11-21 10:00\sAM$/)
    expect(await dates.last().textContent()).toMatch(/^today at 10:00\sAM$/)

    await stage.page.getByRole('button', { name: /bob/ }).click()
    await dates.filter({ hasText: /^2026-11-21 0?2:00$/ }).waitFor()
    expect(await dates.last().textContent()).toMatch(/^today at 0?2:00$/)
  })

  test('rich text with marks, lists, quotes, mentions and dates', async () => {
    const rich = message().locator('.rich-text')
    expect(await rich.locator('strong').textContent()).toBe('Rich ')
    expect(await rich.locator('ol li').allTextContents()).toEqual(['one', 'two'])
    expect(await rich.locator('ul.rich-list-1 li').textContent()).toBe('deeper')
    expect(await rich.locator('pre').textContent()).toBe('aws ec2 describe-images')
    expect(await rich.getByText('@bob').count()).toBe(1)
    expect(await rich.locator('time').textContent()).toMatch(/^2026-11-21 10:00\sAM$/)
  })

  test('emoji names as characters', async () => {
    expect(await message().getByRole('heading').first().textContent()).toBe('Every block 🚀')
    expect(await message().locator('.rich-text .emoji').textContent()).toBe('🔒')
  })

  test('a table with its head, a card with its button, images with their words', async () => {
    expect(await message().getByRole('columnheader').allTextContents()).toEqual(['Operation', 'Took', 'By'])
    expect(await message().getByRole('row').count()).toBe(3)
    expect(await message().locator('.card-title').textContent()).toBe('web is locked')
    expect(await message().getByRole('img', { name: 'a banner' }).isVisible()).toBe(true)
  })

  test('a choice in a message tells the app at once', async () => {
    await message().getByRole('combobox', { name: 'Version' }).selectOption('v2')
    expect(await stage.posted('click')).toMatchObject({
      user: 'U0ALICE',
      channel: 'C0OPS',
      ts: gallery.ts,
      action: 'version',
      value: 'v2',
    })
  })

  test('the overflow menu offers its options and tells which was chosen', async () => {
    await message().getByRole('button', { name: 'More actions' }).click()
    await stage.page.getByRole('menuitem', { name: 'Show log' }).click()
    expect(await stage.posted('click')).toMatchObject({ action: 'more', value: 'log' })
  })

  test('every input of a form, with what it begins with', async () => {
    stage.fixture.play({ type: 'view', view: { id: 'V1', user: 'U0ALICE', view: form, depth: 1 } })
    const dialog = stage.page.getByRole('dialog', { name: 'Deploy' })
    await dialog.waitFor()
    expect(await dialog.getByLabel('When (optional)').inputValue()).toBe('2026-11-21T10:00')
    expect(await dialog.getByLabel('Each day at (optional)').inputValue()).toBe('09:30')
    await dialog.getByLabel('Version').fill('v9')
    stage.fixture.answer('options', {
      ok: true,
      options: [{ text: { type: 'plain_text', text: 'Payments' }, value: 'pay' }],
    })
    const team = dialog.getByRole('combobox', { name: 'Team' })
    await team.fill('pa')
    expect(await stage.posted('options')).toMatchObject({
      user: 'U0ALICE',
      view: 'V1',
      block: 'team',
      action: 'value',
      query: 'pa',
    })
    await dialog.getByRole('option', { name: 'Payments' }).waitFor()
    await team.press('Enter')
    expect(await team.inputValue()).toBe('Payments')
    await dialog.getByLabel('Surge').check()
    await dialog.getByLabel('Dry run').check()
    await dialog.getByLabel('When (optional)').fill('2026-12-24T18:30')
    await dialog.getByLabel('Approver (optional)').selectOption({ label: 'bob' })
    await dialog.getByLabel('2c').check()
    await dialog.getByRole('button', { name: 'Show the plan' }).click()
    expect(await stage.posted('submit')).toEqual({
      user: 'U0ALICE',
      view: 'V1',
      values: {
        service: { value: 'web' },
        team: { value: 'pay' },
        version: { value: 'v9' },
        strategy: { value: 'surge' },
        options: { value: ['dry'] },
        count: { value: '2' },
        when: { value: Date.parse('2026-12-24T09:30:00Z') / 1000 },
        time: { value: '09:30' },
        approver: { value: 'U0BOB' },
        channel: { value: 'C0OPS' },
        zones: { value: ['c'] },
        reason: { value: null },
      },
    })
  })
})
