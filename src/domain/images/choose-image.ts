import type { Service } from '../catalogue/catalogue'
import type { Image, Instance } from '../fleet/fleet'
import type { PlannedImage } from '../operation/plan'
import { reason } from '../reasons/reason'
import { type Result, failure, ok } from '../result'
import { imageName } from './image-names'
import { isBroken, isOwnImage } from './own'
import type { ImageFacts } from '../operation/planning'

/** EC2 API reference, CreateImage, Name: 3-128 letters, digits, space and ( ) [ ] . / - ' @ _ */
const allowedName = /^[a-zA-Z0-9()[\] ./\-'@_]{3,128}$/
/** EC2 user guide: an image is made of an instance that is running, stopping or stopped. */
const bakeable = new Set(['running', 'stopping', 'stopped'])

/**
 * How the image of a version comes to be: an available one of that name is used, a pending one is joined,
 * a failed one is explained, and without any the configured source is baked.
 */
export const chooseImage = (
  service: Service,
  wanted: { readonly version: string; readonly reboot: boolean },
  facts: ImageFacts,
): Result<PlannedImage> => {
  if (!service.image) return failure(reason('no_image_source', { service: service.name }))
  const name = imageName(service.image.name, wanted.version)
  if (!allowedName.test(name)) return failure(reason('image_name_invalid', { name }))

  const by = (state: (image: Image) => boolean) => facts.named.find(state)
  const ready = by((image) => image.state === 'available')
  if (ready) return ok({ how: 'use', id: ready.id, name })
  const pending = by((image) => image.state === 'pending')
  if (pending) return ok({ how: 'join', id: pending.id, name })
  const disabled = by((image) => image.state === 'disabled')
  if (disabled) return failure(reason('image_disabled', { name, image: disabled.id }))
  const failedImage = by(isBroken)
  if (failedImage)
    return failure(
      reason('image_failed', {
        name,
        image: failedImage.id,
        aws: failedImage.stateReason ?? failedImage.state,
        // What Rollcall made, it can delete.
        ...(isOwnImage(failedImage, service.name) && { service: service.name }),
      }),
    )

  // One of that name that others share is used or refused: baking would put other content under its name.
  const foreign = facts.foreign?.filter(({ state }) => state === 'available') ?? []
  const trusted = foreign.find(({ owner = '' }) => service.image?.owners?.includes(owner))
  if (trusted) return ok({ how: 'use', id: trusted.id, name })
  const [others] = foreign
  if (others) return failure(reason('image_of_others', { name, image: others.id, owner: others.owner }))

  const found = chooseSource(service, facts)
  if (!found.ok) return found
  const source = found.value
  const description = service.image.description ?? `${service.name} ${wanted.version}`
  return ok({ how: 'bake', name, description, source: source.id, reboot: wanted.reboot })
}

/**
 * The instance to bake: the oldest of those that fit. Where they run different images, as while the last deploy's old
 * ones drain, it is one of the image that the fleet launches now; without any of those it is a question, not a guess.
 */
const chooseSource = (service: Service, { sources, serving }: ImageFacts): Result<Instance> => {
  if (sources.length === 0) return failure(reason('source_not_found', { source: sourceWords(service) }))
  const usable = sources.filter((instance) => bakeable.has(instance.state))
  const [first] = sources
  if (usable.length === 0) {
    return failure(reason('source_wrong_state', { instance: first?.id, state: first?.state }))
  }
  const current = usable.filter((instance) => instance.imageId === serving)
  const candidates = current.length > 0 ? current : usable
  if (new Set(candidates.map((instance) => instance.imageId)).size > 1) {
    return failure(reason('source_ambiguous', { instances: usable.map((instance) => instance.id) }))
  }
  const oldest = [...candidates].sort((a, b) => a.launchedAt - b.launchedAt || (a.id < b.id ? -1 : 1))[0]
  return oldest ? ok(oldest) : failure(reason('source_not_found', { source: sourceWords(service) }))
}

/** The configured source as people read it: `Name=ASG-Web-Instance` or an instance's id. */
const sourceWords = (service: Service): string => {
  const from = service.image?.from
  if (!from) return ''
  return 'instance' in from
    ? from.instance
    : Object.entries(from.tag)
        .map(([key, value]) => `${key}=${value}`)
        .join(', ')
}
