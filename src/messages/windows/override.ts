import type { Operation } from '../../domain/operation/operation'
import type { PlannedOverride } from '../../domain/operation/plan'
import { bilingual, type Locale } from '../locale'
import { moment } from '../text/moments'
import { bold, italic, mention, nothing, say, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    overrides: (window: Phrase, until: Phrase) =>
      say`🚨 ${bold(say`OVERRIDES the window ${window}`)}${until}`,
    until: (at: Phrase) => say`, closed until ${at}`,
    why: (why: Phrase) => say`: ${why}`,
    by: (who: Phrase) => say`. Asked by ${who}`,
  },
  ko: {
    overrides: (window: Phrase, until: Phrase) =>
      say`🚨 ${bold(say`변경 금지 기간 예외: ${window}`)}${until}`,
    until: (at: Phrase) => say`, 종료 ${at}`,
    why: (why: Phrase) => say`. 사유: ${why}`,
    by: (who: Phrase) => say`. 요청자: ${who}`,
  },
})

/** That a closed window is overridden, and why: shown loudly, before, while and after. */
export const overrideRow = (override: PlannedOverride, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const until = override.until === undefined ? nothing : copy.until(moment(override.until, locale))
  return say`${copy.overrides(say`${override.window}`, until)}${copy.why(italic(override.why))}`
}

/** The same of an operation, with whoever asked for it; nothing where it overrides none. */
export const overrideRowOf = ({ plan, requester }: Operation, locale: Locale): Phrase =>
  plan?.override
    ? say`${overrideRow(plan.override, locale)}${text[locale.language].by(mention(requester.user))}.`
    : nothing
