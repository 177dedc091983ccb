import { allSteps } from '../../../src/domain/steps'
import { keyOfPause, keyOnWayBack, taskOf } from '../../../src/domain/steps/key'
import { readKey } from '../../../src/domain/steps/read-key'
import { recordsOf } from '../../../src/domain/steps/records'
import { fleetSteps, healthSteps } from '../../../src/domain/steps/fleet'
import { colorPromotionSteps, colorVersionSteps } from '../../../src/domain/steps/blue-green/version'
import { copySteps } from '../../../src/domain/steps/blue-green/scaling'
import { standbySteps } from '../../../src/domain/steps/blue-green/standby'
import { trafficSteps } from '../../../src/domain/steps/blue-green/traffic'
import type { Declaration, Scope, ScopedStep, Step } from '../../../src/domain/steps/step'
import { step as record } from '../../support/web-deploy'

/** A value for each part of a scope, as AWS and people name things. */
const example: { readonly [part in Scope]: string } = {
  group: 'shop-blue',
  component: 'shop',
  template: 'Web',
  policy: 'cpu 50 %',
  action: 'every friday',
  route: 'pay-ALB:80 #10',
  share: '50',
  image: 'ami-1',
  snapshot: 'snap-1',
  resource: 'load-balancer',
  fingerprint: 'f1n6e4',
  way: 'straggler',
  round: '3',
}

const topics: readonly Readonly<Record<string, Step | ScopedStep>>[] = Object.values(allSteps)
const declared = topics.flatMap((topic) => Object.values(topic))
const exampleOf = (step: Step | ScopedStep): Step => ('at' in step ? step.at(example) : step)

test('every key has the text that journals were written with', () => {
  expect(declared.map((step) => exampleOf(step).key)).toMatchSnapshot()
})

test.each(declared.map((step) => [exampleOf(step).key, step] as const))(
  'the key %s is read as the step that wrote it, there and back',
  (key, step) => {
    const scope = Object.fromEntries(step.scope.map((part: Scope) => [part, example[part]]))
    const said = { declaration: step, scope }
    expect(readKey(key)).toEqual({ ...said, onWayBack: false })
    expect(readKey(keyOnWayBack(key))).toEqual({ ...said, onWayBack: true })
    if (step.kind === 'pause' && step.name !== '') {
      expect(readKey(keyOfPause(key))).toEqual({ ...said, onWayBack: false })
    }
  },
)

test.each<[string, Declaration]>([
  ['fleet/unprotect', fleetSteps.unprotect],
  ['fleet/sizes', fleetSteps.restoreSizes],
  ['copy/take policy shop-blue cpu', copySteps.takePolicy],
  ['finish/default Web', colorPromotionSteps.moveDefault],
  ['finish/default of Web', colorPromotionSteps.defaultNow],
  ['standby/minimum shop-blue', standbySteps.lowerMinimum],
  ['standby/minimum shop-blue 2', standbySteps.lowerMinimumAgain],
  ['hold/health/2', healthSteps.stopped],
  ['version/create web/api', colorVersionSteps.create],
])('the key %s is not taken for that of another step', (key, step) => {
  expect(readKey(key)?.declaration).toBe(step)
})

test('a key of another version says nothing', () => {
  expect(readKey('fleet/something new 3')).toBeUndefined()
  expect(readKey('nowhere/at all')).toBeUndefined()
})

test('the task of a stored key is that of its step, and the way back is a task of its own', () => {
  expect(['weights/set pay-ALB:80 50', 'return/weights/all pay-ALB:80', 'plan/f1n6e4'].map(taskOf)).toEqual([
    'weights',
    'return',
    undefined,
  ])
})

test('records of a step are found whatever their scope, in their order', () => {
  const steps = [
    record('return/weights/set pay-ALB:80 10', 3, 2, 3),
    record('weights/set pay-ALB:443 50', 2, 1, 2),
    record('weights/set pay-ALB:80 50', 1, 0, 1),
    record('weights/stand 50', 4, 3, 4),
  ]
  expect(
    recordsOf(steps, trafficSteps.set).map(({ scope, onWayBack }) => [scope.route, scope.share, onWayBack]),
  ).toEqual([
    ['pay-ALB:80', '50', false],
    ['pay-ALB:443', '50', false],
    ['pay-ALB:80', '10', true],
  ])
})
