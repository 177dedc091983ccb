import type { RequestOf } from '../../domain/operation/request'
import { eventRows } from '../events/event'
import { sizeWords, writeCommandText } from '../forms/command-text'
import { code, lines, nothing } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const schedule: ProcedureView<RequestOf<'schedule'>> = {
  title: ({ service, name = '' }, _plan, { language }) => copy[language].schedule.title(service, name),
  success: ({ id, request, plan }, locale) =>
    lines(
      copy[locale.language].schedule.done(code(request.service), code(id)),
      plan?.schedule?.event ? eventRows(plan.schedule.event, locale) : nothing,
    ),
  commandText: ({ service, said, name = '', ...sizes }, reason) =>
    writeCommandText('schedule', [service, said, ...sizeWords(sizes)], { name, reason }),
  buttons({ id, request: { service }, ending }, { language }) {
    if (ending?.kind !== 'succeeded') return []
    const { change, cancel } = copy[language].schedule
    return [
      { verb: 'open_form', label: change, value: { form: 'reschedule', service, event: id } },
      { verb: 'run_command', label: cancel, value: { line: `unschedule ${id}` } },
    ]
  },
}
