import type { RequestOf } from '../../domain/operation/request'
import { eventRows } from '../events/event'
import { sizeWords, writeCommandText } from '../forms/command-text'
import { code, lines, nothing } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const reschedule: ProcedureView<RequestOf<'reschedule'>> = {
  title: ({ service, event }, plan, { language }) =>
    copy[language].reschedule.title(service, plan?.schedule?.event?.name ?? event),
  success: ({ request, plan }, locale) =>
    lines(
      copy[locale.language].reschedule.done(code(request.event)),
      plan?.schedule?.event ? eventRows(plan.schedule.event, locale) : nothing,
    ),
  commandText: ({ event, said = '', name = '', ...sizes }, reason) =>
    writeCommandText('reschedule', [event, said, ...sizeWords(sizes)], { name, reason }),
}
