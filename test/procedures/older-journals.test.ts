import type { StepRecord } from '../../src/domain/operation/operation'
import { readKey } from '../../src/domain/steps/read-key'
import { operationLog } from '../../src/messages/log/log'
import { stepSentence } from '../../src/messages/log/steps'
import { operationMessage } from '../../src/messages/operation/message'
import { mrkdwn } from '../../src/messages/text/render'
import { faultsOf } from '../support/block-kit'
import { continued, olderJournal, operationIn } from '../support/older-journal'
import { scenarios } from '../crash/scenarios'

/*
 * Journals in their middle, written by Rollcall 0.1.0 before its steps were declared. The text of a step's key is
 * stored: whoever changes one leaves operations behind that were under way.
 */
const written = [
  ['deploy', 'succeeded', []],
  ['deploy-surge-held', 'cancelled', ['left_image', 'left_template_version']],
  ['deploy-replace-back', 'cancelled', ['left_image', 'left_template_version']],
  ['deploy-blue-green', 'succeeded', []],
  ['deploy-canary', 'succeeded', []],
  ['deploy-canary-back', 'cancelled', []],
] as const

const scenarioOf = (name: string) => {
  const found = Object.values(scenarios)
    .flat()
    .find((scenario) => scenario.name === name)
  if (!found) throw new Error(`there is no scenario "${name}"`)
  return found
}

const voice = (language: 'en' | 'ko', now: number) => ({ language, timezone: 'Asia/Seoul', now })

describe.each(written)('the journal of a %s by an older version', (name, ending, left) => {
  const journal = olderJournal(name)
  const operation = operationIn(journal)

  test('has no key that is not read', () => {
    expect(operation.steps.map(({ key }) => key).filter((key) => readKey(key) === undefined)).toEqual([])
  })

  test.each(['en', 'ko'] as const)('is shown without a key in sight, in %s', (language) => {
    const reader = voice(language, journal.at)
    const { message } = operationLog(operation, reader, 0)
    expect(message && faultsOf(message)).toEqual([])
    expect(message?.text).toMatchSnapshot()
    const visible = ({ key, state }: StepRecord) => state === 'done' && readKey(key)?.declaration.visible
    const told = operation.steps.filter(visible).map((step) => mrkdwn(stepSentence(step, language)))
    expect(told.length).toBeGreaterThan(2)
    const named = operation.steps.map(({ key }) => key.replace(/^\w+\//, ''))
    expect(told.filter((line) => named.some((what) => line.toLowerCase() === what))).toEqual([])
    expect(faultsOf(operationMessage({ ...reader, operation }))).toEqual([])
  })

  test('is carried on to its end, with nothing done twice', async () => {
    const scenario = scenarioOf(journal.scenario)
    const simulation = await continued(scenario, journal)
    const ended = await simulation.untilOver(operation.id)
    expect(ended.ending?.kind).toBe(ending)
    expect(ended.ending?.left.map(({ code }) => code)).toEqual(left)
    expect(simulation.violations).toEqual([])
    const { images, templates } = simulation.aws.view()
    const own = images.filter(({ tags }) => tags['rollcall:operation'] === operation.id)
    expect(own.length).toBe(operation.plan?.image?.how === 'bake' ? 1 : 0)
    const versions = templates.flatMap((template) => template.versions)
    expect(
      versions.filter(({ description }) => description?.includes(operation.id)).length,
    ).toBeLessThanOrEqual(1)
    if (ending === 'succeeded') scenario.expectFleet(simulation)
  })

  test('tells what is left in AWS where the operation ends there', async () => {
    const simulation = await continued(scenarioOf(journal.scenario), journal, {
      catalogue: { services: new Map(), people: new Map(), rules: [] },
    })
    const ended = await simulation.untilOver(operation.id)
    expect(ended.ending?.kind).toBe('needs attention')
    expect(ended.ending?.left).toMatchSnapshot()
  })
})

test('sizes that an older version had written down for the end of a deploy are handed back as they stand', async () => {
  const journal = olderJournal('deploy')
  const operation = operationIn(journal)
  const sizes = { min: 2, desired: 2, max: 4 }
  const written = { key: 'finish/desired', order: 99, state: 'done', startedAt: journal.at, outcome: sizes }
  Object.assign(operation, { steps: [...operation.steps, { ...written, endedAt: journal.at }] })
  const simulation = await continued(scenarioOf(journal.scenario), journal)
  const ended = await simulation.untilOver(operation.id)
  expect(ended.ending?.kind).toBe('succeeded')
  expect(ended.steps.find(({ key }) => key === 'finish/hand back')?.choice).toMatchObject(sizes)
})
