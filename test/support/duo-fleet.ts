import { readCatalogue } from '../../src/config/catalogue'
import type { Service } from '../../src/domain/catalogue/catalogue'

/** A service of two colors that is built: with one target group for both, or one for each. */
const duoYaml = ({ each = false } = {}): string => `
defaults: { region: ap-northeast-2, timezone: Asia/Seoul, channel: ops }
services:
  duo:
    colors: { blue: duo-blue, green: duo-green }
    template: duo
    version: { tag: "docker:image:version" }
    strategy: ${each ? 'canary' : 'blue-green'}
    image: { name: "Web Server {version}", from: { tag: { Name: duo-instance } } }
    gate: { bake: 0s, timeout: 20m }
    standby: 1h
    prices: { t2.micro: 0.0144 USD }
    fleet:
      vpc: VPC-Lab
      instances:
        image: Web Server v1
        type: t2.micro
        security_group: { name: duo-sg, allow: [{ port: 80, from: load_balancer }] }
      target_group: ${each ? '{ blue: duo-blue-tg, green: duo-green-tg, port: 80 }' : '{ name: duo-tg, port: 80 }'}
      load_balancer:
        name: duo-alb
        subnets: [Public subnet A, Public subnet C]
        security_group: { name: duo-alb-sg, allow: [{ port: 80, from: 0.0.0.0/0 }] }
        listener: { port: 80 }
      group:
        subnets: [Private subnet A, Private subnet C]
        min: 2
        desired: 2
        max: 6
        health_check: { by: [EC2, ELB] }
        metrics: true
        tags: { Name: duo-instance }
      scaling: [{ cpu: 40 }]
rules: []
`

export const duo = (options: { readonly each?: boolean } = {}): Service => {
  const read = readCatalogue(duoYaml(options), 'rollcall.yaml')
  const service = read.ok ? read.value.services.get('duo') : undefined
  if (!service) throw new Error(JSON.stringify(read))
  return service
}
