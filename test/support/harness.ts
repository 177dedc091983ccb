import type { EndingKind, NewOperation, Operation } from '../../src/domain/operation'
import { readKey } from '../../src/domain/steps/read-key'
import { type CallPlace, type Cut, placeName } from './cuts'
import { type Checkpoint, type Rehearsal, rehearse, type Rehearsing } from './rehearsal'

/** A procedure in a rehearsal, told so that it can be told again with a cut at any of its calls. */
export interface Story {
  readonly how: Rehearsing
  /** Leads up to the operation that is cut, e.g. the deploy that a rollback undoes. Never cut itself. */
  readonly before?: (rehearsal: Rehearsal) => Promise<void>
  readonly operation: NewOperation
  readonly ending: EndingKind
  /** Cuts begin where the first step of such a key does: what leads there is cut in another story. */
  readonly cutFrom?: RegExp
  /** And end where the first step of such a key does: what follows is cut in another story. */
  readonly cutTo?: RegExp
  /** What must be true of the fleet at the end, whatever was cut. */
  readonly expectFleet: (rehearsal: Rehearsal) => void
}

/** One story told with one cut. */
interface Telling {
  readonly rehearsal: Rehearsal
  readonly operation: Operation
  readonly trace: readonly CallPlace[]
  readonly checkpoints: readonly Checkpoint[]
}

interface CutAt {
  readonly cut: Cut
  readonly place: CallPlace
}

/** Tells a story, with or without a cut; from a checkpoint, it gives nothing where that does not lead to the cut. */
const tell = async (story: Story, cut?: CutAt, from?: Checkpoint): Promise<Telling | undefined> => {
  let armed = false
  let fired = false
  const checkpoints: Checkpoint[] = []
  const rehearsal = rehearse({
    ...story.how,
    onTick: (take) => void (armed && !cut && checkpoints.push(take())),
    decide: (place) => {
      if (!armed || fired || !cut || placeName(place) !== placeName(cut.place)) return undefined
      fired = true
      return cut.cut
    },
  })
  await story.before?.(rehearsal)
  // The calls that led up to it do not count among the first ones of the process that is cut.
  rehearsal.reboot()
  rehearsal.trace.length = 0
  armed = true
  if (!from) await rehearsal.start(story.operation)
  else if (!(await rehearsal.resume(from))) return undefined
  await rehearsal.untilEnded()
  if (from && !fired) return undefined
  const operation = await rehearsal.operation(story.operation.id)
  return { rehearsal, operation, trace: rehearsal.trace, checkpoints }
}

const tellWhole = async (story: Story, cut?: CutAt): Promise<Telling> => {
  const told = await tell(story, cut)
  if (!told) throw new Error('a whole story is told')
  return told
}

/** Tells a story with a cut from the last tick on that began before it: what comes before is as in the quiet telling. */
const tellFrom = async (story: Story, quiet: Telling, cut: CutAt): Promise<Telling> => {
  const name = placeName(cut.place)
  const index = quiet.trace.findIndex((place) => placeName(place) === name)
  const from = quiet.checkpoints.findLast(({ traced }) => traced <= index)
  const { before, ...alone } = story
  // What leads up to it is repeated with the rest, unless that reached into AWS by other ways than its calls.
  return (
    (from && ((await tell(alone, cut, from)) ?? (before && (await tell(story, cut, from))))) ??
    tellWhole(story, cut)
  )
}

/** The places of a quiet telling that are worth a cut: waits look many times, and the first two looks stand for all. */
const placesOf = ({ cutFrom, cutTo }: Story, { trace, operation }: Telling): readonly CallPlace[] => {
  const steps = operation.steps.toSorted((a, b) => a.order - b.order)
  const placeOf = (pattern: RegExp | undefined, otherwise: number): number => {
    const found = pattern === undefined ? otherwise : steps.findIndex(({ key }) => pattern.test(key))
    if (found < 0) throw new Error(`no step of the story is ${pattern}`)
    return found
  }
  const from = placeOf(cutFrom, 0)
  const to = placeOf(cutTo, steps.length)
  const worth = trace.filter(({ occurrence, stage }) => occurrence < 2 && stage >= from && stage <= to)
  return [...new Map(worth.map((place) => [placeName(place), place])).values()]
}

/** Every rule that a telling broke, in words. */
const broken = (story: Story, { rehearsal, operation }: Telling, quiet?: Telling): readonly string[] => {
  const wrong: string[] = []
  const rule = (holds: boolean, words: string) => void (holds || wrong.push(words))
  rule(operation.ending?.kind === story.ending, `ended ${JSON.stringify(operation.ending)}`)
  rule(rehearsal.violations.length === 0, `healthy below minimum: ${JSON.stringify(rehearsal.violations[0])}`)
  const unread = operation.steps.filter(({ key }) => readKey(key) === undefined).map(({ key }) => key)
  rule(unread.length === 0, `keys that no step declares: ${unread.join(', ')}`)
  const owned = rehearsal.aws
    .view()
    .images.filter((image) => image.tags['rollcall:operation'] === operation.id)
  rule(owned.length <= 1, `${owned.length} images`)
  const made = rehearsal.aws
    .view()
    .templates.flatMap((template) => template.versions)
    .filter((version) => version.description?.includes(operation.id))
  rule(made.length <= 1, `${made.length} template versions`)
  const stray = rehearsal.aws
    .view()
    .images.map((image) => image.tags['rollcall:operation'])
    .filter((owner) => owner !== undefined && !rehearsal.known.has(owner))
  rule(stray.length === 0, `images of nobody: ${stray.join()}`)
  const [started, usual] = [rehearsal, (quiet ?? { rehearsal }).rehearsal].map(refreshesStarted)
  rule(started === usual, `${started} refreshes instead of ${usual}`)
  try {
    story.expectFleet(rehearsal)
  } catch (error) {
    wrong.push(error instanceof Error ? error.message.split('\n').slice(0, 12).join(' ') : String(error))
  }
  return wrong
}

/** Refreshes that AWS started. */
const refreshesStarted = ({ aws }: Rehearsal): number =>
  aws.calls().filter((call) => call.action === 'StartInstanceRefresh' && call.error === undefined).length

/** Tells a story with this cut at every place. Gives what broke, by place. */
export const cutEverywhere = async (
  story: Story,
  cut: Cut,
  applies: (place: CallPlace) => boolean = () => true,
): Promise<readonly string[]> => {
  const quiet = await tellWhole(story)
  const trouble = broken(story, quiet)
  if (trouble.length > 0) return [`without any cut: ${trouble.join('; ')}`]
  const failures: string[] = []
  for (const place of placesOf(story, quiet).filter(applies)) {
    const told = await tellFrom(story, quiet, { place, cut }).catch((error: unknown) => String(error))
    const wrong = typeof told === 'string' ? [told] : broken(story, told, quiet)
    if (wrong.length > 0) failures.push(`${cut} at ${placeName(place)}: ${wrong.join('; ')}`)
  }
  return failures
}
