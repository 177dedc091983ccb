import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code, nothing, say } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const updateImage: ProcedureView<RequestOf<'update-image'>> = {
  title({ service }, plan, { language }) {
    const words = copy[language].updateImage
    // The image that it stays on is no news.
    const fixesOnly = plan?.template?.groupIds !== undefined && plan.before === undefined
    return fixesOnly ? words.titleOfFix(service) : words.title(service, plan?.version ?? '')
  },
  success({ request, plan }, { language }) {
    const words = copy[language].updateImage
    const service = code(request.service)
    return say`${words.done(service, code(plan?.version ?? ''))}${plan?.template?.groupIds ? words.fixed(service) : nothing}`
  },
  commandText: ({ service, securityGroupsById = false }, reason) =>
    writeCommandText('update-image', [service], { 'security-groups-by-id': securityGroupsById, reason }),
  rollbackText: (service, to, language) => copy[language].updateImage.rollback(service, to),
}
