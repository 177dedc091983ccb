import { createRequire } from 'node:module'
import { types } from 'node:util'
import { TestEnvironment } from 'jest-environment-node'

const require = createRequire(import.meta.url)

/** Node's environment, in which packages that are loaded once a process (`node-modules-once`) meet the tests' own code. */
export default class SharedPackages extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} given */
  constructor(...given) {
    super(...given)
    const { global } = this
    global[Symbol.for('rollcall.require')] = require
    // One class for both sides of the wall, where a package asks whether what it is given is one.
    for (const shared of [Date, Map, Set]) global[shared.name] = shared
    const InnerError = global.Error
    Object.defineProperty(InnerError, Symbol.hasInstance, {
      /** @this {Function} @param {unknown} value */
      value(value) {
        return this === InnerError ? types.isNativeError(value) : Function.prototype[Symbol.hasInstance].call(this, value)
      },
    })
  }
}
