import type { PlannedImage } from '../../domain/operation/plan'
import { reason } from '../../domain/reasons/reason'
import { isOwnImage } from '../../domain/images/own'
import { imageSubject } from '../../domain/fleet/event-subject'
import { imageSteps } from '../../domain/steps/images'
import { hour, minute } from '../../domain/time/time'
import { announced, done, failed, waiting } from '../../durable/poll'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import { type Context, ownTags, planned } from '../context'

/** EC2 user guide: an image may stay pending for hours; longer than this a person should look at it. */
const imageTimeout = 6 * hour

/** An image that EC2 does not know for so long has been deregistered. */
const unknownImageTimeout = 10 * minute

/** The available image that the plan names: used, joined, or baked. Gives its id. */
export const ensureImage = async (run: Run, context: Context): Promise<string> =>
  awaitImage(run, context, await startImage(run, context))

/** Asks for the image that the plan bakes. Gives its id; it may take minutes until it is available. */
export const startImage = async (run: Run, context: Context): Promise<string> => {
  const image = planned(context.plan.image, 'image')
  return image.how === 'bake' ? createImage(run, context, image) : image.id
}

/** Waits until the image that the plan names is available. Gives its id. */
export const awaitImage = async (run: Run, context: Context, id: string): Promise<string> => {
  const image = planned(context.plan.image, 'image')
  return run.wait(imageSteps.available, {
    timeout: imageTimeout,
    onTimeout: () => reason('timed_out', { step: imageSteps.available.label, after: imageTimeout }),
    poll: async (memory, freshness, { now }) => {
      const [found] = await context.account.images.byId([id], freshness)
      if (found?.state === 'available') return done(id)
      if (!found) {
        // A fresh id may be unknown to EC2 for a while (EC2 developer guide, "Eventual consistency").
        const since = typeof memory === 'number' ? memory : now
        const gone = now - since >= unknownImageTimeout
        return gone
          ? failed(reason('image_not_found', { image: id, name: image.name }))
          : waiting(undefined, since)
      }
      if (found.state === 'pending' || found.state === 'transient') {
        const percent = await context.account.images.snapshotProgress(found.snapshots)
        const progress = { detail: `${image.name} (${id})`, ...(percent !== undefined && { percent }) }
        return announced(waiting(progress), [imageSubject(id)])
      }
      const aws = found.stateReason ?? found.state
      const { name } = context.service
      const own = isOwnImage(found, name) ? { service: name } : {}
      return failed(reason('image_failed', { name: image.name, image: id, aws, ...own }))
    },
  })
}

/** CreateImage has no client token; the name, unique among one's own images, is what makes it happen once. */
const createImage = (run: Run, context: Context, image: PlannedImage & { how: 'bake' }): Promise<string> =>
  run.step(imageSteps.create, {
    choose: () => ({ name: image.name, instance: image.source }),
    observe: async ({ name }) => {
      const images = await context.account.images.named(name)
      return images.find((found) => found.state === 'pending' || found.state === 'available')?.id
    },
    act: async ({ name, instance }) => {
      try {
        const id = await context.account.images.create({
          name,
          instance,
          description: image.description,
          noReboot: !image.reboot,
          tags: { ...image.tags, ...ownTags(context) },
        })
        return done(id)
      } catch (failure) {
        const duplicate = failure instanceof AwsFailure && failure.code === 'InvalidAMIName.Duplicate'
        // The answer was lost, or somebody else bakes it: `observe` finds the image as soon as EC2 shows it.
        if (duplicate) return waiting()
        throw failure
      }
    },
  })
