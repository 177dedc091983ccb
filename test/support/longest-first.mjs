import Sequencer from '@jest/test-sequencer'

/** What takes long, the longest first; everything else follows in Jest's own order. */
const long = [
  'test/procedures/timetable',
  'test/crash/',
  'test/procedures/chaos',
  'test/acceptance/',
  'test/browser/',
  'test/procedures/',
  'test/contract/',
]

/** In a fresh clone Jest does not know what takes long, and would leave the smallest files, the crash suite, for last. */
export default class LongestFirst extends Sequencer {
  /** @template {{ readonly path: string }} Test @param {readonly Test[]} tests @returns {Test[]} */
  sort(tests) {
    /** @param {Test} test */
    const rank = ({ path }) => {
      const found = long.findIndex((start) => path.replaceAll('\\', '/').includes(start))
      return found < 0 ? long.length : found
    }
    /** @type {readonly Test[]} */
    const usual = super.sort(tests)
    return [...usual].sort((a, b) => rank(a) - rank(b))
  }
}
