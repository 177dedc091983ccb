import type { Service } from '../domain/catalogue/catalogue'
import { parseFailure, type Failure, type Options } from './spec'

/** Weights say nothing to a service that does not go by them: a person who gives some expects that they count. */
export const weightsProblem = (
  service: Pick<Service, 'name' | 'strategy' | 'colors'>,
  asked: { readonly [Name in 'strategy' | 'weights']: Options[Name] | undefined },
): Failure | undefined => {
  const strategy = asked.strategy ?? service.strategy
  return asked.weights === undefined || strategy === 'canary'
    ? undefined
    : parseFailure({ code: 'weights_unfit', service: service.name, strategy })
}
