import { createRequire } from 'node:module'
import { types } from 'node:util'
import { TestEnvironment } from 'jest-environment-node'

const require = createRequire(import.meta.url)

/** Intl's answer takes most of the time of what reckons in zones; an offset holds for a quarter of an hour at least. */
const rememberOffsets = () => {
  const { IANAZone } = require('luxon')
  const { offset } = IANAZone.prototype
  /** @type {Map<string, number>} */
  const known = new Map()
  /** @this {{ readonly name: string }} @param {number} at */
  IANAZone.prototype.offset = function (at) {
    const key = `${this.name} ${Math.floor(at / 900_000)}`
    const found = known.get(key) ?? offset.call(this, at)
    known.set(key, found)
    return found
  }
}
let remembers = false

/** Node's environment, in which packages that are loaded once a process (`node-modules-once`) meet the tests' own code. */
export default class SharedPackages extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} given */
  constructor(...given) {
    super(...given)
    // Not as this file is loaded: Jest has its transforms on what is required then.
    if (!remembers) rememberOffsets()
    remembers = true
    const { global } = this
    global[Symbol.for('rollcall.require')] = require
    // One class for both sides of the wall, where a package asks whether what it is given is one.
    for (const shared of [Date, Map, Set]) global[shared.name] = shared
    const InnerError = global.Error
    Object.defineProperty(InnerError, Symbol.hasInstance, {
      /** @this {Function} @param {unknown} value */
      value(value) {
        return this === InnerError
          ? types.isNativeError(value)
          : Function.prototype[Symbol.hasInstance].call(this, value)
      },
    })
  }
}
