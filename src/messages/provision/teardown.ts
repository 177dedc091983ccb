import type { Operation } from '../../domain/operation/operation'
import type { PlannedTeardown, RemovedResource } from '../../domain/provision/planned-teardown'
import { prunedRows } from '../images/prune'
import { bilingual, type Locale } from '../locale'
import { copy as procedures } from '../procedures/copy'
import { list } from '../text/numbers'
import { bold, code, joined, lines, nothing, say, words, type Phrase } from '../text/phrase'
import { kindNames } from './kinds'

const text = bilingual({
  en: {
    goes: 'Goes, in this order',
    drains: 'its instances drain and end first',
    waits: 'once no network interface carries it',
    stays: 'Stays',
    image: (name: Phrase, id: Phrase) => say`the image ${name} (${id})`,
    images: (option: Phrase) => say`with ${option} images go too`,
    logs: 'log groups',
    foreign: (service: Phrase) => say`Left alone, for it does not carry the tag of ${service}`,
    final: 'Customers are no longer served from the first of these on, and nothing can be brought back.',
    of: (what: string, group: Phrase) => say`${what} of ${group}`,
  },
  ko: {
    goes: '삭제 순서',
    drains: '연결 정리와 인스턴스 종료 후',
    waits: '네트워크 인터페이스가 모두 반납된 후',
    stays: '유지',
    image: (name: Phrase, id: Phrase) => say`이미지 ${name}(${id})`,
    images: (option: Phrase) => say`${option} 옵션을 붙이면 이미지도 삭제`,
    logs: '로그 그룹',
    foreign: (service: Phrase) => say`${service} 태그가 없어 그대로 두는 항목`,
    final: '첫 단계부터 서비스가 중단되며, 삭제한 항목은 되살릴 수 없습니다.',
    of: (what: string, group: Phrase) => say`${group}의 ${what}`,
  },
})

/** The telling part of an ARN: `loadbalancer/app/Lab-ALB/50dc6c495c0c9188`. */
const shortId = (id: string): string => id.replace(/^arn:.*:(?=[^:]+$)/, '')

const called = ({ kind, name, id, of }: RemovedResource, { language }: Locale): Phrase => {
  const copy = text[language]
  const what = kindNames[language][kind]
  const isOfGroup = (kind === 'policy' || kind === 'scheduled-action') && of !== undefined
  return say`${isOfGroup ? copy.of(what, code(of)) : what} ${code(name)}${id === name ? nothing : say` · ${code(shortId(id))}`}`
}

const row = (resource: RemovedResource, locale: Locale): Phrase => {
  const copy = text[locale.language]
  const how = { group: copy.drains, 'security-group': copy.waits }[resource.kind as string]
  return joined([say`• ${called(resource, locale)}`, words(how ?? '')], ' · ')
}

/** More would not be read before one says yes. */
const mostKept = 8

/** What a teardown takes away, a line for each in the order of doing, and what it leaves. */
export function teardownRows(teardown: PlannedTeardown, service: string, locale: Locale): Phrase {
  const { language } = locale
  const copy = text[language]
  const { resources, foreign, kept } = teardown
  const images = kept.slice(0, mostKept).map(({ name, id }) => copy.image(code(name), code(id)))
  const stays = [...images, ...(kept.length > 0 ? [copy.images(code('--images'))] : []), words(copy.logs)]
  return lines(
    bold(copy.goes),
    ...resources.map((resource) => row(resource, locale)),
    say`${bold(copy.stays)}  ${joined(stays, ' · ')}`,
    foreign.length > 0
      ? say`${bold(copy.foreign(code(service)))}  ${list(
          foreign.map((one) => called(one, locale)),
          language,
          mostKept,
        )}`
      : nothing,
    bold(copy.final),
  )
}

/** What is left of a service when its fleet is gone. */
export function takenDownRows(operation: Operation, locale: Locale): Phrase {
  const copy = procedures[locale.language].teardown
  const service = code(operation.request.service)
  const { foreign = [], kept = [] } = operation.plan?.teardown ?? {}
  const left = [
    ...kept.slice(0, mostKept).map(({ name, id, snapshots }) => copy.kept(code(name), code(id), snapshots)),
    ...foreign
      .slice(0, mostKept)
      .map(({ kind, name }) => copy.foreign(kindNames[locale.language][kind], code(name))),
  ]
  return lines(
    left.length > 0 ? copy.but(service) : copy.done(service),
    ...left,
    operation.plan?.prune ? prunedRows(operation, locale) : nothing,
    words(copy.logs),
  )
}
