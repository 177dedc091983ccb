/** A thin bar; without a percentage it only says that something goes on. */
export const Meter = ({ percent, label }: { percent: number | undefined; label: string }) => (
  <div
    class={percent === undefined ? 'meter meter-unknown' : 'meter'}
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={percent}
  >
    <span style={{ width: `${percent ?? 100}%` }} />
  </div>
)
