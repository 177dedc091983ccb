import { expectedTasks } from '../domain/durations'
import { fingerprint } from '../domain/fingerprint'
import type { Plan } from '../domain/plan'
import { chooseImage } from '../domain/planning/image'
import { reason } from '../domain/reasons'
import { failure, ok } from '../domain/result'
import type { Request } from '../domain/request'
import { minute } from '../domain/time'
import type { Runbook } from './context'
import { gatherFleet, gatherImage } from './parts/gather'
import { bringImage } from './parts/image'
import { pastOf } from './parts/past'

type Bake = Extract<Request, { procedure: 'bake' }>

/** `/asg bake <service> <version>`: an image for later. The fleet is not touched. */
export const bake: Runbook<Bake> = {
  async plan(request, desk) {
    const { service } = desk
    const [images, fleet, past] = await Promise.all([
      gatherImage(desk, request.version, request.from),
      gatherFleet(service, desk.account),
      pastOf(desk, 'bake'),
    ])
    const serving = fleet.ok ? fleet.value.current.imageId : undefined
    const chosen = chooseImage(service, request, { ...images, serving })
    if (!chosen.ok) return chosen
    const image = chosen.value
    if (image.how === 'use') {
      return failure(
        reason('nothing_to_do', { service: service.name, version: request.version, image: image.id }),
      )
    }
    const planned: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: request.version,
      image,
      tasks: expectedTasks([{ name: 'image', expected: 5 * minute }], past),
      calls: image.how === 'bake' ? ['CreateImage'] : [],
      warnings:
        image.how === 'bake' && image.reboot ? [reason('source_reboots', { instance: image.source })] : [],
    }
    return ok({ ...planned, fingerprint: fingerprint(planned) })
  },

  async run(run, context) {
    await bringImage(run, context)
  },
}
