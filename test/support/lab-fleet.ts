import type { Blueprint } from '../../src/domain/provision/blueprint'

/** The blueprint of `lab`: S2's figures. */
export const labYaml = `
    fleet:
      vpc: VPC-Lab
      instances:
        image: Web Server v1
        type: t2.micro
        description: Immersion Day Web Instances Template - Web only
        security_group:
          { name: Lab-Inst-SG, description: HTTP Allow, allow: [{ port: 80, from: load_balancer }] }
        tags: { Name: Web Instance }
      target_group: { name: Lab-TG, port: 80 }
      load_balancer:
        name: Lab-ALB
        subnets: [Public subnet A, Public subnet C]
        security_group: { name: Lab-ALB-SG, allow: [{ port: 80, from: 0.0.0.0/0 }] }
        listener: { port: 80 }
      group:
        subnets: [Private subnet A, Private subnet C]
        min: 2
        desired: 2
        max: 4
        health_check: { by: [EC2, ELB], grace: 300s }
        metrics: true
        follows: default
        tags: { Name: Lab-ASG-Instance }
      scaling: [{ cpu: 30 }]
`

/** The same, understood. */
export const labBlueprint: Blueprint = {
  vpc: 'VPC-Lab',
  instances: {
    image: { use: 'Web Server v1' },
    type: 't2.micro',
    description: 'Immersion Day Web Instances Template - Web only',
    securityGroup: {
      name: 'Lab-Inst-SG',
      description: 'HTTP Allow',
      allow: [{ port: 80, from: 'load_balancer' }],
    },
    tags: { Name: 'Web Instance' },
    metadata: 'required',
  },
  targetGroup: { name: 'Lab-TG', port: 80, path: '/', registerSource: false },
  loadBalancer: {
    name: 'Lab-ALB',
    scheme: 'internet-facing',
    subnets: ['Public subnet A', 'Public subnet C'],
    securityGroup: {
      name: 'Lab-ALB-SG',
      description: 'Lab-ALB-SG',
      allow: [{ port: 80, from: '0.0.0.0/0' }],
    },
    listener: { port: 80 },
  },
  group: {
    subnets: ['Private subnet A', 'Private subnet C'],
    min: 2,
    desired: 2,
    max: 4,
    healthCheck: { by: ['EC2', 'ELB'], grace: 300_000 },
    metrics: true,
    follows: '$Default',
    tags: { Name: 'Lab-ASG-Instance' },
  },
  scaling: { cpu: 30 },
}
