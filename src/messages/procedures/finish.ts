import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const finish: ProcedureView<RequestOf<'finish'>> = {
  title({ service }, plan, { language }) {
    const { title, titleOfWeights } = copy[language].finish
    return (plan?.colors?.weights ? titleOfWeights : title)(service, plan?.colors?.to ?? '')
  },
  success({ request, plan }, { language }) {
    const { done, doneByWeights } = copy[language].finish
    return (plan?.colors?.weights ? doneByWeights : done)(code(request.service), code(plan?.colors?.to ?? ''))
  },
  commandText: ({ service }, reason) => writeCommandText('finish', [service], { reason }),
}
