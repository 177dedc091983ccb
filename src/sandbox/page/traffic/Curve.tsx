import type { Sample } from '../state/traffic'

const width = 120
const height = 28

/** The rate of the last half minute as an area, and the share of errors in it as a darker one. */
export const Curve = ({ samples }: { samples: Sample[] }) => {
  const top = Math.max(1, ...samples.map(({ rate }) => rate)) * 1.1
  const step = width / 59
  const start = width - (samples.length - 1) * step
  const area = (height0: (sample: Sample) => number) => {
    const points = samples.map((sample, index) => {
      const x = start + index * step
      return `${x.toFixed(1)},${(height - (height0(sample) / top) * height).toFixed(1)}`
    })
    return `M${start.toFixed(1)},${height}L${points.join('L')}L${width},${height}Z`
  }
  if (samples.length < 2) return <svg class="curve" width={width} height={height} aria-hidden="true" />
  return (
    <svg class="curve" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <path class="curve-rate" d={area(({ rate }) => rate)} />
      <path class="curve-errors" d={area(({ rate, errors }) => rate * errors)} />
    </svg>
  )
}
