import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const monitorWindow: ProcedureView<RequestOf<'monitor-window'>> = {
  title: ({ service }, plan, { language }) =>
    copy[language].monitorWindow.title(service, plan?.version ?? '', plan?.watched?.kept ?? ''),
  success: ({ notes }, { language }) => {
    const { done, noticed } = copy[language].monitorWindow
    return notes.some(({ code }) => code === 'version_bad') ? noticed : done
  },
  // Nobody asks for it: the status of the service tells of the window that it looks at.
  commandText: ({ service }) => writeCommandText('status', [service], {}),
}
