import type { Ec2Handlers } from '../handlers'
import { attributeHandlers } from './attributes'
import { imageHandlers } from './images'
import { instanceHandlers } from './instances'
import { launchTemplateHandlers } from './launch-templates'
import { networkHandlers } from './network'
import { snapshotHandlers } from './snapshots'
import { tagHandlers } from './tags'

/** All EC2 actions that the simulator knows. */
export const ec2Handlers = {
  ...attributeHandlers,
  ...imageHandlers,
  ...instanceHandlers,
  ...launchTemplateHandlers,
  ...networkHandlers,
  ...snapshotHandlers,
  ...tagHandlers,
} satisfies Ec2Handlers
