/**
 * Jest's transform for the packages of `outsidePackages`: a test file gets what its worker process has loaded, instead of a
 * copy of its own. The AWS SDK, Bolt and BullMQ take seconds to load, and Jest would load them again for each of the
 * files; outside of the files' vm contexts they also run faster, for every look at a global is slow in there.
 */
export default {
  process: (/** @type {string} */ _source, /** @type {string} */ file) => ({
    code: `module.exports = globalThis[Symbol.for('rollcall.require')](${JSON.stringify(file)})`,
  }),
  getCacheKey: (/** @type {string} */ _source, /** @type {string} */ file) => `outside 1 ${file}`,
}
