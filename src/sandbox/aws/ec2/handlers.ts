import type { Ec2Handlers } from '../handlers'
import { attributeHandlers } from './attributes'
import { imageHandlers } from './images'
import { instanceHandlers } from './instances'
import { instanceTypeHandlers } from './instance-types'
import { launchTemplateHandlers } from './launch-templates'
import { interfaceHandlers } from './interfaces'
import { networkHandlers } from './network'
import { securityGroupRuleHandlers } from './security-group-rules'
import { securityGroupHandlers } from './security-groups'
import { vpcHandlers } from './vpcs'
import { snapshotHandlers } from './snapshots'
import { tagHandlers } from './tags'

/** All EC2 actions that the simulator knows. */
export const ec2Handlers = {
  ...attributeHandlers,
  ...imageHandlers,
  ...instanceHandlers,
  ...instanceTypeHandlers,
  ...launchTemplateHandlers,
  ...interfaceHandlers,
  ...networkHandlers,
  ...securityGroupHandlers,
  ...securityGroupRuleHandlers,
  ...snapshotHandlers,
  ...tagHandlers,
  ...vpcHandlers,
} satisfies Ec2Handlers
