import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { takenDownRows } from '../provision/teardown'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const teardown: ProcedureView<RequestOf<'teardown'>> = {
  title: ({ service }, _plan, { language }) => copy[language].teardown.title(service),
  success: takenDownRows,
  commandText: ({ service, images = false }, reason) =>
    writeCommandText('teardown', [service], { images, reason }),
  finalWords: (language) => copy[language].teardown.final,
}
