import type { GroupView } from '../../protocol'

interface Props {
  group: GroupView
  /** What is in service, and all that exists: in units, where instances have weights. */
  serving: number
  existing: number
  /** Whether instances have weights. */
  weighted: boolean
}

/** Minimum, desired and maximum as numbers, and as marks on a ruler that fills with what serves. */
export const Capacity = ({ group, serving, existing, weighted }: Props) => {
  const top = Math.max(group.max, existing, 1)
  const cells = Array.from({ length: top }, (_, index) => index)
  const kind = (index: number) => {
    if (index < serving) return 'cell cell-serving'
    if (index < existing) return 'cell cell-there'
    return index < group.max ? 'cell' : 'cell cell-over'
  }
  return (
    <div class="capacity">
      <dl>
        <div>
          <dt>min</dt>
          <dd>{group.min}</dd>
        </div>
        <div class="capacity-main">
          <dt>desired</dt>
          <dd>{group.desired}</dd>
        </div>
        <div>
          <dt>max</dt>
          <dd>{group.max}</dd>
        </div>
      </dl>
      {weighted && <p class="capacity-units">in units</p>}
      <div class="ruler" role="img" aria-label={`${serving} of ${group.desired} serving, ${existing} exist`}>
        {cells.map((index) => (
          <span
            key={index}
            class={`${kind(index)} ${index + 1 === group.desired ? 'cell-desired' : ''} ${index + 1 === group.min ? 'cell-min' : ''}`}
          />
        ))}
      </div>
    </div>
  )
}
