import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { createAws, type Aws } from '../../src/sandbox/aws'
import { seedFleet } from '../../src/sandbox/aws/seed'
import { serveAws } from '../../src/sandbox/aws/server'
import { catalogue } from '../../src/sandbox/launcher/catalogue'
import { run, toolsEnvironment } from '../tools/program'
import { surroundings, terraformIsHere } from '../tools/terraform-here'
import { buildNaively, wantedFleets } from './build-naive'
import { leastTime } from './build-path'
import { click, type as typed } from './commands'
import { catalogueWith, channelsOf, type Fleet, gateBake } from './fleet'
import { figure, rounded, say } from './report'
import { built as programs, onStage, seed, type Stage, token } from './stage'
import { until } from './until'

const services = ['lab', 'course'] as const
type ServiceName = (typeof services)[number]

/** Terraform and the SDK wait by the machine's own clock: a second is a second for all three. */
const speed = 1
/** Real milliseconds after which a build has surely gone wrong. */
const patience = 30 * 60_000

/** One finished build, in milliseconds. */
interface Run {
  readonly took: number
  readonly least: number
}

/** `build.<service>`, `build.naive.…` and `build.terraform.…`: S2's and S3's fleets, in worlds of one seed at once. */
export const build = (): Promise<void> => {
  say('build: lab and course by Rollcall, a script and Terraform, at speed 1: about fifteen minutes')
  return onStage({ fleet: fleetOf(), speed }, async (stage) => {
    await Promise.all(
      services.flatMap((service) => [
        oursOf(stage, service).then((one) => print(`build.${service}`, one)),
        naiveOf(stage, service).then((one) => print(`build.naive.${service}`, one)),
        terraformOf(stage, service).then((one) => one && print(`build.terraform.${service}`, one)),
      ]),
    )
  })
}

const print = (name: string, { took, least }: Run): void =>
  figure({
    name,
    value: took / least,
    unit: 'ratio',
    seconds: rounded(took / 1000),
    critical_seconds: rounded(least / 1000),
  })

/** Each in a channel of its own, so that each plan is run by its own button. */
const channelOf = (service: ServiceName): string => `C0BENCH${service.toUpperCase()}`

/** The services as the sandbox's own catalogue has them. */
const fleetOf = (): Fleet => {
  const written = parse(catalogue({ backups: false, token })) as {
    readonly services: Readonly<Record<string, object>>
  }
  return {
    seed: seedFleet,
    channels: (bot) => channelsOf(services.map(channelOf), bot),
    catalogue: catalogueWith(
      Object.fromEntries(
        services.map((name) => [name, { ...written.services[name], channel: channelOf(name) }]),
      ),
    ),
  }
}

const oursOf = async (stage: Stage, service: ServiceName): Promise<Run> => {
  const from = stage.clock.now()
  await typed(stage, channelOf(service), `provision ${service}`)
  await until(`the plan of ${service}`, patience, () => click(stage, channelOf(service), 'Run'))
  const ending = await until(`the build of ${service}`, patience, async () => {
    const [ended] = await stage.store.journal.history(service, 1)
    return ended?.ending
  })
  if (ending.kind !== 'succeeded')
    throw new Error(`the build of ${service} ended ${ending.kind}: ${JSON.stringify(ending.reason)}`)
  return { took: ending.at - from, least: leastOf(stage.aws, service, gateBake * 1000) }
}

const naiveOf = async ({ clock, naive }: Stage, service: ServiceName): Promise<Run> => {
  const from = clock.now()
  await buildNaively(naive.url, wantedFleets[service])
  return { took: clock.now() - from, least: leastOf(naive.aws, service, gateBake * 1000) }
}

/** `terraform apply` in an AWS of its own; undefined where the machine has no Terraform. */
const terraformOf = async ({ clock }: Stage, service: ServiceName): Promise<Run | undefined> => {
  if (!terraformIsHere) {
    say(`build.terraform.${service} is left out: no Terraform with a mirror of its AWS provider here`)
    return undefined
  }
  const aws = createAws({ clock, seed, speed: () => speed })
  seedFleet(aws)
  const server = await serveAws(aws, { port: 0, token })
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-terraform-'))
  try {
    cpSync(join(dirname(programs), 'test/bench/terraform', service), folder, { recursive: true })
    const env = { ...toolsEnvironment(server.url, token), ...surroundings(folder) }
    const terraform = async (...args: string[]) => {
      const { code, said } = await run('terraform', [...args, '-no-color', '-input=false'], {
        cwd: folder,
        env,
      })
      if (code !== 0) throw new Error(`terraform ${args[0]} of ${service}: ${said.slice(-2_000)}`)
    }
    await terraform('init')
    const from = clock.now()
    await terraform('apply', '-auto-approve')
    // It watches nothing: it ends when the targets are healthy.
    return { took: clock.now() - from, least: leastOf(aws, service, 0) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await server.close()
  }
}

const leastOf = ({ world, timeline }: Aws, service: ServiceName, watched: number): number => {
  const { balancer, image, group } = wantedFleets[service]
  const found = [...world.loadBalancers.values()].find(
    ({ shape }) => shape.LoadBalancerName === balancer.name,
  )
  const baked = [...world.images.values()].find(({ name }) => 'name' in image && name === image.name)
  const mine = [...world.instances.values()].filter(
    ({ tags }) => tags.get('aws:autoscaling:groupName') === group.name,
  )
  return leastTime(timeline(), {
    loadBalancer: found?.arn ?? '',
    ...(baked && { image: baked.id }),
    group: group.name,
    instances: new Set(mine.map(({ id }) => id)),
    watched,
  })
}
