import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const swap: ProcedureView<RequestOf<'swap'>> = {
  title: ({ service }, plan, { language }) =>
    copy[language].swap.title(service, plan?.colors ? `${plan.colors.from} → ${plan.colors.to}` : ''),
  success: ({ request, plan }, { language }) =>
    copy[language].swap.done(code(request.service), code(plan?.version ?? ''), code(plan?.colors?.to ?? '')),
  commandText: ({ service, strategy = '', weights = [] }, reason) =>
    writeCommandText('swap', [service], { strategy, weights: weights.join(','), reason }),
}
