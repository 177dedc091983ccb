import { defined } from '../domain/defined'
import { essential, readOperation, serviceNamed, takeService, tooManyWords } from './arguments'
import { missingArgument, badValue } from './spec'
import { serviceOf } from '../domain/operation/id'
import { starting } from './starting'

export const rollback = starting({
  name: 'rollback',
  synonyms: {
    en: ['revert', 'undo', 'roll-back'],
    ko: ['롤백', '되돌리기', '되돌려', '되돌려줘', '원복', '복구'],
  },
  usage: 'rollback <service> [<operation>] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Takes the fleet back to what it served before its last deploy, or before the one you name.',
    ko: '마지막 배포(또는 지정한 작업) 이전 버전으로 되돌립니다.',
  },
  examples: { en: ['rollback web', 'rollback web web-k7f3q'], ko: ['되돌리기 web', 'web 되돌려줘'] },
  parse({ words, options, catalogue }, start) {
    const given = essential(words, catalogue)
    const ids = given.filter((word) => serviceNamed(word, catalogue) === undefined)
    const [word, extra] = ids.length < given.length || isId(ids[0]?.text) ? ids : []
    const operation = word && readOperation(word, catalogue)
    if (operation && !operation.ok) return operation
    if (extra) return tooManyWords(extra)
    const found = takeService(
      given.filter((other) => other !== word),
      catalogue,
    )
    if (!found.ok) return found
    if (found.others[0]) return tooManyWords(found.others[0])
    const service = found.service ?? serviceOf(operation?.id ?? '')
    if (service === undefined) return missingArgument('service', { form: 'rollback', known: {}, options })
    if (word && operation && serviceOf(operation.id) !== service) {
      return badValue('operation', word.text, `${service}-k7f3q`)
    }
    return start({ procedure: 'rollback', service, ...defined({ operation: operation?.id }) })
  },
})

const isId = (text: string | undefined): boolean => serviceOf(text?.toLowerCase() ?? '') !== undefined
