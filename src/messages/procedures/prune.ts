import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { pruneCounts, prunedRows } from '../images/prune'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const prune: ProcedureView<RequestOf<'prune'>> = {
  title: ({ service }, plan, locale) =>
    copy[locale.language].prune.title(service, plan?.prune ? pruneCounts(plan.prune, locale) : ''),
  success: prunedRows,
  commandText: ({ service }, reason) => writeCommandText('prune', [service], { reason }),
  finalWords: (language) => copy[language].prune.final,
}
