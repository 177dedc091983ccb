import type { InstanceView, TargetView } from '../../protocol'
import { now } from '../state/clock'
import { loadOf } from '../state/traffic'
import { age } from '../text/dates'
import { Icon } from '../ui/Icon'
import { stateOf, type TileState, tileState } from './model'
import { toneOf, versionOf } from './version'

const Sign = ({ state }: { state: TileState }) => {
  if (state === 'unhealthy') return <Icon name="warn" size={14} />
  if (state === 'standby' || state === 'warm') return <Icon name="pause" size={14} />
  return <span class="tile-dot" />
}

/** Its part of the requests, and how busy they keep it. */
const Load = ({ instance }: { instance: string }) => {
  const load = loadOf(instance)
  if (load === undefined) return null
  const share = Math.round(load.share * 100)
  return (
    <div class="tile-load" title={`${share} % of the requests, CPU ${load.cpu} %`}>
      <span class="tile-share" style={{ width: `${share}%` }} />
      <span>{share} %</span>
      <span class="tile-cpu">CPU {load.cpu} %</span>
    </div>
  )
}

/** How long the instance has been there, to the second while it is young. */
const Age = ({ since }: { since: number }) => <span class="tile-age">{age(now.value - since)}</span>

interface Props {
  instance: InstanceView
  targets: TargetView[]
  /** Whether it is no longer there and only fades. */
  gone?: boolean
}

/** One instance: its version by color, what it is at by form. */
export const Tile = ({ instance, targets, gone = false }: Props) => {
  const state = tileState(instance, targets)
  const said = stateOf(instance, state)
  const version = versionOf(instance)
  const reason = targets.find((target) => target.reason !== undefined)?.reason
  const words = [
    `${instance.id}, ${version}, ${said}`,
    `zone ${instance.zone}, ${instance.type}`,
    instance.lifecycle,
    instance.weight === undefined ? undefined : `counts ${instance.weight} units`,
    ...targets.map((target) => `target ${target.state}`),
    reason,
    instance.templateVersion === undefined ? undefined : `template version ${instance.templateVersion}`,
    instance.protectedFromScaleIn ? 'protected from scale-in' : undefined,
  ].filter((part) => part !== undefined)
  return (
    <li
      class={`tile tile-${gone ? 'gone' : state} tone-${toneOf(version)}`}
      title={words.join('\n')}
      data-state={state}
    >
      <div class="tile-face">
        <div class="tile-top">
          <strong>{version}</strong>
          {instance.weight !== undefined && <span class="tile-weight">×{instance.weight}</span>}
          {instance.protectedFromScaleIn && <Icon name="lock" size={12} />}
          <span class="tile-zone">{instance.zone.slice(-2)}</span>
          <Sign state={state} />
        </div>
        <div class="tile-state">{said}</div>
        {!gone && <Load instance={instance.id} />}
        <div class="tile-foot">
          <code>{instance.id.slice(0, 7)}</code>
          <Age since={instance.launchedAt} />
        </div>
      </div>
    </li>
  )
}
