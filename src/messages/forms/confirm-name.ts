import type { ShownPlan } from '../../domain/interaction/command'
import type { Form } from '../../ports/chat'
import { section } from '../kit/blocks'
import { textInput } from '../kit/inputs'
import { bilingual, type Locale } from '../locale'
import { josa } from '../text/josa'
import { bold, code, lines, say } from '../text/phrase'
import { filled, type FormValues } from './command-text'
import { form } from './form'
import type { FormMetadata } from './private-metadata'

const text = bilingual({
  en: {
    title: 'Take it down for good',
    what: (service: string) =>
      say`${bold('All of the plan is deleted for good:')} ${code(service)} serves nobody from its first step on.`,
    how: (service: string) => say`Type ${code(service)} to confirm the plan that is on your screen.`,
    label: 'Name of the service',
    submit: 'Take down',
    wrong: (service: string) => `That is not its name: type ${service}, letter for letter.`,
  },
  ko: {
    title: '완전히 철거',
    what: (service: string) =>
      say`${bold('계획의 모든 항목을 완전히 삭제합니다.')} 첫 단계부터 ${code(service)} 서비스가 중단됩니다.`,
    how: (service: string) =>
      say`화면에 보이는 계획을 확인했다면 ${code(service)}${josa(service, '을를')} 입력하십시오.`,
    label: '서비스 이름',
    submit: '철거',
    wrong: (service: string) => `이름이 다릅니다. ${service}${josa(service, '을를')} 그대로 입력하십시오.`,
  },
})

const typedName = 'typed_name'

/** A plan that was on the screen, and the service's name as it was typed. */
export interface Confirmation extends ShownPlan {
  readonly typedName: string
}

/** The form that confirms what cannot be undone: the service's name is typed. */
export function confirmNameForm(
  facts: Locale & { readonly memory: FormMetadata & ShownPlan & { readonly service: string } },
): Form {
  const copy = text[facts.language]
  const { service } = facts.memory
  return form({
    ...facts,
    title: copy.title,
    submit: copy.submit,
    blocks: [
      section(lines(copy.what(service), copy.how(service))),
      textInput({ id: typedName, label: copy.label, most: 100, placeholder: service }),
    ],
  })
}

/** What was typed there, or what to correct; undefined where the form asks for something else. */
export const readConfirmNameForm = (
  values: FormValues,
  { operation, fingerprint, service }: FormMetadata,
  { language }: Locale,
): Confirmation | { readonly errors: Readonly<Record<string, string>> } | undefined => {
  if (operation === undefined || fingerprint === undefined || service === undefined) return undefined
  const typed = filled(values, typedName)
  return typed === service
    ? { operation, fingerprint, typedName: typed }
    : { errors: { [typedName]: text[language].wrong(service) } }
}
