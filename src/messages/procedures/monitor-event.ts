import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const monitorEvent: ProcedureView<RequestOf<'monitor-event'>> = {
  title: ({ service, event }, plan, { language }) =>
    copy[language].monitorEvent.title(service, plan?.follow?.event.name ?? event),
  success: ({ request, plan }, { language }) =>
    copy[language].monitorEvent.done(code(plan?.follow?.event.name ?? request.event)),
  // Nobody asks for it: the list of events shows what it looks at.
  commandText: ({ service }) => writeCommandText('schedules', [service], {}),
}
