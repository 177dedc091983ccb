import { setTraffic } from '../state/api'
import type { BalancerTraffic } from '../state/traffic'

/** What one may choose, beside what is set already; requests a second. */
const offered = [0, 100, 800, 2000, 4500, 6200, 10_000]

/** How many customers come to a load balancer, and whether they go by the hours of a day. */
export const Customers = ({ of, locale }: { of: BalancerTraffic; locale: string }) => {
  const { loadBalancer, requestsPerSecond, curve } = of
  const rates = [...new Set([...offered, requestsPerSecond])].sort((a, b) => a - b)
  return (
    <span class="customers">
      <label>
        <span class="unseen">Customers of {loadBalancer}</span>
        <select
          value={String(requestsPerSecond)}
          onChange={(event) => void setTraffic(loadBalancer, Number(event.currentTarget.value), curve)}
        >
          {rates.map((rate) => (
            <option key={rate} value={String(rate)}>
              {rate === 0 ? 'nobody' : `${rate.toLocaleString(locale)}/s`}
            </option>
          ))}
        </select>
      </label>
      <label class="choice" title="Fewest at four in the morning in Seoul, most at nine in the evening">
        <input
          type="checkbox"
          checked={curve === 'daily'}
          onChange={(event) =>
            void setTraffic(loadBalancer, requestsPerSecond, event.currentTarget.checked ? 'daily' : 'flat')
          }
        />
        by the hour
      </label>
    </span>
  )
}
