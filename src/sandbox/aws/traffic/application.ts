import type { Image, Instance } from '../ec2/state'
import type { World } from '../world'

/**
 * The version of the application on an instance: of the container's tag, else of its image's name (`v2` of
 * `Web Server v2`, its last word where that looks like no version).
 */
export function versionOf(world: World, instance: Instance): string {
  const tagged = instance.tags.get('docker:image:version')
  if (tagged !== undefined) return tagged
  return versionOfImage(world.images.get(instance.imageId)) ?? instance.imageId
}

function versionOfImage(image: Image | undefined): string | undefined {
  if (image === undefined) return undefined
  return /(?:^|[\s_-])(v?\d[\w.+-]*)$/i.exec(image.name)?.[1] ?? image.name.split(/\s+/).at(-1)
}

/** How long an answer takes on an instance that has nothing else to do: half of them less, in milliseconds. */
export const medianLatency = 40
/** Spread of the answers' times: the standard deviation of their logarithm. */
export const latencySpread = 0.4

/** A number drawn from the standard normal distribution (Box-Muller). */
export function normal(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

/** How long one answer takes, in milliseconds: log-normal about the median, times `factor`, and what is waited for. */
export function drawLatency(chance: () => number, factor: number, delay: number): number {
  return medianLatency * factor * Math.exp(latencySpread * normal(chance)) + delay
}
