import type { RequestOf } from '../../domain/operation/request'
import { sizes } from '../events/event'
import { sizeWords, writeCommandText } from '../forms/command-text'
import { code, words } from '../text/phrase'
import { copy } from './copy'
import type { ProcedureView } from './view'

type Scale = RequestOf<'scale'>

const commandText: ProcedureView<Scale>['commandText'] = (request, reason) => {
  const options = { 'after-cooldown': request.afterCooldown === true, reason }
  return writeCommandText('scale', [request.service, ...sizeWords(request)], options)
}

export const scale: ProcedureView<Scale> = {
  title: ({ service, desired }, _plan, { language }) => copy[language].scale.title(service, String(desired)),
  success: ({ request, plan }, locale) =>
    copy[locale.language].scale.done(
      code(request.service),
      words(plan?.group ? sizes(plan.group.after, locale) : request.desired),
    ),
  commandText,
  buttons({ request, plan, ending }, { language }) {
    // Also when what was to come did not come: nothing was taken back then.
    const isScaled = ending?.kind === 'succeeded' || ending?.kind === 'needs attention'
    if (!isScaled || !plan?.group) return []
    const { service } = request
    const { no, scale: own } = copy[language]
    const { before, after } = plan.group
    const { min, desired, max } = before
    const text = own.backText(service, before, desired - after.desired)
    const line = commandText({ procedure: 'scale', service, desired, min, max }, '')
    const confirm = { title: own.ask, text, yes: own.yes, no }
    return [{ verb: 'run_command', label: own.back(desired), value: { line }, confirm }]
  },
}
