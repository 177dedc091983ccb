import type { Service } from '../../domain/catalogue/catalogue'
import { writeDuration } from '../../domain/time/duration'
import { hour, minute, type Milliseconds } from '../../domain/time/time'
import type { Form } from '../../ports/chat'
import { section } from '../kit/blocks'
import { textInput, select, ticks, type Choice } from '../kit/inputs'
import { bilingual, type Language, type Locale } from '../locale'
import { blueprintRows } from '../provision/plan'
import { duration } from '../text/numbers'
import { words } from '../text/phrase'
import { form } from './form'
import { serviceSelect } from './service-select'
import { filled, isTicked, writeCommandText, wrong, type FormValues, type FormResult } from './command-text'
import type { FormMetadata } from './private-metadata'

/** Commands that want a service and little else. */
const serviceForms = [
  'roll',
  'rollback',
  'swap',
  'finish',
  'images',
  'update-image',
  'prune',
  'provision',
  'teardown',
  'cancel',
  'lock',
  'unlock',
] as const
export type ServiceForm = (typeof serviceForms)[number]
export const isServiceForm = (form: string): form is ServiceForm => serviceForms.some((one) => one === form)

export interface ServiceFormFacts extends Locale {
  readonly kind: ServiceForm
  readonly memory: FormMetadata
  readonly services: readonly string[]
  readonly known: { readonly service?: string }
  /** The service that was chosen, where there is more to show of it. */
  readonly chosen?: Service
}

const ids = {
  service: 'service',
  version: 'template_version',
  reason: 'reason',
  duration: 'duration',
  options: 'options',
} as const

const text = bilingual({
  en: {
    title: {
      roll: 'Roll to a version',
      rollback: 'Roll back',
      images: 'Images',
      'update-image': 'Newest image',
      prune: 'Prune',
      provision: 'Build a fleet',
      teardown: 'Take a fleet down',
      swap: 'Swap the colors',
      finish: 'Finish a swap',
      cancel: 'Cancel',
      lock: 'Lock',
      unlock: 'Unlock',
    },
    what: {
      roll: 'Replaces the instances with an existing version of the launch template.',
      rollback: 'Takes the service back to the version before its last deploy.',
      images: 'Lists the versions that have an image, and where each is used.',
      prune:
        'Deletes old images and template versions that Rollcall made and nobody needs. The plan is shown first.',
      provision:
        'Builds what rollcall.yaml says of the service, or fixes what drifted. The plan with every figure is shown first.',
      teardown:
        'Deletes what was built for the service, drained first. The plan with every id is shown before, and its name is typed to confirm.',
      'update-image': 'Moves the launch template to the newest image. Instances that run are not touched.',
      swap: 'Brings the idle color up on the same version and takes the other one out of service.',
      finish: 'Terminates what stands by of the old color. After that a rollback launches new instances.',
      cancel: 'Stops what runs on the service at the next safe point.',
      lock: 'No new deploy starts while the service is locked.',
      unlock: 'New deploys may start again.',
    },
    service: 'Service',
    all: 'All services',
    version: 'Template version',
    versionHint: 'A number; the newest when left empty.',
    badVersion: 'A template version is a whole number from 1.',
    reason: 'Why',
    for: 'How long',
    open: 'Until someone unlocks it',
    dryRun: 'Dry run: show the plan, change nothing',
    adopt: 'Take over what bears the names and is nobody’s',
    withImages: 'Delete the images that Rollcall baked for it as well',
    byId: 'Give security groups by id, where the template names them',
    options: 'Options',
    missing: 'Choose a service.',
    missingReason: 'Say why, for whoever runs into the lock.',
    noServices: 'You may not use this on any service.',
    noBlueprints: 'None of your services says in rollcall.yaml, under fleet, how it is built.',
  },
  ko: {
    title: {
      roll: '템플릿 버전으로 교체',
      rollback: '되돌리기',
      images: '이미지 조회',
      'update-image': '이미지 갱신',
      prune: '이미지 정리',
      provision: '리소스 구성',
      teardown: '리소스 철거',
      swap: '색상 전환',
      finish: '전환 마무리',
      cancel: '취소',
      lock: '잠금',
      unlock: '잠금 해제',
    },
    what: {
      roll: '이미 있는 시작 템플릿 버전으로 인스턴스를 교체합니다.',
      rollback: '마지막 배포 이전 상태로 서비스를 되돌립니다.',
      images: '이미지가 있는 버전과 쓰이는 곳을 보여 줍니다.',
      prune: 'Rollcall이 만들었고 쓰이지 않는 이미지와 템플릿 버전을 삭제합니다. 계획을 먼저 보여 줍니다.',
      provision:
        'rollcall.yaml에 적힌 대로 리소스를 구성하거나 달라진 것을 맞춥니다. 모든 수치가 담긴 계획을 먼저 보여 줍니다.',
      teardown:
        '서비스용으로 구성한 리소스를 0대로 줄인 뒤 삭제합니다. 모든 ID가 담긴 계획을 먼저 보여 주고, 서비스 이름을 입력해 확인합니다.',
      'update-image': '시작 템플릿을 최신 이미지로 바꿉니다. 실행 중인 인스턴스는 그대로 둡니다.',
      swap: '같은 버전으로 유휴 색상을 시작해 서비스를 넘기고, 기존 색상을 서비스에서 뺍니다.',
      finish: '대기 중인 이전 색상의 인스턴스를 종료합니다. 이후에는 새 인스턴스로 되돌립니다.',
      cancel: '진행 중인 작업을 다음 안전 지점에서 멈춥니다.',
      lock: '잠금 중에는 새 배포를 시작할 수 없습니다.',
      unlock: '새 배포를 다시 시작할 수 있습니다.',
    },
    service: '서비스',
    all: '전체 서비스',
    version: '템플릿 버전',
    versionHint: '숫자로 입력하며, 비워 두면 최신 버전을 사용합니다.',
    badVersion: '템플릿 버전은 1 이상의 정수입니다.',
    reason: '사유',
    for: '기간',
    open: '직접 해제할 때까지',
    dryRun: '모의 실행: 변경 없이 계획만 보기',
    adopt: '이름이 같고 소유자가 없는 리소스 인수',
    withImages: 'Rollcall이 만든 이미지도 삭제',
    byId: '템플릿에 이름으로 지정된 보안 그룹을 ID로 바꾸기',
    options: '옵션',
    missing: '서비스를 선택하십시오.',
    missingReason: '잠금을 보게 될 사람을 위해 사유를 입력하십시오.',
    noServices: '이 명령을 사용할 수 있는 서비스가 없습니다.',
    noBlueprints: 'rollcall.yaml의 fleet 항목에 구성 방법이 적힌 서비스가 없습니다.',
  },
})

const spans: readonly Milliseconds[] = [
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  12 * hour,
  24 * hour,
  72 * hour,
]
const open = 'open'

/** Those that can show their plan first. */
const planned: ReadonlySet<ServiceForm> = new Set([
  'roll',
  'rollback',
  'update-image',
  'prune',
  'provision',
  'teardown',
])

/** What can be chosen: the services, and all of them at once where that makes sense. */
export const serviceChoices = (
  form: string | undefined,
  services: readonly string[],
  language: Language,
): readonly Choice[] => [
  ...(form === 'lock' || form === 'unlock' ? [{ value: '*', label: text[language].all }] : []),
  ...services.map((service) => ({ value: service, label: service })),
]

/** The form of a command that wants a service and little else. */
export function serviceForm(facts: ServiceFormFacts): Form {
  const copy = text[facts.language]
  const { kind, services, known } = facts
  const base = { ...facts, memory: { ...facts.memory, form: kind }, title: copy.title[kind] }
  if (services.length === 0)
    return form({
      ...base,
      blocks: [section(words(kind === 'provision' ? copy.noBlueprints : copy.noServices))],
    })
  return form({
    ...base,
    submit: copy.title[kind],
    blocks: [
      section(words(copy.what[kind])),
      serviceSelect(
        {
          id: ids.service,
          label: copy.service,
          choices: serviceChoices(kind, services, facts.language),
          ...(known.service !== undefined && { chosen: known.service }),
          // Its figures are shown once it is chosen.
          ...(kind === 'provision' && { dispatches: 'choose_service' }),
        },
        facts.language,
      ),
      kind === 'provision' && facts.chosen?.fleet ? section(blueprintRows(facts.chosen, facts)) : undefined,
      kind === 'roll'
        ? textInput({
            id: ids.version,
            label: copy.version,
            hint: copy.versionHint,
            optional: true,
            most: 6,
            placeholder: '3',
          })
        : undefined,
      kind === 'lock'
        ? select({
            id: ids.duration,
            label: copy.for,
            choices: [
              { value: open, label: copy.open },
              ...spans.map((span) => ({ value: String(span), label: duration(span, facts.language) })),
            ],
            chosen: open,
          })
        : undefined,
      kind === 'cancel' || kind === 'unlock' || kind === 'images'
        ? undefined
        : textInput({ id: ids.reason, label: copy.reason, optional: kind !== 'lock', most: 300 }),
      planned.has(kind)
        ? ticks({
            id: ids.options,
            label: copy.options,
            choices: [
              { value: 'dry-run', label: copy.dryRun },
              ...(kind === 'provision' ? [{ value: 'adopt', label: copy.adopt }] : []),
              ...(kind === 'teardown' ? [{ value: 'images', label: copy.withImages }] : []),
              ...(kind === 'update-image' ? [{ value: 'security-groups-by-id', label: copy.byId }] : []),
            ],
          })
        : undefined,
    ],
  })
}

/** The line of chat that the filled form stands for. */
export function readServiceForm(kind: ServiceForm, values: FormValues, { language }: Locale): FormResult {
  const copy = text[language]
  const service = filled(values, ids.service)
  const reason = filled(values, ids.reason)
  const number = filled(values, ids.version)
  const span = Number(filled(values, ids.duration))
  if (service === '') return wrong(ids.service, copy.missing)
  if (kind === 'roll' && number !== '' && !/^[1-9]\d*$/.test(number))
    return wrong(ids.version, copy.badVersion)
  if (kind === 'lock' && reason === '') return wrong(ids.reason, copy.missingReason)
  const commandText = writeCommandText(kind, [service, kind === 'roll' ? number : ''], {
    reason,
    for: spans.includes(span) ? writeDuration(span) : '',
    adopt: isTicked(values, ids.options, 'adopt'),
    images: isTicked(values, ids.options, 'images'),
    'security-groups-by-id': isTicked(values, ids.options, 'security-groups-by-id'),
    'dry-run': isTicked(values, ids.options, 'dry-run'),
  })
  return { commandText }
}
