import type { Service } from './catalogue'

/** What may be deployed: 1 to 64 letters, digits, `.`, `_`, `-`, `+`, beginning with a letter or a digit. */
const version = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/
/** CreateImage, parameter Name: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _ (EC2 API reference). */
const imageName = /^[A-Za-z0-9 ()[\]./\-'@_]{3,128}$/

/** The name of the image that carries a version of a service; undefined where the service bakes none. */
export const imageNameOf = (service: Pick<Service, 'image'>, version: string): string | undefined =>
  service.image?.name.replaceAll('{version}', version)

/** Whether EC2 takes this as the name of an image. */
export const isImageName = (name: string): boolean => imageName.test(name)

/** The two rules, in signs that read the same in every language. */
const versionRule = 'v2, 1.4.0, 2026-12-24_1 (1–64: A–Z a–z 0–9 . _ - +)'
const imageNameRule = "3–128: A–Z a–z 0–9 ( ) [ ] . / - ' @ _"

/**
 * What is wrong with a version, as the rule it breaks; undefined when it will do. Where the service is known, the
 * name of its image is checked too, because EC2 would refuse it only after the operation has begun.
 */
export function versionProblem(service: Service | undefined, text: string): string | undefined {
  if (!version.test(text)) return versionRule
  const name = service && imageNameOf(service, text)
  return name === undefined || isImageName(name) ? undefined : `${name}: ${imageNameRule}`
}
