import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type BenchService, type Fleet, fleetOf, nextVersion, serviceList } from './fleet'
import { figure, rounded, say } from './report'
import { onStage, type Stage } from './stage'
import { percentile } from './statistics'
import { pause } from './until'

/** Calls a second, and for how many seconds. */
const rate = 50
const seconds = 6
/** Calls before those that count: connections are opened, programs warm up. */
const before = 25
/** Pipelines that ask: one alone may not change so much in an hour. */
const pipelines = 60
/** Real milliseconds that a call counts which was not answered with 202. */
const patience = 30_000

const tokenOf = (pipeline: number): string => `rc_bench_${pipeline}`
const pipelineOf = (at: number): number => at % pipelines

/** `ask_p50`, `ask_p99`: deploys asked for at the door by pipelines, whether earlier calls are answered or not. */
export const ask = (): Promise<void> => {
  const count = before + rate * seconds
  say(`ask: ${count} deploys by HTTP, ${rate} a second`)
  const services = serviceList(count, {
    prefix: 'ask',
    strategy: 'refresh',
    baked: true,
    channels: pipelines,
  })
  const options = { fleet: withPipelines(fleetOf(services)), speed: 1, slackLimits: true, door: true }
  return onStage(options, async (stage) => {
    await askAll(stage, services, 0, before)
    const [started, gateway] = [performance.now(), stage.pidOf('gateway')]
    const cpu = cpuMs(gateway)
    const asked = await askAll(stage, services, before, count)
    print(asked, (asked.sentAt - started) / 1000, (cpuMs(gateway) - cpu) / asked.times.length)
  })
}

const withPipelines = (fleet: Fleet): Fleet => {
  const names = Array.from({ length: pipelines }, (_, at) => `pipeline-${at}`)
  const machines = names.map((name, at) => {
    const sha256 = createHash('sha256').update(tokenOf(at)).digest('hex')
    return [name, { token: { sha256, expires: nextYear() } }] as const
  })
  const catalogue = JSON.parse(fleet.catalogue) as { readonly rules: readonly object[] }
  const allow = names.map((name) => `machines.${name}`)
  return {
    ...fleet,
    catalogue: JSON.stringify({
      ...catalogue,
      machines: Object.fromEntries(machines),
      rules: [...catalogue.rules, { service: '*', action: '*', allow }],
    }),
  }
}

/** Tokens end within a year. */
const nextYear = (): string => new Date(Date.now() + 300 * 24 * 3_600_000).toISOString().slice(0, 10)

interface Asked {
  readonly times: readonly number[]
  /** What answered otherwise, by its code. */
  readonly others: Readonly<Record<string, number>>
  readonly sentAt: number
}

const askAll = async (
  stage: Stage,
  services: readonly BenchService[],
  from: number,
  to: number,
): Promise<Asked> => {
  const started = performance.now()
  const others: Record<string, number> = {}
  const calls: Promise<number>[] = []
  for (const [at, service] of services.slice(from, to).entries()) {
    await pause(Math.max(0, started + (at * 1000) / rate - performance.now()))
    calls.push(
      askOnce(stage, service, pipelineOf(from + at)).catch((error: unknown) => {
        const code = error instanceof Error ? error.message : String(error)
        others[code] = (others[code] ?? 0) + 1
        return patience
      }),
    )
  }
  const sentAt = performance.now()
  return { times: await Promise.all(calls), others, sentAt }
}

/** The real milliseconds from the call until the whole of its 202 is there. */
const askOnce = async ({ door }: Stage, { name }: BenchService, pipeline: number): Promise<number> => {
  const started = performance.now()
  const response = await fetch(`${door}/v1/operations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokenOf(pipeline)}`,
      'content-type': 'application/json',
      'idempotency-key': `bench-${name}`,
    },
    body: JSON.stringify({ action: 'deploy', service: name, version: nextVersion }),
    signal: AbortSignal.timeout(patience),
  })
  const body = await response.text()
  if (response.status !== 202) throw new Error(`${response.status} ${body.slice(0, 200)}`)
  return performance.now() - started
}

/**
 * What a process has had of the machine's cores, user's and system's time (proc(5): fields 14 and 15 of `stat`, in ticks of
 * 10 ms). Unlike the times of the calls it stays the same on a busy machine.
 */
const cpuMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const print = ({ times, others }: Asked, sent: number, cpu: number): void => {
  const details = {
    unit: 'ms',
    calls: times.length,
    per_second: rounded(times.length / sent),
    refused: others,
    max: rounded(percentile(times, 1)),
    gateway_cpu_ms: rounded(cpu),
  } as const
  figure({ name: 'ask_p50', value: percentile(times, 0.5), ...details })
  figure({ name: 'ask_p99', value: percentile(times, 0.99), ...details })
}
