import type { Fault } from '../../src/sandbox/protocol'
import { describeInBrowser } from '../support/browser'
import { deploy } from '../support/page-fixture/deploy'
import { useStage } from '../support/page-fixture/use'

describeInBrowser('The fleet', () => {
  const stage = useStage()
  const web = () => stage.page.getByRole('region', { name: 'Group Web-ASG' })
  const states = () =>
    web()
      .locator('.tile:not(.tile-gone)')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-state')))
  const tones = () =>
    web()
      .locator('.tile:not(.tile-gone)')
      .evaluateAll((tiles) => tiles.map((tile) => getComputedStyle(tile).getPropertyValue('--tone')))
  const play = (...scenes: string[]) => {
    for (const scene of scenes) stage.fixture.play(...(deploy[scene] ?? []))
  }

  test('stands as it is: balancer, target group, group with its numbers, instances', async () => {
    await stage.page.getByRole('region', { name: 'Web-ALB' }).getByText('2 healthy').waitFor()
    expect(await web().locator('dl').innerText()).toMatch(/min\s*2\s*desired\s*2\s*max\s*4/)
    expect(await states()).toEqual(['serving', 'serving'])
  })

  test('an image that is baked is seen with how far it is', async () => {
    play('baking')
    const bar = stage.page.getByRole('progressbar', { name: 'Baking Web Server v2' })
    await bar.waitFor()
    expect(await bar.getAttribute('aria-valuenow')).toBe('42')
  })

  test('instances drain, boot, are checked and serve, colored by version', async () => {
    play('baking', 'rolling')
    await web().getByText('draining').waitFor()
    expect(await states()).toEqual(['draining', 'serving', 'serving', 'booting'])
    const colors = await tones()
    expect([colors[0], colors[2]]).toEqual([colors[1], colors[3]])
    expect(colors[0]).not.toBe(colors[2])
    expect(await web().getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50')
    play('checking')
    await web().getByText('health check').waitFor()
    play('done')
    await web().locator('.tile').nth(2).waitFor({ state: 'detached' })
    expect(await states()).toEqual(['serving', 'serving'])
    expect(await tones()).toEqual([colors[2], colors[2]])
    expect(await stage.page.getByRole('list', { name: 'Versions' }).first().innerText()).toMatch(/v2\s*×2/)
  })

  test('what went wrong is told apart: unhealthy, standby, terminating, protected', async () => {
    play('broken')
    await web().getByText('unhealthy').waitFor()
    expect(await states()).toEqual(['serving', 'standby', 'unhealthy', 'leaving'])
    expect(await web().locator('.tile').first().getAttribute('title')).toContain('protected from scale-in')
    await web().getByText('Instance failed ELB health checks').waitFor()
  })

  test('shapes of life are told: weights in units, an instance that a hook holds, a warm pool', async () => {
    play('shapes')
    await web().getByText('waits for bootstrap').waitFor()
    expect(await states()).toEqual(['serving', 'booting', 'warm'])
    expect(await web().locator('.tile-weight').allInnerTexts()).toEqual(['×4', '×4', '×4'])
    expect(await web().getByRole('img', { name: '4 of 8 serving, 8 exist' }).count()).toBe(1)
    expect(await web().innerText()).toMatch(/in units[\s\S]*Warm pool: 1/)
  })

  test('AWS calls run by: reads folded, changes marked, errors named, changes alone on demand', async () => {
    play('baking')
    const ticker = stage.page.getByRole('region', { name: 'AWS calls' })
    await ticker.getByText('RequestLimitExceeded').waitFor()
    expect(await ticker.locator('.call').count()).toBe(4)
    expect(await ticker.locator('.call-changes b').allTextContents()).toEqual(['CreateImage'])
    expect(await ticker.getByText('×2').count()).toBe(1)
    await ticker.getByLabel('only changes').check()
    expect(await ticker.locator('.call b').allTextContents()).toEqual(['DescribeImages', 'CreateImage'])
  })

  test('the clock runs at the simulated pace', async () => {
    const clock = stage.page.getByRole('timer', { name: 'Simulated time' })
    const seconds = async () => {
      const [hours = 0, minutes = 0, rest = 0] = ((await clock.locator('.clock-time').textContent()) ?? '')
        .split(':')
        .map(Number)
      return hours * 3600 + minutes * 60 + rest
    }
    const [simulated, real] = [await seconds(), Date.now()]
    await stage.page.waitForFunction((before) => {
      const [hours = 0, minutes = 0, rest = 0] = (document.querySelector('.clock-time')?.textContent ?? '')
        .split(':')
        .map(Number)
      return hours * 3600 + minutes * 60 + rest > before + 20
    }, simulated)
    const pace = ((await seconds()) - simulated) / ((Date.now() - real) / 1000)
    expect(pace).toBeGreaterThan(10)
    expect(pace).toBeLessThan(40)
  })

  test('the switches set the pace, make trouble and take it back, and kill the worker', async () => {
    await stage.page.getByRole('radio', { name: '200×' }).check()
    expect(await stage.posted('speed')).toEqual({ speed: 200 })

    const trouble = stage.page.getByRole('switch', { name: 'Never healthy' })
    await trouble.click()
    expect(await stage.posted('faults')).toEqual({ kind: 'never-healthy' })
    const fault: Fault = { kind: 'never-healthy' }
    stage.fixture.play({ type: 'faults', faults: [{ id: 'f1', fault }] })
    await stage.page.getByRole('switch', { name: 'Never healthy', checked: true }).click()
    expect((await stage.fixture.posted('faults?id=f1')).method).toBe('DELETE')

    await stage.page.getByRole('button', { name: 'Kill the worker' }).click()
    expect(await stage.posted('bot')).toEqual({ role: 'all', do: 'kill' })
    stage.fixture.play({ type: 'bots', bots: [{ role: 'all', state: 'stopped' }] })
    await stage.page.getByRole('button', { name: 'Start the worker' }).click()
    expect(await stage.posted('bot')).toEqual({ role: 'all', do: 'start' })
  })
})
