import { Icon } from '../ui/Icon'
import { Capacity } from './Capacity'
import { type GroupLane, targetsOf, tileState, unitsOf } from './model'
import { Refresh } from './Refresh'
import { Tile } from './Tile'
import { useDeparted } from './useDeparted'

/** An Auto Scaling group: its numbers, its refresh, and its instances hanging off the target group's line. */
export const Group = ({ of }: { of: GroupLane }) => {
  const { group, instances, targetGroups } = of
  const departed = useDeparted(instances)
  const serving = instances.filter((one) => {
    const state = tileState(one, targetsOf(one.id, targetGroups))
    return state === 'serving' || state === 'idle'
  })
  const pin = group.templatePin ?? ''
  const follows = pin.startsWith('$') ? `${pin} (${group.templateVersion ?? '?'})` : `version ${pin}`
  return (
    <section class={instances.length === 0 ? 'group group-idle' : 'group'} aria-label={`Group ${group.name}`}>
      <header class="group-head">
        <div>
          <h4>{group.name}</h4>
          <p class="group-template">
            <Icon name="layers" size={13} /> {group.templateName ?? 'no template'}
            {pin !== '' && <b>{follows}</b>}
            {instances.length === 0 && <span>· no instances</span>}
          </p>
        </div>
        <Capacity
          group={group}
          serving={unitsOf(serving)}
          existing={unitsOf(instances)}
          weighted={instances.some(({ weight }) => weight !== undefined)}
        />
      </header>
      {group.refresh && <Refresh refresh={group.refresh} />}
      {group.suspended.length > 0 && <p class="group-note">Suspended: {group.suspended.join(', ')}</p>}
      {group.warm !== undefined && <p class="group-fact">Warm pool: {group.warm}</p>}
      {instances.length + departed.length > 0 && (
        <ul class="tiles">
          {instances.map((instance) => (
            <Tile key={instance.id} instance={instance} targets={targetsOf(instance.id, targetGroups)} />
          ))}
          {departed.map((instance) => (
            <Tile
              key={instance.id}
              instance={{ ...instance, lifecycle: 'Terminated', state: 'shutting-down' }}
              targets={[]}
              gone
            />
          ))}
        </ul>
      )}
    </section>
  )
}
