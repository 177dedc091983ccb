import { z } from 'zod'
import type { ForeignImage } from '../../protocol'
import { HttpError } from '../http'
import { isSlackFault, faultBody } from './faults'
import type { Control, Routes } from './route'
import { parse } from './route'

const speedBody = z.object({ speed: z.number().min(0.1).max(1000) })
const trafficBody = z.strictObject({
  loadBalancer: z.string().min(1),
  requestsPerSecond: z.number().min(0).max(1_000_000),
  curve: z.enum(['flat', 'daily']).exactOptional(),
})
const backupsBody = z.object({ on: z.boolean() })
const imageBody: z.ZodType<ForeignImage> = z.strictObject({
  name: z.string().min(3).max(128),
  description: z.string().exactOptional(),
  owner: z
    .string()
    .regex(/^\d{12}$/)
    .exactOptional(),
  permissions: z.array(z.string()).exactOptional(),
  architecture: z.literal('arm64').exactOptional(),
  state: z.enum(['available', 'disabled']).exactOptional(),
  encrypted: z.boolean().exactOptional(),
  deprecatedAt: z.iso.datetime().exactOptional(),
  tags: z.record(z.string(), z.string()).exactOptional(),
})
const botBody = z.object({ role: z.string(), do: z.enum(['kill', 'start']) })

/** The fleet, AWS's calls, faults, the pace and the bot's processes. */
export const worldRoutes: Routes = {
  'GET /control/fleet': ({ world }) => world.fleet(),

  'GET /control/traffic': ({ world }) => world.traffic(),

  'POST /control/traffic': ({ world }, { body }) => {
    const { loadBalancer, requestsPerSecond, curve = 'flat' } = parse(trafficBody, body)
    if (world.setTraffic(loadBalancer, { requestsPerSecond, curve })) return { ok: true }
    const names = world.traffic().loadBalancers.map((one) => one.loadBalancer)
    throw new HttpError(
      404,
      'unknown_load_balancer',
      `There is no load balancer ${loadBalancer} (there are: ${names.join(', ')}).`,
    )
  },

  'GET /control/calls': ({ world }, { query }) => {
    const since = Number(query.get('since') ?? 0)
    if (!Number.isFinite(since)) throw new HttpError(400, 'bad_request', '`since` is the sequence of a call.')
    return world.calls(since)
  },

  'GET /control/faults': (control) => allFaults(control),

  'POST /control/faults': ({ slack, world }, { body }) => {
    const fault = parse(faultBody, body)
    return { ok: true, id: isSlackFault(fault) ? slack.faults.set(fault) : world.setFault(fault) }
  },

  'DELETE /control/faults': ({ slack, world }, { query }) => {
    const id = query.get('id') ?? undefined
    if (id !== undefined && !allFaults({ slack, world }).some((one) => one.id === id)) {
      throw new HttpError(404, 'unknown_fault', `There is no fault ${id}.`)
    }
    const isSlacks = slack.faults.list().some((one) => one.id === id)
    if (id === undefined || isSlacks) slack.faults.clear(id)
    if (!isSlacks) world.clearFaults(id)
    return { ok: true }
  },

  'POST /control/speed': async ({ world, bots }, { body }) => {
    const { speed } = parse(speedBody, body)
    world.setSpeed(speed)
    await bots.restart()
    return { ok: true, speed }
  },

  'POST /control/backups': async ({ world, bots }, { body }) => {
    const { on } = parse(backupsBody, body)
    world.setBackups(on)
    // A worker hears of another catalogue at its start, as in life.
    await bots.restart()
    return { ok: true, on }
  },

  'POST /control/images': ({ world }, { body }) => ({
    ok: true,
    id: world.plantImage(parse(imageBody, body)),
  }),

  'POST /control/bot': ({ bots }, { body }) => {
    const { role, do: what } = parse(botBody, body)
    const done = what === 'kill' ? bots.kill(role) : bots.start(role)
    if (done) return { ok: true }
    const roles = bots.list().map((bot) => bot.role)
    throw new HttpError(409, 'bot_not_so', `There is no ${role} to ${what} now (roles: ${roles.join(', ')}).`)
  },

  'POST /control/reconnect': ({ slack }) => {
    slack.sockets.refresh('all')
    return { ok: true }
  },
}

/** The faults that are set, Slack's and AWS's. */
export function allFaults({ slack, world }: Pick<Control, 'slack' | 'world'>) {
  return [...slack.faults.list(), ...world.faults()]
}
