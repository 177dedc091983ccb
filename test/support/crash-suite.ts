import { stories } from '../procedures/stories'
import type { CallPlace, Cut } from './cuts'
import { cutEverywhere } from './harness'

const cuts: readonly Cut[] = ['fail', 'lose', 'kill before', 'kill after', 'twice']

const reads =
  /^(groups\.(describe|tagged|refreshes|activities|scheduled|policies|all|configuration)|images\.(named|byId|instances|snapshot|tagged|holding)|templates\.(version|idOf|everywhere)|traffic\.(?!weigh)|securityGroups\.|room\.|alarms\.|journal\.(read|line|history|unfinished)|locks\.(of|all)|(appointments|calendar)\.of)/

/**
 * A read has no effect to lose or to die after: that would be the same as failing it. To die at one is to die after the
 * last write before it, for a process keeps nothing that is not written: those deaths are told at the writes.
 */
const makesSense = (cut: Cut, { method }: CallPlace): boolean =>
  !reads.test(method) || cut === 'fail' || cut === 'twice'

/** The crash harness for one procedure; a file of its own for each, so that they run side by side. */
export const tellWithCuts = (name: string): void => {
  describe(name, () => {
    test.each(cuts)(
      'comes to the same ending, once, with a %s at any of its calls',
      async (cut) => {
        const story = stories.get(name)
        if (!story) throw new Error(`there is no story "${name}"`)
        expect(await cutEverywhere(story, cut, (place) => makesSense(cut, place))).toEqual([])
      },
      900_000,
    )
  })
}
