import type { Request } from '../../domain/operation/request'

/** What was filled in, by block_id: as the port `inbox` gives it. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

/** A filled form, understood as a line of chat; or what to correct, by block_id. */
export type FormResult =
  | { readonly commandText: string }
  | { readonly errors: Readonly<Record<string, string>> }

export const wrong = (field: string, sentence: string): FormResult => ({ errors: { [field]: sentence } })

/** A single filled value, without the space around it; empty where nothing was filled in. */
export const filled = (values: FormValues, id: string): string => {
  const value = values[id]
  return typeof value === 'string' ? value.trim() : ''
}

export const isTicked = (values: FormValues, id: string, value: string): boolean => {
  const ticked = values[id]
  return typeof ticked === 'string' ? ticked === value : (ticked?.includes(value) ?? false)
}

/** Signs that a line of chat is read as if they were `"` or `\\`: they must be so before they are escaped. */
const doubles = /[\uff02“”„‟″«»「」『』]/g
const backslash = /\uff3c/g

/** Text as one word of a line of chat, to be read as it stands here. */
export const quoted = (text: string): string =>
  `"${text.replace(doubles, '"').replace(backslash, '\\').replace(/[\\"]/g, '\\$&')}"`

/** A command with its words and options as it would be typed; options that are empty or false are left out. */
export const writeCommandText = (
  command: string,
  words: readonly string[],
  options: Readonly<Record<string, string | boolean>>,
): { readonly commandText: string } => {
  const written = Object.entries(options).flatMap(([name, value]) => {
    if (value === true) return [`--${name}`]
    return typeof value === 'string' && value !== '' ? [`--${name} ${quoted(value)}`] : []
  })
  return { commandText: [command, ...words, ...written].join(' ') }
}

/** A request as the line of chat that asks for it, with its reason. */
export const requestCommandText = (request: Request, why = ''): string => {
  const options = { reason: why }
  switch (request.procedure) {
    case 'deploy': {
      const { service, version, strategy = '', weights = [], from = '', standby = '' } = request
      const how = { strategy, weights: weights.join(','), from, standby }
      return writeCommandText('deploy', [service, version], { ...how, ...options }).commandText
    }
    case 'bake': {
      const { service, version, from = '', reboot } = request
      return writeCommandText('bake', [service, version], { from, reboot, ...options }).commandText
    }
    case 'roll': {
      const version = request.templateVersion === undefined ? [] : [String(request.templateVersion)]
      return writeCommandText('roll', [request.service, ...version], options).commandText
    }
    case 'rollback': {
      const operation = request.operation === undefined ? [] : [request.operation]
      return writeCommandText('rollback', [request.service, ...operation], options).commandText
    }
    case 'swap': {
      const { service, strategy = '', weights = [] } = request
      return writeCommandText('swap', [service], { strategy, weights: weights.join(','), ...options })
        .commandText
    }
    case 'finish':
      return writeCommandText(request.procedure, [request.service], options).commandText
    case 'scale': {
      const { service } = request
      const after = { 'after-cooldown': request.afterCooldown === true }
      return writeCommandText('scale', [service, ...sizes(request)], { ...after, ...options }).commandText
    }
    case 'schedule': {
      const { service, said, name = '' } = request
      return writeCommandText('schedule', [service, said, ...sizes(request)], { name, ...options })
        .commandText
    }
    case 'update-image': {
      const fixes = request.securityGroupsById ?? false
      return writeCommandText('update-image', [request.service], {
        'security-groups-by-id': fixes,
        ...options,
      }).commandText
    }
    case 'prune':
      return writeCommandText('prune', [request.service], options).commandText
    case 'reschedule': {
      const { event, said, name = '' } = request
      const words = said === undefined ? [] : [said]
      return writeCommandText('reschedule', [event, ...words, ...sizes(request)], { name, ...options })
        .commandText
    }
    // Nobody asks for these: the list of events shows what they look at.
    case 'monitor-event':
    case 'detect-drift':
      return writeCommandText('schedules', [request.service], {}).commandText
    case 'unschedule':
      return writeCommandText('unschedule', [request.event], options).commandText
    default:
      return request satisfies never
  }
}

const sizes = ({
  desired,
  min,
  max,
}: Pick<Extract<Request, { procedure: 'reschedule' }>, 'desired' | 'min' | 'max'>) =>
  Object.entries({ desired, min, max }).flatMap(([name, size]) =>
    size === undefined ? [] : [`${name}=${size}`],
  )
