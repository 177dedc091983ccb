import * as fc from 'fast-check'
import { nextToStandby, instancesPerCall } from '../../../../src/domain/blue-green/drain-to-standby'
import { fleetOf } from './groups'

const many = (count: number, lifecycle = 'InService') => Array.from({ length: count }, () => lifecycle)
const lifecycles = fc.array(
  fc.constantFrom('InService', 'sick', 'Pending', 'Standby', 'EnteringStandby', 'Terminating'),
  { maxLength: 45 },
)

describe('a color on its way into Standby', () => {
  const move = (leaving: readonly string[], staying: readonly string[], patient = true) =>
    nextToStandby(fleetOf('old', leaving), fleetOf('new', staying), { minimum: 2, mayWait: patient })

  it('goes nineteen at a time, what AWS would refuse in one call otherwise', () => {
    const next = move(many(45), many(45))
    expect(next.kind === 'enter' && next.instances).toHaveLength(instancesPerCall)
  })

  it('never moves while the other one is not whole by itself', () => {
    fc.assert(
      fc.property(lifecycles, lifecycles, fc.boolean(), (leaving, staying, patient) => {
        const whole =
          staying.every((one) => one !== 'sick' && one !== 'Pending') &&
          staying.filter((one) => one === 'InService').length >= 2
        const next = move(leaving, staying, patient)
        if (!whole) expect(['wait', 'finished']).toContain(next.kind)
      }),
    )
  })

  it('moves only what is in service, whether healthy or not, and is finished when nothing takes part', () => {
    fc.assert(
      fc.property(lifecycles, (leaving) => {
        const next = move(leaving, many(3))
        const old = fleetOf('old', leaving).group
        if (next.kind === 'enter')
          for (const id of next.instances)
            expect(old.instances.find((one) => one.id === id)?.lifecycle).toBe('InService')
        const takesPart = old.instances.some(({ lifecycle }) => /^(InService|Pending)/.test(lifecycle))
        expect(next.kind === 'finished').toBe(!takesPart)
      }),
    )
  })

  it('waits for what only starts, so that it can be kept too, and then lets it go', () => {
    expect(move(['Pending', 'Standby'], many(3))).toEqual({ kind: 'wait' })
    expect(move(['Pending', 'Standby'], many(3), false)).toEqual({ kind: 'drop' })
  })
})
