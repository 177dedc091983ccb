import type { ImageView, InstanceView } from '../../protocol'

/** How many versions get a color of their own before the first comes again. */
const tones = 6

/** The short name of a version: of the tag of the container, of the image's name, else the template's number. */
export const versionOf = (instance: InstanceView): string => {
  const tagged = instance.tags['docker:image:version']
  if (tagged !== undefined) return tagged
  const named = instance.imageName === undefined ? undefined : shortName(instance.imageName)
  if (named !== undefined) return named
  return instance.templateVersion === undefined
    ? instance.imageId.slice(0, 9)
    : `t${instance.templateVersion}`
}

/** `v2` of `Web Server v2`; the last word where it looks like no version. */
export const shortName = (imageName: string): string | undefined =>
  /(?:^|[\s_-])(v?\d[\w.+-]*)$/i.exec(imageName)?.[1] ?? imageName.split(/\s+/).at(-1)

const natural = new Intl.Collator('en', { numeric: true })

const assigned = new Map<string, number>()

/** The color (its number) of a version: the one it was first seen with; neighbours in order of appearance differ. */
export const toneOf = (version: string): number => {
  const known = assigned.get(version)
  if (known !== undefined) return known
  const tone = assigned.size % tones
  assigned.set(version, tone)
  return tone
}

/** Gives the versions of all images their colors, the oldest first, so that a page opened later has the same. */
export const colorImages = (images: ImageView[]) => {
  const oldest = images.toSorted((a, b) => a.createdAt - b.createdAt || natural.compare(a.name, b.name))
  for (const { name } of oldest) {
    const version = shortName(name)
    if (version !== undefined) toneOf(version)
  }
}

/** Versions in a lane's instances with how many there are of each, the older names first. */
export const census = (instances: InstanceView[]): [string, number][] => {
  const counts = new Map<string, number>()
  for (const instance of instances) {
    const version = versionOf(instance)
    counts.set(version, (counts.get(version) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => natural.compare(a, b))
}
