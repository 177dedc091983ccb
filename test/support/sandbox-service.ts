import { readCatalogue } from '../../src/config/catalogue'
import type { Service } from '../../src/domain/catalogue/catalogue'
import { catalogue } from '../../src/sandbox/launcher/catalogue'

/** A service as the sandbox's own catalogue has it. */
export const sandboxService = (name: string, facts: Partial<Service> = {}): Service => {
  const read = readCatalogue(catalogue({ backups: false, token: 'token' }), 'rollcall.yaml')
  const service = read.ok ? read.value.services.get(name) : undefined
  if (!service) throw new Error(`the sandbox has no service ${name}`)
  return { ...service, ...facts }
}
