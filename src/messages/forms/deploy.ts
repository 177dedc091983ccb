import type { Strategy } from '../../domain/catalogue/strategy'
import { versionProblem } from '../../domain/images/image-names'
import type { Form } from '../../ports/chat'
import { context, section } from '../kit/blocks'
import { textInput, select, ticks, type Choice } from '../kit/inputs'
import { bilingual, type Language, type Locale } from '../locale'
import { strategyNames } from '../plan/strategies'
import { fromNow, plainMoment } from '../text/moments'
import { words } from '../text/phrase'
import { form } from './form'
import { serviceChoices } from './service'
import { serviceSelect } from './service-select'
import {
  filled,
  isTicked,
  quoted,
  writeCommandText,
  wrong,
  type FormValues,
  type FormResult,
} from './command-text'
import type { FormMetadata } from './private-metadata'
import type { KnownVersion } from '../../domain/queries'

export interface DeployFormFacts extends Locale {
  readonly kind: 'deploy' | 'bake'
  readonly memory: FormMetadata
  readonly services: readonly string[]
  readonly known: { readonly service?: string; readonly version?: string }
  /** Versions found among the images of the chosen service, newest first; absent while no service is chosen. */
  readonly versions?: readonly KnownVersion[]
  /** The version that the fleet runs now. */
  readonly current?: string
  /** Strategies that the chosen service can be deployed by, its own first. */
  readonly strategies?: readonly Strategy[]
  /** Set when the versions could not be found out. */
  readonly error?: boolean
}

/** The form's block_ids; the service's field tells of each choice under the verb `choose_service`. */
const ids = {
  service: 'service',
  version: 'version',
  newVersion: 'new_version',
  strategy: 'strategy',
  reason: 'reason',
  options: 'options',
} as const

const text = bilingual({
  en: {
    title: { deploy: 'Deploy', bake: 'Bake an image' },
    submit: { deploy: 'Deploy', bake: 'Bake' },
    service: 'Service',
    choose: 'Choose a service',
    version: 'Version',
    versionHint: 'Versions that already have an image, newest first.',
    newVersion: 'Or another version',
    newVersionHint: 'If it has no image yet, one is baked first.',
    serving: 'runs now',
    pending: 'image is being made',
    strategy: 'How',
    own: 'as the service is set up',
    reason: 'Why',
    reasonHint: 'Shown in the channel and in the history.',
    options: 'Options',
    dryRun: 'Dry run: show the plan, change nothing',
    reboot: 'Reboot the source for a consistent image',
    none: 'No image of this service was found. Type the version to bake and deploy.',
    error: 'AWS could not be asked for images. Type the version.',
    noServices: 'There is no service that you may deploy.',
    missingService: 'Choose a service.',
    missingVersion: 'Choose a version, or type another.',
    twoVersions: 'Either choose a version or type one, not both.',
    badVersion: (rule: string) => `Not a valid version: ${rule}`,
  },
  ko: {
    title: { deploy: '배포', bake: '이미지 생성' },
    submit: { deploy: '배포', bake: '생성' },
    service: '서비스',
    choose: '서비스를 선택하십시오',
    version: '버전',
    versionHint: '이미지가 있는 버전이며, 최신순입니다.',
    newVersion: '다른 버전 직접 입력',
    newVersionHint: '이미지가 없는 버전이면 먼저 이미지를 만듭니다.',
    serving: '현재 서비스 중',
    pending: '이미지 생성 중',
    strategy: '방식',
    own: '서비스 기본 설정',
    reason: '사유',
    reasonHint: '채널과 이력에 표시됩니다.',
    options: '옵션',
    dryRun: '모의 실행: 변경 없이 계획만 보기',
    reboot: '일관된 이미지를 위해 원본 인스턴스 재부팅',
    none: '이 서비스의 이미지를 찾지 못했습니다. 새로 만들 버전을 입력하십시오.',
    error: 'AWS에서 이미지를 조회하지 못했습니다. 버전을 직접 입력하십시오.',
    noServices: '배포할 수 있는 서비스가 없습니다.',
    missingService: '서비스를 선택하십시오.',
    missingVersion: '버전을 선택하거나 직접 입력하십시오.',
    twoVersions: '버전은 선택하거나 입력하거나 하나만 하십시오.',
    badVersion: (rule: string) => `버전으로 사용할 수 없습니다: ${rule}`,
  },
})

const versionChoice = (found: KnownVersion, facts: DeployFormFacts): Choice => {
  const copy = text[facts.language]
  const note =
    found.version === facts.current ? ` (${copy.serving})` : found.pending ? ` (${copy.pending})` : ''
  const made = `${plainMoment(found.createdAt, facts)} · ${fromNow(found.createdAt, facts)} · ${found.image}`
  return { value: found.version, label: `${found.version}${note}`, description: made }
}

const strategyChoices = (strategies: readonly Strategy[], language: Language): readonly Choice[] =>
  strategies.map((strategy, index) => ({
    value: strategy,
    label: index === 0 ? `${strategy} (${text[language].own})` : strategy,
    description: strategyNames[language][strategy],
  }))

/** The form of `deploy` and of `bake`: which service, which version, how, and why. */
export function deployForm(facts: DeployFormFacts): Form {
  const copy = text[facts.language]
  const { kind, memory, services, known, versions } = facts
  const base = { ...facts, memory: { ...memory, form: kind }, title: copy.title[kind] }
  if (services.length === 0) return form({ ...base, blocks: [section(words(copy.noServices))] })
  const found = versions ?? []
  const isFound = found.some((one) => one.version === known.version)
  const note = facts.error ? copy.error : versions?.length === 0 ? copy.none : ''
  return form({
    ...base,
    submit: copy.submit[kind],
    blocks: [
      serviceSelect(
        {
          id: ids.service,
          label: copy.service,
          placeholder: copy.choose,
          choices: serviceChoices(kind, services, facts.language),
          dispatches: 'choose_service',
          ...(known.service !== undefined && { chosen: known.service }),
        },
        facts.language,
      ),
      kind === 'deploy'
        ? select({
            id: ids.version,
            // Slack keeps what was chosen under an action_id: another service's versions are another field.
            action: `${ids.version}:${known.service ?? ''}`,
            label: copy.version,
            hint: copy.versionHint,
            optional: true,
            choices: found.map((one) => versionChoice(one, facts)),
            ...(known.version !== undefined && { chosen: known.version }),
          })
        : undefined,
      note === '' ? undefined : context(words(note)),
      textInput({
        id: ids.newVersion,
        label: kind === 'deploy' && found.length > 0 ? copy.newVersion : copy.version,
        hint: copy.newVersionHint,
        optional: kind === 'deploy' && found.length > 0,
        placeholder: 'v2',
        most: 64,
        ...(known.version !== undefined && !(kind === 'deploy' && isFound) && { value: known.version }),
      }),
      kind === 'deploy' && facts.strategies && facts.strategies.length > 1
        ? select({
            id: ids.strategy,
            action: `${ids.strategy}:${known.service ?? ''}`,
            label: copy.strategy,
            optional: true,
            choices: strategyChoices(facts.strategies, facts.language),
          })
        : undefined,
      textInput({
        id: ids.reason,
        label: copy.reason,
        hint: copy.reasonHint,
        optional: true,
        most: 300,
      }),
      ticks({
        id: ids.options,
        label: copy.options,
        choices: [
          { value: 'dry-run', label: copy.dryRun },
          ...(kind === 'bake' ? [{ value: 'reboot', label: copy.reboot }] : []),
        ],
      }),
    ],
  })
}

/** The line of chat that the filled form stands for. */
export function readDeployForm(
  kind: 'deploy' | 'bake',
  values: FormValues,
  { language }: Locale,
): FormResult {
  const copy = text[language]
  const service = filled(values, ids.service)
  const chosen = kind === 'deploy' ? filled(values, ids.version) : ''
  const written = filled(values, ids.newVersion)
  const version = written === '' ? chosen : written
  if (service === '') return wrong(ids.service, copy.missingService)
  if (version === '') return wrong(ids.newVersion, copy.missingVersion)
  if (written !== '' && chosen !== '' && written !== chosen) return wrong(ids.newVersion, copy.twoVersions)
  const problem = versionProblem(undefined, version)
  if (problem !== undefined) return wrong(ids.newVersion, copy.badVersion(problem))
  const commandText = writeCommandText(kind, [service, quoted(version)], {
    strategy: filled(values, ids.strategy),
    reboot: isTicked(values, ids.options, 'reboot'),
    'dry-run': isTicked(values, ids.options, 'dry-run'),
    reason: filled(values, ids.reason),
  })
  return { commandText }
}
