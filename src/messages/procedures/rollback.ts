import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code, words } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const rollback: ProcedureView<RequestOf<'rollback'>> = {
  title: ({ service }, plan, { language }) => copy[language].rollback.title(service, plan?.version ?? ''),
  success: ({ request, plan }, { language }) =>
    copy[language].rollback.done(
      code(request.service),
      plan ? code(plan.version) : words(copy[language].previousVersion),
    ),
  commandText: ({ service, operation = '' }, reason) =>
    writeCommandText('rollback', [service, operation], { reason }),
}
