import type { Service } from '../catalogue/catalogue'

/** The image's name for a version: `Web Server {version}` and `v2` give `Web Server v2`. */
export const imageName = (pattern: string, version: string): string => pattern.replace('{version}', version)

/** The names of the images that the newest is chosen of, with AWS's wildcards: the catalogue's, else the service's own. */
export const newestPattern = ({ name, newest }: NonNullable<Service['image']>): string =>
  newest?.name ?? imageName(name, '*')

/** The version in an image's name, where the name fits the pattern. */
export const versionIn = (pattern: string, name: string): string | undefined => {
  const [head = '', tail = ''] = pattern.split('{version}')
  const fits = name.length > head.length + tail.length && name.startsWith(head) && name.endsWith(tail)
  return fits ? name.slice(head.length, name.length - tail.length) : undefined
}

/** What may be deployed: 1 to 64 letters, digits, `.`, `_`, `-`, `+`, beginning with a letter or a digit. */
const version = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/
/** CreateImage, parameter Name: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _ (EC2 API reference). */
const nameOfImage = /^[A-Za-z0-9 ()[\]./\-'@_]{3,128}$/

/** Whether EC2 takes this as the name of an image. */
export const isImageName = (name: string): boolean => nameOfImage.test(name)

/** The two rules, in signs that read the same in every language. */
const versionRule = 'v2, 1.4.0, 2026-12-24_1 (1–64: A–Z a–z 0–9 . _ - +)'
const imageNameRule = "3–128: A–Z a–z 0–9 ( ) [ ] . / - ' @ _"

/**
 * What is wrong with a version, as the rule it breaks; undefined when it will do. Where the service is known, the
 * name of its image is checked too, because EC2 would refuse it only after the operation has begun.
 */
export function versionProblem(service: Service | undefined, text: string): string | undefined {
  if (!version.test(text)) return versionRule
  const name = service?.image && imageName(service.image.name, text)
  return name === undefined || isImageName(name) ? undefined : `${name}: ${imageNameRule}`
}
