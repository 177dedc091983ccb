import { failure, step, wait } from './step'

/** The image that a plan names: made, or waited for. */
export const imageSteps = {
  create: step({ task: 'image', name: 'create', visible: true, effect: 'image' }),
  available: wait({ task: 'image', name: 'available', visible: true }),
}

/** What nobody needs any more is deleted for good. */
export const pruneSteps = {
  deleteVersions: step.per(['template'], {
    task: 'versions',
    name: 'delete',
    visible: true,
    effect: 'deletion',
  }),
  versionsGone: wait.per(['template'], { task: 'versions', name: 'gone', visible: false }),
  versionsFailed: failure({ task: 'versions', name: 'trouble' }),
  deregister: step.per(['image'], { task: 'images', name: 'deregister', visible: true, effect: 'deletion' }),
  deleteSnapshot: step.per(['snapshot'], {
    task: 'images',
    name: 'snapshot',
    visible: true,
    effect: 'deletion',
  }),
  imagesFailed: failure({ task: 'images', name: 'trouble' }),
}
