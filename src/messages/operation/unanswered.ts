import type { Operation } from '../../domain/operation/operation'
import { reason } from '../../domain/reasons/reason'
import { bilingual, type Locale } from '../locale'
import { reasonRow } from '../reasons/reasons'
import { nothing, say, type Phrase } from '../text/phrase'

const text = bilingual({
  en: 'Nothing is decided meanwhile: it is tried again, ever more rarely, and goes on by itself.',
  ko: '그동안에는 아무것도 결정하지 않습니다. 간격을 늘려 가며 다시 시도하고, 응답이 오면 자동으로 계속합니다.',
})

/** That AWS has not answered for a while, since when, and what would help. */
export function unansweredRow(
  { steps, ending }: Pick<Operation, 'steps' | 'ending'>,
  locale: Locale,
): Phrase {
  if (ending) return nothing
  const silent = steps.findLast(
    ({ state, unanswered }) => unanswered?.told === true && (state === 'waiting' || state === 'intended'),
  )?.unanswered
  if (!silent) return nothing
  const { action, awsCode, aws, since } = silent
  const why = reason('aws_unanswered', { action, awsCode, aws, since })
  return say`⚠️ ${reasonRow(why, locale)} ${text[locale.language]}`
}
