import type { Cut } from '../support/cuts'
import { cutEverywhere } from '../support/harness'
import { stories } from './stories'

const cuts: readonly Cut[] = ['fail', 'lose', 'kill before', 'kill after', 'twice']

describe.each([...stories])('%s', (_name, story) => {
  test.each(cuts)(
    'comes to the same ending, once, with a %s at any of its calls',
    async (cut) => {
      expect(await cutEverywhere(story, cut)).toEqual([])
    },
    600_000,
  )
})
