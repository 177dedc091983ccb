import { readFileSync } from 'node:fs'
import { workerPolicy, type PolicyDocument } from '../../src/policy/statements'
import { confirmPlans } from '../support/confirm-plans'
import { duo } from '../support/duo-fleet'
import { run } from '../support/fleet-runs'
import { instanceRole, isAllowed, type Question } from '../support/iam'
import { buildingQuestions, rememberTags } from '../support/iam-building'
import { sandboxService } from '../support/sandbox-service'
import { catalogueOf, simulate } from '../support/simulation'
import type { Request } from '../../src/domain/operation/request'
import type { Service } from '../../src/domain/catalogue/catalogue'

/*
 * What AWS asks IAM while fleets are built, mended, taken over and taken down is allowed by the two policies: resources and
 * conditions as well. Bakes are the worker's, and stand in policy.test.ts.
 */

const read = (name: string) =>
  JSON.parse(readFileSync(`deploy/iam-policy.${name}.json`, 'utf8')) as PolicyDocument
const provision = read('provision')
const worker = workerPolicy({
  account: '*',
  regions: ['*'],
  groups: ['*'],
  colors: true,
  weights: true,
  images: true,
  metrics: true,
  alarms: true,
  versionTags: ['docker:image:version'],
  roles: [instanceRole],
  keys: [],
})
const allowedBy = (policies: readonly PolicyDocument[]) => (question: Question) =>
  policies.some((policy) => isAllowed(policy, question))
const allowed = allowedBy([worker, provision])

/** What is done by hand beside is somebody else's. */
const life = async (service: Service): Promise<readonly Question[]> => {
  const simulation = simulate({ catalogue: catalogueOf(service), meanwhile: confirmPlans })
  const { aws, account } = simulation
  const tagsOf = rememberTags(aws)
  const questions = new Map<string, Question>()
  let isByHand = false
  aws.onCall((call) => {
    const isBake = call.action === 'CreateImage'
    if (isByHand || !call.mutating || call.error !== undefined || isBake) return
    for (const question of buildingQuestions(call, tagsOf)) questions.set(JSON.stringify(question), question)
  })
  const byHand = async (change: () => Promise<unknown>) => {
    isByHand = true
    await change()
    isByHand = false
  }
  const does = async (request: Request) => {
    expect((await run(simulation, request)).ending).toMatchObject({ kind: 'succeeded' })
  }
  const provisions = { procedure: 'provision', service: service.name } as const
  await byHand(async () => {
    const [vpc] = await account.networks.vpcs(service.fleet?.vpc)
    const { targetGroup } = service.fleet ?? {}
    await account.targetGroups.create({
      name: targetGroup?.name ?? '',
      port: 80,
      vpc: vpc?.id ?? '',
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      tags: {},
    })
  })
  await does({ ...provisions, adopt: true })
  const group = service.group ?? 'duo-blue'
  await byHand(async () => {
    await account.groups.update(group, { max: 9 })
    await account.groups.tag(group, { Name: 'another' }, { propagate: true })
    const [own] = await account.securityGroups.tagged('rollcall:service', service.name)
    await account.securityGroups.revoke(own?.id ?? '', own?.ingress ?? [])
  })
  await does(provisions)
  await does({ procedure: 'teardown', service: service.name })
  return [...questions.values()]
}

const questions: Question[] = []
test.each([
  ['lab', () => sandboxService('lab')],
  ['course', () => sandboxService('course')],
  ['two colors', () => duo({ each: true })],
] as const)('all that %s asks for is allowed', async (_, service) => {
  const asked = await life(service())
  questions.push(...asked)
  expect(asked.filter((question) => !allowed(question))).toEqual([])
})

test.each(
  provision.Statement.filter(({ Sid }) => !/^(LookFor|MakeServiceLinked|TakeBack)/.test(Sid)).map(
    ({ Sid }) => Sid,
  ),
)('and nothing without the statement %s', (sid) => {
  const less = { ...provision, Statement: provision.Statement.filter(({ Sid }) => Sid !== sid) }
  expect(questions.some((question) => !allowedBy([worker, less])(question))).toBe(true)
})
