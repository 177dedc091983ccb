import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const bake: ProcedureView<RequestOf<'bake'>> = {
  title: ({ service, version }, _plan, { language }) => copy[language].bake.title(service, version),
  success: ({ request, plan }, { language }) =>
    copy[language].bake.done(code(plan?.image?.name ?? request.version)),
  commandText: ({ service, version, from = '', reboot }, reason) =>
    writeCommandText('bake', [service, version], { from, reboot, reason }),
}
