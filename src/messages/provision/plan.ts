import type { Service } from '../../domain/catalogue/catalogue'
import type { Plan, PlannedImage } from '../../domain/operation/plan'
import {
  type Blueprint,
  fromLoadBalancer,
  type SecurityGroupBlueprint,
} from '../../domain/provision/blueprint'
import { trackingPolicy } from '../../domain/provision/compare'
import { monthly } from '../../domain/provision/plan-provision'
import type {
  Difference,
  PlannedProvision,
  PlannedResource,
  ResourceKind,
} from '../../domain/provision/planned'
import { second } from '../../domain/time/time'
import { bilingual, type Locale } from '../locale'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import { kindNames } from './kinds'

const text = bilingual({
  en: {
    states: { make: 'make', there: 'there already', fix: 'differs', adopt: 'take over' },
    where: (vpc: Phrase, id: Phrase) => say`In ${vpc}${id.length > 0 ? say` (${id})` : nothing}:`,
    rule: (port: number, from: string) =>
      `${port} from ${from === fromLoadBalancer ? 'the load balancer' : from}`,
    noRule: 'lets nothing in',
    subnets: (count: number) => (count === 0 ? 'one subnet a zone' : `${count} subnets`),
    defaultVpc: words('the default VPC'),
    from: (image: string) => `from ${image}`,
    check: (path: string) => `health check on ${path}`,
    baked: (source: string) => `baked of ${source}`,
    awaited: 'being made already',
    sizes: (desired: number, min: number, max: number) => `desired ${desired}, min ${min}, max ${max}`,
    idle: (max: number) => `idle at zero, max ${max}`,
    grace: (seconds: number) => `grace period ${seconds} s`,
    follows: (pin: string) => `follows ${pin}`,
    everyMinute: 'by the minute, to CloudWatch',
    tracks: (cpu: number) => `average CPU at ${cpu} %`,
    warmup: (seconds: number) => `warm-up ${seconds} s`,
    fixed: (attribute: string, is: string, wanted: string) => `${attribute}: ${is} → ${wanted}`,
    left: (attribute: string, is: string, wanted: string) => `${attribute}: ${is}, not ${wanted}; stays`,
    monthly: (amount: string) =>
      `About ${amount} a month for the instances; the load balancer and the traffic come on top.`,
    unpriced: 'What it costs is not known: rollcall.yaml has no price for its instance type.',
  },
  ko: {
    states: { make: '생성', there: '이미 있음', fix: '다름', adopt: '인수' },
    where: (vpc: Phrase, id: Phrase) => say`${vpc}${id.length > 0 ? say`(${id})` : nothing} 안에 구성`,
    rule: (port: number, from: string) =>
      `${from === fromLoadBalancer ? '로드 밸런서' : from}에서 ${port}번 포트`,
    noRule: '허용 규칙 없음',
    subnets: (count: number) => (count === 0 ? '가용 영역마다 서브넷 1개' : `서브넷 ${count}개`),
    defaultVpc: words('기본 VPC'),
    from: (image: string) => `${image} 이미지 사용`,
    check: (path: string) => `상태 확인 경로 ${path}`,
    baked: (source: string) => `${source}에서 생성`,
    awaited: '이미 생성 중',
    sizes: (desired: number, min: number, max: number) => `원하는 용량 ${desired}, 최소 ${min}, 최대 ${max}`,
    idle: (max: number) => `유휴(0대), 최대 ${max}`,
    grace: (seconds: number) => `상태 확인 유예 ${seconds}초`,
    follows: (pin: string) => `${pin} 버전을 따름`,
    everyMinute: '1분 간격으로 CloudWatch에 수집',
    tracks: (cpu: number) => `평균 CPU ${cpu}% 유지`,
    warmup: (seconds: number) => `준비 시간 ${seconds}초`,
    fixed: (attribute: string, is: string, wanted: string) => `${attribute}: ${is} → ${wanted}`,
    left: (attribute: string, is: string, wanted: string) =>
      `${attribute}: ${is}(설정은 ${wanted}), 그대로 둠`,
    monthly: (amount: string) =>
      `인스턴스 비용은 월 약 ${amount}이며, 로드 밸런서와 트래픽 비용은 별도입니다.`,
    unpriced: 'rollcall.yaml에 이 인스턴스 유형의 가격이 없어 비용을 알 수 없습니다.',
  },
})

/** Differences of one resource that are read at a glance. */
const mostDifferences = 4
const dash = '–'

const differenceWords = ({ attribute, is, wanted, fixed }: Difference, { language }: Locale): string =>
  text[language][fixed ? 'fixed' : 'left'](attribute, is || dash, wanted || dash)

const rulesOf = ({ allow }: SecurityGroupBlueprint, { language }: Locale): readonly string[] => {
  const copy = text[language]
  return allow.length === 0 ? [copy.noRule] : allow.map(({ port, from }) => copy.rule(port, from))
}

/** What the figures of a resource are told from. */
type Figures = Pick<PlannedProvision, 'blueprint' | 'balancerSubnets' | 'groupSubnets'>

/** The figures of a resource as the blueprint has them. */
const figuresOf = (
  kind: ResourceKind,
  figures: Figures,
  image: PlannedImage | undefined,
  locale: Locale,
): readonly string[] => {
  const copy = text[locale.language]
  const { instances, loadBalancer, targetGroup, group, scaling } = figures.blueprint
  switch (kind) {
    case 'balancer-security-group':
      return rulesOf(loadBalancer.securityGroup, locale)
    case 'instance-security-group':
      return rulesOf(instances.securityGroup, locale)
    case 'load-balancer':
      return [loadBalancer.scheme, copy.subnets(figures.balancerSubnets.length)]
    case 'target-group':
    case 'green-target-group':
      return [`HTTP ${targetGroup.port}`, copy.check(targetGroup.path)]
    case 'listener':
      return [`${loadBalancer.listener.certificate === undefined ? 'HTTP' : 'HTTPS'} → ${targetGroup.name}`]
    case 'image':
      return [image?.how === 'bake' ? copy.baked(image.source) : copy.awaited]
    case 'template':
      return [instances.type, ...(image ? [image.name] : []), instances.keyPair ?? '']
    case 'green-group':
      return [
        copy.idle(group.max),
        copy.subnets(figures.groupSubnets.length),
        `${group.healthCheck.by.join(' + ')}, ${copy.grace(group.healthCheck.grace / second)}`,
        copy.follows(String(group.follows)),
      ]
    case 'group':
      return [
        copy.sizes(group.desired, group.min, group.max),
        copy.subnets(figures.groupSubnets.length),
        `${group.healthCheck.by.join(' + ')}, ${copy.grace(group.healthCheck.grace / second)}`,
        copy.follows(String(group.follows)),
      ]
    case 'metrics':
    case 'green-metrics':
      return [copy.everyMinute]
    case 'policy':
      return scaling
        ? [copy.tracks(scaling.cpu), scaling.warmup === undefined ? '' : copy.warmup(scaling.warmup / second)]
        : []
    case 'target':
      return []
    default:
      return kind satisfies never
  }
}

const resourceRow = (
  resource: PlannedResource,
  provision: PlannedProvision,
  plan: Plan,
  locale: Locale,
): Phrase => {
  const { kind, name, id, state, differences } = resource
  const details =
    state === 'make'
      ? figuresOf(kind, provision, plan.image, locale)
      : differences.slice(0, mostDifferences).map((one) => differenceWords(one, locale))
  return joined(
    [
      say`• ${bold(text[locale.language].states[state])}  ${kindNames[locale.language][kind]} ${code(name)}`,
      id === undefined || id === name || id.startsWith('arn:') ? nothing : code(id),
      ...details.map((detail) => words(detail)),
    ],
    ' · ',
  )
}

const money = ({ amount, currency }: NonNullable<PlannedProvision['monthly']>): string =>
  `${amount >= 100 ? Math.round(amount) : amount.toFixed(2)} ${currency}`

/** The network by the blueprint's name for it, and its id once it was found. */
const whereWords = ({ vpc }: Blueprint, id: string | undefined, { language }: Locale): Phrase => {
  const { where, defaultVpc } = text[language]
  return where(
    vpc === undefined ? defaultVpc : code(vpc),
    id === undefined || id === vpc ? nothing : code(id),
  )
}

/** What a provision does, a line for each resource in the order of doing. */
export function provisionRows(provision: PlannedProvision, plan: Plan, locale: Locale): Phrase {
  const copy = text[locale.language]
  const makesGroup = provision.resources.some(({ kind, state }) => kind === 'group' && state === 'make')
  const cost = provision.monthly ? copy.monthly(money(provision.monthly)) : copy.unpriced
  return lines(
    whereWords(provision.blueprint, provision.vpc, locale),
    ...provision.resources.map((resource) => resourceRow(resource, provision, plan, locale)),
    makesGroup ? words(cost) : nothing,
  )
}

/** The names of what a service's blueprint builds, in the order of doing. */
const namesOf = (
  { group, colors, template = '' }: Service,
  blueprint: Blueprint,
): readonly (readonly [ResourceKind, string])[] => {
  const { instances, targetGroup, loadBalancer } = blueprint
  const policy = trackingPolicy(blueprint)
  const [blue, green] = colors && 'blue' in colors ? [colors.blue, colors.green].flat() : [group]
  return [
    ['balancer-security-group', loadBalancer.securityGroup.name],
    ['load-balancer', loadBalancer.name],
    ['target-group', targetGroup.name],
    ...(targetGroup.green === undefined ? [] : [['green-target-group', targetGroup.green] as const]),
    ['listener', `${loadBalancer.name}:${loadBalancer.listener.port}`],
    ['instance-security-group', instances.securityGroup.name],
    ['template', template],
    ['group', blue ?? ''],
    ...(green === undefined ? [] : [['green-group', green] as const]),
    ...(policy ? [['policy', policy.name] as const] : []),
  ]
}

/** A service's blueprint with all its figures, before anything was looked for in AWS; nothing where it has none. */
export function blueprintRows(service: Service, locale: Locale): Phrase {
  const { fleet: blueprint } = service
  if (!blueprint) return nothing
  const copy = text[locale.language]
  const { loadBalancer, group, instances } = blueprint
  const { image } = instances
  const figures = {
    blueprint,
    balancerSubnets: loadBalancer.subnets ?? [],
    groupSubnets: group.subnets ?? [],
  }
  const { monthly: cost } = monthly(service, blueprint)
  return lines(
    whereWords(blueprint, undefined, locale),
    ...namesOf(service, blueprint).map(([kind, name]) =>
      joined(
        [
          say`• ${kindNames[locale.language][kind]} ${code(name)}`,
          ...figuresOf(kind, figures, undefined, locale).map((figure) => words(figure)),
          kind === 'template' ? words(copy.from('use' in image ? image.use : image.bake)) : nothing,
        ],
        ' · ',
      ),
    ),
    words(cost ? copy.monthly(money(cost)) : copy.unpriced),
  )
}
