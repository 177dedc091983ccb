import { createHash } from 'node:crypto'

/** How the newest image of `web` is found while AWS Backup takes one each night. */
const fromBackups = `
      # The newest of AWS Backup's images, each night at 02:00: scale-outs launch it.
      newest: { name: "AWSBackup_*", tag: { Name: ASG-Web-Instance }, daily: "02:00" }`

/** What customers must not notice of a new version. */
const customersMustNotNotice = `
    # Customers must not notice a new version: send some, and make it a bad one.
    checks:
      errors: { worse: 2x, above: 1% }
      latency: { percentile: 99, worse: 1.5x, above: 100ms }`

/** The same where the version is a tag: with an image for each version, as it is an image that a fault makes bad. */
const checkedColors = (service: string): string => `
    image: { name: "${service} {version}", from: { tag: { "docker:image:name": ${service} } } }${customersMustNotNotice}`

/** Two groups with a target group each, between which traffic is shifted by weight. */
const pay = (checks: string): string => `
  # The same with a target group for each color, between which traffic is shifted by weight.
  pay:
    colors: { blue: pay-blue, green: pay-green }
    version: { tag: "docker:image:version" }
    strategy: canary
    gate: { bake: 30s, timeout: 10m }
    standby: 1h
    prices: { t2.micro: 0.0144 USD }${checks}
`
const payRule = `
  - service: pay
    action: [deploy, swap, rollback, finish, scale, schedule, unschedule]
    allow: operators`

/** Two fleets of which nothing is there at the start: `/asg provision lab` and `/asg provision course` build them. */
const unbuilt = `
  # Built by /asg provision lab, with the figures of the AWS Immersion Day.
  lab:
    group: Lab-ASG
    template: Lab
    image: { name: "Web Server {version}", from: { tag: { Name: Lab-ASG-Instance } } }
    gate: { bake: 60s, timeout: 20m }
    prices: { t2.micro: 0.0144 USD }
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

  # Built by /asg provision course, in the default VPC: its image is baked of a server first.
  course:
    group: fastcampus-asg
    template: fastcampus-nginx
    image: { name: "fastcampus-nginx {version}", from: { tag: { Name: fastcampus-asg-instance } } }
    gate: { bake: 60s, timeout: 20m }
    prices: { t2.nano: 0.0072 USD }
    fleet:
      instances:
        image:
          name: fastcampus-nginx v1
          from: { tag: { Name: fastcampus-server } }
          tags: { description: forAutoscaling }
        type: t2.nano
        key_pair: fastcampus
        security_group: { name: fastcampus-sg, allow: [{ port: 80, from: load_balancer }] }
      target_group: { name: fastcampus-tg, port: 80, register_source: true }
      load_balancer:
        name: fastcampus-alb
        security_group: { name: fastcampus-alb-sg, allow: [{ port: 80, from: 0.0.0.0/0 }] }
        listener: { port: 80 }
      group:
        min: 1
        desired: 1
        max: 10
        health_check: { by: [EC2, ELB], grace: 300s }
        metrics: true
        follows: latest
        tags: { Name: fastcampus-asg-instance }
      scaling: [{ cpu: 50, warmup: 300s }]
`

const twoHours = 2 * 3_600_000
const utc = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** A window that is closed at the start, and who may override it. */
const windows = (from: number): string => `
# Changes of web and shop are held until two hours after the start; somebody else has to agree to an override.
windows:
  - name: quarter end
    deny: true
    from: "${utc(from)}"
    until: "${utc(from + twoHours)}"
    timezone: UTC
    services: [web, shop]
    why: the books are closed
override: { by: approvers, count: 1, reason: required }
`

/** The sandbox's own receiver: `GET /control/webhooks` shows what came to it. */
const hooks = (url: string): string => `
webhooks:
  - name: sandbox
    to: ${url}
    internal: true
    secret: { env: SANDBOX_HOOK_SECRET }
    events: [operation.recorded, operation.awaiting_approval, operation.started, operation.ended, window.closed, window.opened, window.overridden, event.scheduled, event.unscheduled, event.started, event.ended, service.locked, service.unlocked]
`

/** The bot's catalogue in the sandbox: the seed's services, and rules that show what rules do. */
export const catalogue = ({
  backups,
  weighted = false,
  checks = false,
  closedFrom,
  hooksUrl,
  token,
}: {
  backups: boolean
  /** Whether the service `pay` is in it. */
  weighted?: boolean
  /** Whether new versions of `web`, `shop` and `pay` are checked. */
  checks?: boolean
  /** When a window begins that holds `web` and `shop` for two hours: milliseconds since the epoch. */
  closedFrom?: number | undefined
  /** Who is told of events; nobody where it is absent. */
  hooksUrl?: string
  /** The token of this start, which is the machine's too. */
  token: string
}): string => {
  const checked = checks ? customersMustNotNotice : ''
  const colorsChecked = (service: string) => (checks ? checkedColors(service) : '')
  return `# The catalogue of the sandbox: written anew at each start.
defaults:
  region: ap-northeast-2
  timezone: Asia/Seoul
  channel: ops
  language: en

services:
  # One group behind one target group.
  web:
    group: Web-ASG
    template: Web
    image:
      name: "Web Server {version}"
      description: LAMP web server AMI with RDS connection config
      from: { tag: { Name: ASG-Web-Instance } }${backups ? fromBackups : ''}
    strategy: refresh
    capacity: { min: 2, desired: 2, max: 4, cooldown: 30 }
    gate: { bake: 60s, timeout: 20m }${checked}

  # Two groups, one live and one idle.
  shop:
    colors: { blue: shop-blue, green: shop-green }
    version: { tag: "docker:image:version" }
    strategy: blue-green
    standby: 2h
    # What t2.micro costs by the hour in Seoul: AWS's calls do not tell, so that the file has to.
    prices: { t2.micro: 0.0144 USD }
    # While one of these rings, the old color is kept.
    alarms: [shop-errors]${colorsChecked('shop')}
${weighted ? pay(colorsChecked('pay')) : ''}${unbuilt}
people:
  operators: { users: [U0ALICE], groups: [S0OPS] }
  approvers: { users: [U0BOB] }

machines:
  # A pipeline that asks by HTTP, with the token of this start.
  ci:
    token: { sha256: "${createHash('sha256').update(token).digest('hex')}", expires: 2099-12-31 }
    # An hour of trying things out asks for more than one of a pipeline.
    changes: 100000

rules:
  - { service: "*", action: [status, history, show, images, schedules, help], allow: everyone }
  - { service: "*", action: [cancel, lock, unlock], allow: [operators, approvers] }
  - service: web
    action: [deploy, bake, roll, rollback, scale, schedule, unschedule, refresh, prune]
    allow: [operators, machines.ci]
  - { service: web, action: [status, history, show, images, schedules, cancel, lock, unlock], allow: machines.ci }
  # Who may see the history of all services may export the record; and webhooks tell of all.
  - { service: "*", action: [history, webhooks], allow: machines.ci }
  # Somebody else has to agree before shop is deployed or swapped.
  - service: shop
    action: [deploy, swap]
    allow: operators
    approval: { by: approvers, count: 1, expires: 1h }
  - service: shop
    action: [bake, roll, rollback, finish, scale, schedule, unschedule, refresh, prune]
    allow: operators${weighted ? payRule : ''}
  - service: [lab, course]
    action: [provision, teardown, deploy, bake, roll, rollback, scale, schedule, unschedule, update-image, prune]
    allow: operators
  - { service: "*", action: approve, allow: approvers }
${closedFrom === undefined ? '' : windows(closedFrom)}${hooksUrl === undefined ? '' : hooks(hooksUrl)}`
}
