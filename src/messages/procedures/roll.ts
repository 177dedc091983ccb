import type { Plan } from '../../domain/operation/plan'
import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code, words } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

type Roll = RequestOf<'roll'>

/** The template version that it goes to, as far as it is known. */
const targetOf = ({ templateVersion }: Roll, plan: Plan | undefined): string => {
  const target = plan?.template?.target
  return String(templateVersion ?? (target?.how === 'existing' ? target.number : ''))
}

export const roll: ProcedureView<Roll> = {
  title: (request, plan, { language }) => copy[language].roll.title(request.service, targetOf(request, plan)),
  success: ({ request, plan }, { language }) =>
    copy[language].roll.done(
      code(request.service),
      plan ? code(plan.version) : words(copy[language].previousVersion),
    ),
  commandText: ({ service, templateVersion = '' }, reason) =>
    writeCommandText('roll', [service, String(templateVersion)], { reason }),
}
