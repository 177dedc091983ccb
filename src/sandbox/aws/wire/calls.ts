import { parseForm, readInput } from './form'
import { readJson } from './json'
import { byTarget, byVersion, type Service } from './services'
import type { Shape } from './shapes'

export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Call {
  /** Undefined where there is no such service. */
  readonly service: Service | undefined
  readonly action: string
  /** Gives the action's typed input; throws the service's error for what is missing or malformed. */
  readonly input: (shape: Shape, service: Service) => Record<string, unknown>
}

/** What a request asks for: JSON names it in its target, a form in its action and version. */
export function callOf({ path, headers, body }: WireRequest): Call {
  const target = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1]
  if (target !== undefined) {
    const [family = '', action = ''] = target.split('.')
    return { service: byTarget[family], action, input: (shape, rules) => readJson(shape, body, rules) }
  }
  const form = parseForm(body || path.split('?')[1] || '')
  return {
    service: byVersion[form.children.get('Version')?.value ?? ''],
    action: form.children.get('Action')?.value ?? '',
    input: (shape, rules) => readInput(shape, form, rules),
  }
}
