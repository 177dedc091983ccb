import type { TallyView, TrafficView } from '../../src/sandbox/protocol'
import { describeInBrowser } from '../support/browser'
import { instance, morning } from '../support/page-fixture/fleet'
import { useStage } from '../support/page-fixture/use'

const none: TallyView = {
  requests: 0,
  succeeded: 0,
  target4xx: 0,
  target5xx: 0,
  balancer5xx: 0,
  lost: 0,
  lostBy: {},
}
/** Two instances behind Web-ALB, the first of which serves three of four requests. */
const view = (more: Partial<TallyView> = {}, since: Partial<TallyView> = {}): TrafficView => ({
  now: morning,
  loadBalancers: [
    {
      ...none,
      requests: 120_000,
      succeeded: 120_000,
      ...since,
      loadBalancer: 'Web-ALB',
      path: '/_lb/Web-ALB/',
      address: 'http://127.0.0.1:7072/_lb/Web-ALB/',
      requestsPerSecond: 2000,
      curve: 'flat',
      versions: [],
      recent: {
        ...none,
        requests: 120_000,
        succeeded: 120_000,
        p50: 41,
        p99: 104,
        ...more,
        seconds: 60,
        versions: [],
        instances: [
          { ...none, instance: instance('3a', 1).id, version: 'v1', share: 0.75, cpu: 38 },
          { ...none, instance: instance('3b', 1).id, version: 'v1', share: 0.25, cpu: 14 },
        ],
      },
    },
  ],
})

describeInBrowser('Customers on the page', () => {
  const stage = useStage()
  const strip = () => stage.page.getByRole('region', { name: 'Customers of Web-ALB' })
  const figures = async () => (await strip().locator('dl').innerText()).replace(/\s+/g, ' ')

  test('their rate, errors, times and lost requests stand at their load balancer, and loads at the instances', async () => {
    stage.fixture.play({ type: 'traffic', traffic: view() })
    await strip().waitFor()
    expect(await figures()).toBe('requests 2,000/s errors 0 % p50 · p99 41 · 104 ms CPU 26 % lost 0')
    const tiles = stage.page.getByRole('region', { name: 'Group Web-ASG' }).locator('.tile-load')
    expect(await tiles.allInnerTexts()).toEqual([
      expect.stringMatching(/75 %\s*CPU 38 %/),
      expect.stringMatching(/25 %\s*CPU 14 %/),
    ])
  })

  test('what goes wrong is told in figures and in words', async () => {
    stage.fixture.play({ type: 'traffic', traffic: view() })
    const lost = { lost: 1234, balancer5xx: 1234, lostBy: { 'dead-instance': 1200, cut: 34 } }
    stage.fixture.play({ type: 'traffic', traffic: view({ ...lost, target5xx: 6000 }, lost) })
    await strip().getByText('Lost: 1,200 sent to a dead instance, 34 cut while it was served').waitFor()
    expect(await figures()).toContain('errors 6 %')
    expect(await figures()).toContain('lost 1,234')
  })

  test('a link opens the load balancer, and customers are chosen beside it', async () => {
    stage.fixture.play({ type: 'traffic', traffic: view() })
    const link = strip().getByRole('link', { name: 'Open Web-ALB' })
    expect(await link.getAttribute('href')).toBe('http://127.0.0.1:7072/_lb/Web-ALB/')
    expect(await link.getAttribute('target')).toBe('_blank')
    await strip().getByLabel('Customers of Web-ALB').selectOption('10,000/s')
    expect(await stage.posted('traffic')).toEqual({
      loadBalancer: 'Web-ALB',
      requestsPerSecond: 10_000,
      curve: 'flat',
    })
    await strip().getByLabel('by the hour').check()
    expect(await stage.posted('traffic')).toMatchObject({ requestsPerSecond: 2000, curve: 'daily' })
  })

  test('a bad version, a burst and a slow dependency have switches', async () => {
    for (const [name, fault] of [
      ['Bad version', { kind: 'bad-version', errors: 0.1, latency: 3 }],
      ['Burst', { kind: 'burst', factor: 3 }],
      ['Slow dependency', { kind: 'slow-dependency', milliseconds: 2000 }],
    ] as const) {
      await stage.page.getByRole('switch', { name }).click()
      expect(await stage.posted('faults')).toMatchObject(fault)
    }
  })
})
