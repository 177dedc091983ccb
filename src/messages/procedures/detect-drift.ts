import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const detectDrift: ProcedureView<RequestOf<'detect-drift'>> = {
  title: ({ service, about }, _plan, { language }) => {
    const { title, lostTitle } = copy[language].detectDrift
    return about === 'lost' ? lostTitle(service) : title(service)
  },
  success: (_operation, { language }) => copy[language].detectDrift.done,
  // Nobody asks for it: the list of events shows what it looks at.
  commandText: ({ service }) => writeCommandText('schedules', [service], {}),
}
