import type { PlannedImage } from '../../domain/plan'
import { reason } from '../../domain/reasons'
import { imageSteps } from '../../domain/steps/images'
import { hour, minute } from '../../domain/time'
import { done, failed, waiting } from '../../durable/look'
import type { Run } from '../../durable/run'
import { AwsFailure } from '../../ports/failure'
import { type Context, ownTags, planned } from '../context'

/** EC2 user guide: an image may stay pending for hours; longer than this a person should look at it. */
const patience = 6 * hour

/** An image that EC2 does not know for so long has been deregistered. */
const unknownFor = 10 * minute

/** The available image that the plan names: used, joined, or baked. Gives its id. */
export const bringImage = async (run: Run, context: Context): Promise<string> => {
  const image = planned(context.plan.image, 'image')
  const id = image.how === 'bake' ? await bake(run, context, image) : image.id
  return run.wait(imageSteps.available, {
    within: patience,
    late: () => reason('timed_out', { step: imageSteps.available.label, after: patience }),
    look: async (memory, freshness) => {
      const [found] = await context.account.images.byId([id], freshness)
      if (found?.state === 'available') return done(id)
      if (!found) {
        // A fresh id may be unknown to EC2 for a while (EC2 developer guide, "Eventual consistency").
        const since = typeof memory === 'number' ? memory : context.clock.now()
        const gone = context.clock.now() - since >= unknownFor
        return gone
          ? failed(reason('image_not_found', { image: id, name: image.name }))
          : waiting(undefined, since)
      }
      if (found.state === 'pending' || found.state === 'transient') {
        const percent = await context.account.images.snapshotProgress(found.snapshots)
        return waiting({ detail: `${image.name} (${id})`, ...(percent !== undefined && { percent }) })
      }
      const aws = found.stateReason ?? found.state
      return failed(reason('image_failed', { name: image.name, image: id, aws }))
    },
  })
}

/** CreateImage has no client token; the name, unique among one's own images, is what makes it happen once. */
const bake = (run: Run, context: Context, image: PlannedImage & { how: 'bake' }): Promise<string> =>
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
          tags: ownTags(context),
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
