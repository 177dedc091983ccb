import type { ResourceKind } from '../../domain/provision/planned'
import type { RemovedKind } from '../../domain/provision/planned-teardown'
import { bilingual } from '../locale'

type Kind = ResourceKind | RemovedKind

/** What a resource is called. */
export const kindNames = bilingual<Readonly<Record<Kind, string>>>({
  en: {
    'balancer-security-group': 'security group',
    'load-balancer': 'load balancer',
    'target-group': 'target group',
    'green-target-group': 'target group',
    listener: 'listener',
    'instance-security-group': 'security group',
    image: 'image',
    template: 'launch template',
    group: 'Auto Scaling group',
    'green-group': 'Auto Scaling group',
    metrics: 'group metrics',
    'green-metrics': 'group metrics',
    policy: 'scaling policy',
    target: 'target',
    'security-group': 'security group',
    'scheduled-action': 'scheduled action',
  },
  ko: {
    'balancer-security-group': '보안 그룹',
    'load-balancer': '로드 밸런서',
    'target-group': '대상 그룹',
    'green-target-group': '대상 그룹',
    listener: '리스너',
    'instance-security-group': '보안 그룹',
    image: '이미지',
    template: '시작 템플릿',
    group: '오토 스케일링 그룹',
    'green-group': '오토 스케일링 그룹',
    metrics: '그룹 지표',
    'green-metrics': '그룹 지표',
    policy: '조정 정책',
    target: '대상',
    'security-group': '보안 그룹',
    'scheduled-action': '예약 작업',
  },
})

const isKind = (kind: string): kind is Kind => Object.hasOwn(kindNames.en, kind)

/** The same for a kind that stands in a journal. */
export const kindName = (kind: string, language: 'en' | 'ko'): string =>
  isKind(kind) ? kindNames[language][kind] : kind
