import { type Reason, reason } from '../reasons/reason'
import type { Group } from './fleet'

/** Overrides of a mixed instances policy that launch something else than the version that is made. */
export const overrideObstacle = (group: Group): Reason | undefined => {
  const templates = [...new Set((group.alternatives ?? []).map(({ name, id }) => name || id))]
  if (templates.length > 0) return reason('override_templates', { group: group.name, templates })
  const images = [...new Set(group.overrideImages)]
  return images.length > 0 ? reason('override_images', { group: group.name, images }) : undefined
}
