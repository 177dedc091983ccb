import type { Reason } from '../../domain/reasons/reason'
import type { ButtonSpec } from '../kit/blocks'
import { bilingual, type Locale } from '../locale'
import { code, say } from '../text/phrase'
import type { ReasonCode } from '../../domain/reasons/reason-facts'

const text = bilingual({
  en: {
    fix: 'Mend…',
    ask: 'Mend the template?',
    consequence: (service: string) =>
      say`The launch template of ${code(service)} gets a version with its security groups by id, and moves to its newest image, where there is a newer one. Instances that run are not touched.`,
    yes: 'Mend it',
    no: 'No, leave it',
  },
  ko: {
    fix: '고치기…',
    ask: '시작 템플릿을 고치시겠습니까?',
    consequence: (service: string) =>
      say`${code(service)}의 시작 템플릿에 보안 그룹을 ID로 지정한 새 버전을 만들고, 더 새로운 이미지가 있으면 함께 갱신합니다. 실행 중인 인스턴스는 변경하지 않습니다.`,
    yes: '고치기',
    no: '아니요',
  },
})

const fixable: readonly ReasonCode[] = ['security_groups_by_name', 'security_groups_beside_interfaces']

/** The button that fixes what one of these reasons tells of; none where no button can. */
export function fixButton(
  reasons: readonly (Reason | undefined)[],
  service: string,
  { language }: Locale,
): ButtonSpec | undefined {
  if (!reasons.some((reason) => reason && fixable.includes(reason.code))) return undefined
  const copy = text[language]
  return {
    verb: 'run_command',
    key: 'mend',
    label: copy.fix,
    value: { line: `update-image ${service} --security-groups-by-id` },
    confirm: {
      title: copy.ask,
      text: copy.consequence(service),
      yes: copy.yes,
      no: copy.no,
    },
  }
}
