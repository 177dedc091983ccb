import type { Operation } from '../../domain/operation/operation'
import type { RequestOf } from '../../domain/operation/request'
import { resourceOf } from '../../domain/provision/planned'
import { provisionSteps } from '../../domain/steps/provision'
import { outcomeOf } from '../../domain/steps/records'
import { writeCommandText } from '../forms/command-text'
import { code, nothing, type Phrase } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const provision: ProcedureView<RequestOf<'provision'>> = {
  title: ({ service }, _plan, { language }) => copy[language].provision.title(service),
  success: (operation, { language }) => {
    const { request, plan } = operation
    const version = plan?.version ? code(plan.version) : nothing
    const { done, fixed } = copy[language].provision
    const isBuilt = !plan?.provision || resourceOf(plan.provision, 'group')?.state === 'make'
    return (isBuilt ? done : fixed)(code(request.service), version, addressOf(operation))
  },
  commandText: ({ service, adopt = false }, reason) =>
    writeCommandText('provision', [service], { adopt, reason }),
  failureWords: (service, language) => copy[language].provision.failed(service),
}

/** The load balancer's address, as it was seen when all served. */
const addressOf = ({ steps }: Operation): Phrase => {
  const address = outcomeOf(steps, provisionSteps.serves)
  return typeof address === 'string' && address !== '' ? code(address) : nothing
}
