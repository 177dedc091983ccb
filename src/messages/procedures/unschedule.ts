import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const unschedule: ProcedureView<RequestOf<'unschedule'>> = {
  title: ({ service, event }, plan, { language }) =>
    copy[language].unschedule.title(service, plan?.schedule?.event?.name ?? event),
  success: ({ request, plan }, { language }) =>
    copy[language].unschedule.done(code(plan?.schedule?.event?.name ?? request.event)),
  commandText: ({ event }, reason) => writeCommandText('unschedule', [event], { reason }),
}
