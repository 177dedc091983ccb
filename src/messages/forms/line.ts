import type { Request } from '../../domain/request'

/** What was filled in, by block_id: as the port `inbox` gives it. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

/** A filled form, understood as a line of chat; or what to correct, by block_id. */
export type Read = { readonly line: string } | { readonly errors: Readonly<Record<string, string>> }

export const wrong = (field: string, sentence: string): Read => ({ errors: { [field]: sentence } })

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
export const writeLine = (
  command: string,
  words: readonly string[],
  options: Readonly<Record<string, string | boolean>>,
): { readonly line: string } => {
  const written = Object.entries(options).flatMap(([name, value]) => {
    if (value === true) return [`--${name}`]
    return typeof value === 'string' && value !== '' ? [`--${name} ${quoted(value)}`] : []
  })
  return { line: [command, ...words, ...written].join(' ') }
}

/** A request as the line of chat that asks for it, with its reason. */
export const requestLine = (request: Request, why = ''): string => {
  const options = { reason: why }
  switch (request.procedure) {
    case 'deploy': {
      const { service, version, strategy = '', weights = [], from = '', standby = '' } = request
      const how = { strategy, weights: weights.join(','), from, standby }
      return writeLine('deploy', [service, version], { ...how, ...options }).line
    }
    case 'bake': {
      const { service, version, from = '', reboot } = request
      return writeLine('bake', [service, version], { from, reboot, ...options }).line
    }
    case 'roll': {
      const version = request.templateVersion === undefined ? [] : [String(request.templateVersion)]
      return writeLine('roll', [request.service, ...version], options).line
    }
    case 'rollback': {
      const operation = request.operation === undefined ? [] : [request.operation]
      return writeLine('rollback', [request.service, ...operation], options).line
    }
    case 'swap': {
      const { service, strategy = '', weights = [] } = request
      return writeLine('swap', [service], { strategy, weights: weights.join(','), ...options }).line
    }
    case 'finish':
      return writeLine(request.procedure, [request.service], options).line
    case 'scale': {
      const { service } = request
      const after = { 'after-cooldown': request.afterCooldown === true }
      return writeLine('scale', [service, ...sizes(request)], { ...after, ...options }).line
    }
    case 'schedule': {
      const { service, said, name = '' } = request
      return writeLine('schedule', [service, said, ...sizes(request)], { name, ...options }).line
    }
    case 'refresh': {
      const mends = request.securityGroupsById ?? false
      return writeLine('refresh', [request.service], { 'security-groups-by-id': mends, ...options }).line
    }
    case 'prune':
      return writeLine('prune', [request.service], options).line
    case 'reschedule': {
      const { event, said, name = '' } = request
      const words = said === undefined ? [] : [said]
      return writeLine('reschedule', [event, ...words, ...sizes(request)], { name, ...options }).line
    }
    // Nobody asks for these: the list of events shows what they look at.
    case 'follow':
    case 'audit':
      return writeLine('schedules', [request.service], {}).line
    case 'unschedule':
      return writeLine('unschedule', [request.event], options).line
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
