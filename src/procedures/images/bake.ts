import { expectedTasks } from '../../domain/operation/expected-durations'
import { fingerprint } from '../../domain/operation/fingerprint'
import type { Plan } from '../../domain/operation/plan'
import { chooseImage } from '../../domain/images/choose-image'
import { reason } from '../../domain/reasons/reason'
import { failure, ok } from '../../domain/result'
import type { Request } from '../../domain/operation/request'
import { minute } from '../../domain/time/time'
import type { Runbook } from '../context'
import { gatherFleet, gatherImage } from '../../facts/fleet/gather-fleet'
import { askAboutVersion } from '../../facts/images/ask-about-version'
import { rebootOfSource } from '../../facts/images/rebooted-source'
import { ensureImage } from './ensure-image'
import { recentSuccesses } from '../../facts/recent-operations'

type Bake = Extract<Request, { procedure: 'bake' }>

/** `/asg bake <service> <version>`: an image for later. The fleet is not touched. */
export const bake: Runbook<Bake> = {
  async plan(request, context) {
    const { service } = context
    const [images, fleet, history] = await Promise.all([
      gatherImage(context, request.version, request.from),
      gatherFleet(context),
      recentSuccesses(context, 'bake'),
    ])
    const serving = fleet.ok ? fleet.value.current.imageId : undefined
    const choice = chooseImage(service, request, { ...images, serving })
    if (!choice.ok) return choice
    const image = choice.value
    if (image.how === 'use') {
      return failure(
        reason('nothing_to_do', { service: service.name, version: request.version, image: image.id }),
      )
    }
    const reboot =
      image.how === 'bake' && image.reboot ? await rebootOfSource(context, image.source) : undefined
    if (reboot && !reboot.ok) return reboot
    const planned: Omit<Plan, 'fingerprint'> = {
      service: service.name,
      version: request.version,
      image,
      tasks: expectedTasks([{ name: 'image', expected: 5 * minute }], history),
      calls: image.how === 'bake' ? ['CreateImage'] : [],
      warnings: reboot ? [reboot.value.warning] : [],
      ...(reboot?.value.confirm && { confirm: true }),
    }
    return askAboutVersion(ok({ ...planned, fingerprint: fingerprint(planned) }), context)
  },

  async run(run, context) {
    await ensureImage(run, context)
  },
}
