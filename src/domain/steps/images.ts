import { stepsOf } from './step'

const image = stepsOf('image')
const versions = stepsOf('versions')
const images = stepsOf('images')

/** The image that a plan names: made, or waited for. */
export const imageSteps = {
  create: image.step('create', { visible: true, effect: 'image' }),
  available: image.wait('available', { visible: true }),
}

/** What nobody needs any more is deleted for good. */
export const pruneSteps = {
  deleteVersions: versions.step.per(['template'], 'delete', { visible: true, effect: 'deletion' }),
  versionsGone: versions.wait.per(['template'], 'gone', { visible: false }),
  versionsFailed: versions.failure('trouble'),
  deregister: images.step.per(['image'], 'deregister', { visible: true, effect: 'deletion' }),
  deleteSnapshot: images.step.per(['snapshot'], 'snapshot', { visible: true, effect: 'deletion' }),
  imagesFailed: images.failure('trouble'),
}
