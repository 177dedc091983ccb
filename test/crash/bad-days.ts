import { createHash } from 'node:crypto'
import type { Operation } from '../../src/domain/operation/operation'
import { isReadOnly } from '../../src/domain/procedures'
import { hour, minute, type Milliseconds } from '../../src/domain/time/time'
import { callOf } from '../../src/sandbox/aws/wire/calls'
import { type BadAnswer, badAnswers } from '../support/bad-answers'
import { watchLosses } from '../support/losses'
import { chosen, extentOfLong, sampleSeed } from '../support/sample'
import { simulate } from '../support/simulation'
import { violations } from './invariants'
import { type Played, standOf, wrongWith } from './judgement'
import type { Scenario } from './scenario'

/*
 * AWS on bad days: from one call on, every call of the worker's (or every one of a kind) meets the same bad answer, for a
 * span or for good. A span is waited out, told within a minute, and the end is that of any other day; for good, it is
 * refused with nothing changed, or all that is left is named. No fleet is taken back for it, nor below its minimum.
 */

const oneIn = 25

/** How long it lasts. */
const spans = {
  'for five minutes': 5 * minute,
  'for three hours': 3 * hour,
  'for good': Number.POSITIVE_INFINITY,
}
type Span = keyof typeof spans

interface BadDay {
  readonly name: string
  readonly bad: BadAnswer
  readonly span: Span
  /** Which call it begins with: the first of that action, where one is named. */
  readonly from: number
  /** The one action that meets it; every one where absent. */
  readonly action?: string
}

/**
 * People are told within a minute of a call that is waited for. One that may be left out can come up to a minute before, so that
 * the calls alone, of which nobody knows what they are for, may go on for twice as long.
 */
const tellWithin: Milliseconds = minute
/** A plan waits an hour, a change that alone is not answered an hour, a look a day, and so does each on the way back. */
const longest: Milliseconds = 12 * 24 * hour

interface Met {
  /** The first call that met it, and the last; and the first of those that followed each other without a minute between. */
  first?: number
  last: number
  spell: number
  /** How long such calls went on before the operation told of it. */
  untold: number
  actions: Set<string>
  /** The calls of the worker's. */
  calls: string[]
  /** When the operation told of it first. */
  toldAt?: number
  /** How long after the beginning that it names. */
  toldAfter: number
}

interface Outcome extends Played {
  readonly met: Met
  readonly lost: () => readonly string[]
}

const toldOf = ({ steps }: Operation) =>
  steps.flatMap(({ unanswered }) => (unanswered?.told ? [unanswered] : []))

const play = async (scenario: Scenario, day?: BadDay): Promise<Outcome> => {
  const met: Met = { last: 0, spell: 0, untold: 0, toldAfter: 0, actions: new Set(), calls: [] }
  let armed = false
  let over: number | undefined
  const isOn = (now: number) => met.first !== undefined && (over === undefined || now < over)
  const simulation = simulate({
    ...scenario.world,
    // Only where time passes as in life is it noticed that nobody could look.
    asInLife: day !== undefined,
    everyLook: () => isOn(simulation.clock.now()),
    inTheWay: async (request, send, clock) => {
      const { action } = callOf(request)
      if (!armed) return send()
      met.calls.push(action)
      const isMeant = day !== undefined && (day.action === undefined || day.action === action)
      if (!isMeant || met.calls.length <= day.from) return send()
      met.first ??= clock.now()
      over ??= met.first + spans[day.span]
      if (clock.now() >= over) return send()
      met.actions.add(action)
      // What may be left out is asked for once, and nothing waits for it.
      if (clock.now() - met.last > minute) met.spell = clock.now()
      met.last = clock.now()
      if (met.toldAt === undefined) met.untold = Math.max(met.untold, met.last - met.spell)
      return day.bad.answer(request, send, clock)
    },
  })
  simulation.store.journal.onChange(() => {
    if (met.first === undefined || met.toldAt !== undefined) return
    // Also what starts by itself meanwhile tells of it, each in its own message.
    const [told] = [...simulation.known].flatMap((known) => {
      const operation = simulation.store.standing(known)
      return operation ? toldOf(operation) : []
    })
    if (!told) return
    met.toldAt = simulation.clock.now()
    met.toldAfter = met.toldAt - told.since
  })
  await scenario.before?.(simulation)
  simulation.reboot()
  const before = standOf(simulation)
  const from = simulation.aws.calls().length
  const losses = watchLosses(simulation.aws)
  armed = true
  const id = await simulation.start(scenario.operation)
  const operation = await simulation.untilOver(id, longest)
  // What it leaves to others comes to its end too.
  if (day?.span !== 'for good') await simulation.untilEnded(longest)
  armed = false
  return { simulation, operation, before, calls: simulation.aws.calls().slice(from), met, lost: losses.told }
}

/** Whether the plan was refused at once: credentials that nobody knows do not get better by waiting. */
const isRefusedAtOnce = ({ operation }: Outcome): boolean =>
  operation.ending?.kind === 'refused' && operation.ending.reason?.code.startsWith('aws_') === true

/** What is for an instant comes too late after hours, and is refused by then or has been. */
const isOnTime = ({ name, operation }: Scenario): boolean =>
  /schedule|monitor-event|detect-drift/.test(operation.request.procedure) || /before an event/.test(name)

/** What customers meet is looked at, and where AWS does not tell, the verdict waits: no step does. */
const isOnlyLookedAt = ({ actions }: Met): boolean =>
  [...actions].every((action) => action === 'GetMetricData' || action === 'DescribeAlarms')

/** What was wrong, in words. */
const attempt = async (scenario: Scenario, day: BadDay, usual: Outcome): Promise<readonly string[]> => {
  const outcome = await play(scenario, day)
  const { operation, met } = outcome
  const { ending } = operation
  if (met.first === undefined) return []
  // All went through in the first look after it: nobody had the time to cancel.
  if (scenario.ending === 'cancelled' && operation.signals.length === 0 && ending?.kind === 'succeeded')
    return []
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(words))
  const isAsUsual = day.span === 'for five minutes' || (day.span === 'for three hours' && !isOnTime(scenario))
  if (isReadOnly(operation.request) || isRefusedAtOnce(outcome) || !isAsUsual)
    wrong.push(...wrongWith(outcome, usual.simulation))
  else wrong.push(...violations(scenario, outcome, usual))
  if (isRefusedAtOnce(outcome)) {
    const facts = JSON.stringify(ending?.reason?.facts)
    rule(
      [...met.actions].some((action) => facts.includes(action)),
      `no call is named: ${facts}`,
    )
    const code = ending?.reason?.facts['awsCode']
    rule(typeof code === 'string' && day.bad.code.test(code), `told as ${facts}`)
  }
  rule(met.toldAfter <= tellWithin, `told after ${met.toldAfter / 1000} s`)
  // A watched window is looked at once a minute.
  const looks = scenario.name.includes('window watched') ? minute : 0
  rule(isOnlyLookedAt(met) || met.untold <= 2 * tellWithin + looks, `not told for ${met.untold / 1000} s`)
  if (ending?.kind === 'succeeded') rule(toldOf(operation).length === 0, 'still told when it is over')
  return wrong.map((words) => `${day.name}, ${ending?.kind} (${ending?.reason?.code}): ${words}`)
}

/** From 0 to 1, as good as by chance, and the same for the same seed. */
const drawn = (name: string): number =>
  createHash('sha256').update(`${sampleSeed}\n${name}`).digest().readUInt32BE() / 2 ** 32

/** One of these, by what it is for. */
const oneOf = <Value>(values: readonly Value[], what: string): readonly Value[] =>
  values.slice(Math.floor(drawn(what) * values.length)).slice(0, 1)

/** What one call may meet while all others are answered. */
const ofOneCall = badAnswers.filter(({ name }) => /^(500|a page, 503|a socket)/.test(name))
const passing = ['for five minutes', 'for three hours'] as const

/** Each bad answer from a call on that is drawn, each call that alone has none, and one of either kind for good. */
const daysOf = ({ name: scenario }: Scenario, calls: readonly string[]): readonly BadDay[] => {
  const fromCall = (bad: BadAnswer, span: Span): BadDay => {
    const from = Math.floor(drawn(`${scenario} ${bad.name} ${span}`) * calls.length)
    return { name: `${bad.name} ${span} from call ${from} of ${calls.length}`, bad, span, from }
  }
  const ofAction = (action: string, span: Span): readonly BadDay[] =>
    oneOf(ofOneCall, `${scenario} ${action}`).map((bad) => ({
      name: `${bad.name} to ${action} ${span}`,
      bad,
      span,
      from: 0,
      action,
    }))
  const actions = [...new Set(calls)]
  return [
    ...badAnswers.flatMap((bad) =>
      oneOf(passing, `${scenario} ${bad.name}`).map((span) => fromCall(bad, span)),
    ),
    ...actions.flatMap((action) => ofAction(action, 'for five minutes')),
    ...oneOf(badAnswers, `${scenario} for good`).map((bad) => fromCall(bad, 'for good')),
    ...oneOf(actions, `${scenario} for good`).flatMap((action) => ofAction(action, 'for good')),
  ]
}

/** Who watches does so until the end, whatever may be read meanwhile: there is no ending to judge where it is for good. */
const hasEnding = ({ operation, changesWithTime }: Scenario): boolean =>
  operation.request.procedure !== 'monitor-window' && changesWithTime === undefined

/** The bad days of these scenarios. */
export const badDaysSuite = (scenarios: readonly Scenario[]): void => {
  let [run, known] = [0, 0]
  describe.each(scenarios.filter(hasEnding).map((one) => [one.name, one] as const))(
    '%s',
    (suite, scenario) => {
      it('waits for AWS and says so, or is refused, or names what is left, whatever AWS answers', async () => {
        const usual = await play(scenario)
        const days = daysOf(scenario, usual.met.calls)
        const names = chosen(
          { extent: extentOfLong, seed: sampleSeed, suite: `bad days of ${suite}`, oneIn },
          days.map(({ name }) => name),
        )
        const failures: string[] = []
        for (const day of days)
          if (names.has(day.name)) {
            failures.push(
              ...(await attempt(scenario, day, usual).catch((error: unknown) => [
                `${day.name}: ${String(error)}`,
              ])),
            )
          }
        known += days.length
        run += names.size
        expect(failures).toEqual([])
      }, 600_000)
    },
  )

  afterAll(() => {
    process.stderr.write(`bad days: ${run} of ${known} played (${extentOfLong})\n`)
  })
}
