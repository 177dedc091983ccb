import { stories } from '../procedures/stories'
import type { Cut } from './cuts'
import { cutEverywhere } from './harness'

const cuts: readonly Cut[] = ['fail', 'lose', 'kill before', 'kill after', 'twice']

/** The crash harness for one procedure; a file of its own for each, so that they run side by side. */
export const tellWithCuts = (name: string): void => {
  describe(name, () => {
    test.each(cuts)(
      'comes to the same ending, once, with a %s at any of its calls',
      async (cut) => {
        const story = stories.get(name)
        if (!story) throw new Error(`there is no story "${name}"`)
        expect(await cutEverywhere(story, cut)).toEqual([])
      },
      900_000,
    )
  })
}
