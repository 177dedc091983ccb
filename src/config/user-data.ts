import { readFile } from 'node:fs/promises'
import type { Catalogue, Service } from '../domain/catalogue/catalogue'
import type { Mistake, Read } from './mistake'

/** EC2 user guide, "Run commands when you launch an EC2 instance with user data input": 16 KB before it is encoded. */
const maxBytes = 16 * 1024

/** The catalogue with the scripts in it that its blueprints name as files, relative to the catalogue's own folder. */
export const withUserData = async (catalogue: Catalogue, folder: string): Promise<Read<Catalogue>> => {
  const read = await Promise.all(
    [...catalogue.services.values()].map((service) => readScript(service, folder)),
  )
  const mistakes = read.flatMap((one) => ('mistake' in one ? [one.mistake] : []))
  if (mistakes.length > 0) return { ok: false, mistakes }
  const services = read.flatMap((one) => ('service' in one ? [[one.service.name, one.service] as const] : []))
  return { ok: true, value: { ...catalogue, services: new Map(services) } }
}

const readScript = async (
  service: Service,
  folder: string,
): Promise<{ readonly service: Service } | { readonly mistake: Mistake }> => {
  const { fleet } = service
  const path = fleet?.instances.userData
  if (!fleet || path === undefined) return { service }
  const mistake = (wrong: string, allowed: string) => ({
    mistake: { where: `services.${service.name}.fleet.instances.user_data`, wrong, allowed },
  })
  try {
    const userData = await readFile(path.startsWith('/') ? path : `${folder}/${path}`, 'utf8')
    if (Buffer.byteLength(userData) > maxBytes)
      return mistake(`"${path}" is longer than 16 KB`, 'a script of 16 KB at most')
    return { service: { ...service, fleet: { ...fleet, instances: { ...fleet.instances, userData } } } }
  } catch (failure) {
    const code = (failure as NodeJS.ErrnoException).code ?? String(failure)
    return mistake(
      `"${path}" cannot be read (${code})`,
      "a readable file, relative to the catalogue's folder",
    )
  }
}
