import type { RequestOf } from '../../domain/operation/request'
import { writeCommandText } from '../forms/command-text'
import { code } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

export const deploy: ProcedureView<RequestOf<'deploy'>> = {
  title: ({ service, version }, _plan, { language }) => copy[language].deploy.title(service, version),
  success({ request: { service, version }, plan }, { language }) {
    const words = copy[language].deploy
    return plan?.colors
      ? words.doneOn(code(service), code(version), code(plan.colors.to))
      : words.done(code(service), code(version))
  },
  commandText({ service, version, strategy = '', weights = [], from = '', standby = '' }, reason) {
    const options = { strategy, weights: weights.join(','), from, standby, reason }
    return writeCommandText('deploy', [service, version], options)
  },
}
