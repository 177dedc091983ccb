import { curves, errorShare, rateOf, traffic } from '../state/traffic'
import { reader } from '../state/workspace'
import { Icon } from '../ui/Icon'
import { Curve } from './Curve'
import { Customers } from './Customers'
import { lossWords, percent } from './words'

/** What customers of a load balancer see: how many, how many errors, how fast, and whether one was lost. */
export const Traffic = ({ balancer }: { balancer: string }) => {
  const view = traffic.value.get(balancer)
  if (view === undefined) return null
  const { locale } = reader.value
  const { recent, lost, lostBy, address } = view
  const errors = errorShare(view)
  const cpu = recent.instances.map((one) => one.cpu)
  const average = cpu.reduce((sum, one) => sum + one, 0) / Math.max(1, cpu.length)
  const quiet = recent.requests === 0
  return (
    <section class="traffic" aria-label={`Customers of ${balancer}`}>
      <Curve samples={curves.value.get(balancer) ?? []} />
      <dl>
        <div title="Requests a second, of the last simulated minute">
          <dt>requests</dt>
          <dd>{Math.round(rateOf(view)).toLocaleString(locale)}/s</dd>
        </div>
        <div title="Answers of 500 and above, of the application or of the load balancer">
          <dt>errors</dt>
          <dd class={errors > 0 ? 'traffic-bad' : undefined}>{percent(errors, locale)}</dd>
        </div>
        <div title="Half of the answers, and 99 of a hundred, came within">
          <dt>p50 · p99</dt>
          <dd>{quiet ? '–' : `${recent.p50 ?? '–'} · ${recent.p99 ?? '–'} ms`}</dd>
        </div>
        <div title="Of the instances that serve, on the average">
          <dt>CPU</dt>
          <dd>{quiet ? '–' : `${Math.round(average)} %`}</dd>
        </div>
        <div
          title={lost === 0 ? 'Every request got an answer of the application' : lossWords(lostBy, locale)}
        >
          <dt>lost</dt>
          <dd class={lost === 0 ? 'traffic-good' : 'traffic-bad'}>{lost.toLocaleString(locale)}</dd>
        </div>
      </dl>
      <span class="traffic-ways">
        <Customers of={view} locale={locale} />
        {address !== undefined && (
          <a href={address} target="_blank" rel="noreferrer">
            Open <span class="unseen">{balancer}</span>
            <Icon name="send" size={12} />
          </a>
        )}
      </span>
      {lost > 0 && <p class="traffic-lost">Lost: {lossWords(lostBy, locale)}</p>}
    </section>
  )
}
