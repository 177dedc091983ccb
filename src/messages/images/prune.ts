import { type PruneResult, pruneResults } from '../../domain/images/pruned'
import type { Operation } from '../../domain/operation/operation'
import type { PlannedPrune } from '../../domain/operation/plan'
import { bilingual, type Locale } from '../locale'
import { useWords } from './uses'
import { age, list } from '../text/numbers'
import { bold, code, lines, nothing, say, words, type Phrase } from '../text/phrase'

const text = bilingual({
  en: {
    versions: 'Template versions',
    images: 'Images',
    snapshots: 'Snapshots',
    orphaned: 'Left over',
    left: 'Kept',
    numbers: (template: Phrase, numbers: Phrase) => say`${template} ${numbers}`,
    image: (name: Phrase, age: string) => say`${name} (${age} old)`,
    with: (images: number, count: number, size: number) =>
      `${count === 1 ? '1 snapshot goes' : `${count} snapshots go`} with ${images === 1 ? 'it' : 'them'}${size > 0 ? `, ${size} GiB` : ''}`,
    orphans: (ids: Phrase) => say`snapshots of images that are gone: ${ids}`,
    kept: (used: number, newest: number, young: number) =>
      [
        used > 0 ? `${used} in use` : '',
        newest > 0 ? `${newest} among the newest` : '',
        young > 0 ? `${young} too young` : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    later: (count: number) => `${count} more can go next time`,
    final: 'What is deleted cannot be brought back. Each is looked at once more right before it goes.',
    deleted: (parts: readonly string[]) => say`${bold('Done.')} Deleted ${parts.join(', ')}.`,
    deletedSome: (parts: readonly string[]) => say`Deleted: ${parts.join(', ')}.`,
    nothingDeleted: 'Nothing was deleted.',
    count: {
      version: (count: number) => (count === 1 ? '1 template version' : `${count} template versions`),
      image: (count: number) => (count === 1 ? '1 image' : `${count} images`),
      snapshot: (count: number) => (count === 1 ? '1 snapshot' : `${count} snapshots`),
    },
    what: {
      version: (name: string, id: string) => say`version ${code(id)} of ${code(name)}`,
      image: (name: string, id: string) => say`image ${code(name)} (${code(id)})`,
      snapshot: (name: string, id: string) =>
        name === id ? say`snapshot ${code(id)}` : say`snapshot ${code(id)} of ${code(name)}`,
    },
    stays: (what: Phrase, why: Phrase) => say`• ${what} stays: ${why}`,
    changed: words('it is no longer what it was when the plan was made'),
  },
  ko: {
    versions: '템플릿 버전',
    images: '이미지',
    snapshots: '스냅샷',
    orphaned: '남은 스냅샷',
    left: '유지',
    numbers: (template: Phrase, numbers: Phrase) => say`${template} ${numbers}`,
    image: (name: Phrase, age: string) => say`${name}(${age} 경과)`,
    with: (_images: number, count: number, size: number) =>
      `함께 삭제되는 스냅샷 ${count}개${size > 0 ? `, ${size} GiB` : ''}`,
    orphans: (ids: Phrase) => say`이미지가 이미 없는 ${ids}`,
    kept: (used: number, newest: number, young: number) =>
      [
        used > 0 ? `사용 중 ${used}개` : '',
        newest > 0 ? `최신 ${newest}개` : '',
        young > 0 ? `보존 기간 이내 ${young}개` : '',
      ]
        .filter((part) => part !== '')
        .join(', '),
    later: (count: number) => `나머지 ${count}개는 다음에 정리할 수 있습니다`,
    final: '삭제한 항목은 되살릴 수 없습니다. 삭제 직전에 하나씩 다시 확인합니다.',
    deleted: (parts: readonly string[]) => say`${bold('정리했습니다.')} 삭제: ${parts.join(', ')}.`,
    deletedSome: (parts: readonly string[]) => say`삭제: ${parts.join(', ')}.`,
    nothingDeleted: '삭제한 항목이 없습니다.',
    count: {
      version: (count: number) => `템플릿 버전 ${count}개`,
      image: (count: number) => `이미지 ${count}개`,
      snapshot: (count: number) => `스냅샷 ${count}개`,
    },
    what: {
      version: (name: string, id: string) => say`${code(name)} 버전 ${code(id)}`,
      image: (name: string, id: string) => say`이미지 ${code(name)}(${code(id)})`,
      snapshot: (name: string, id: string) =>
        name === id ? say`스냅샷 ${code(id)}` : say`${code(name)}의 스냅샷 ${code(id)}`,
    },
    stays: (what: Phrase, why: Phrase) => say`• ${what} 유지: ${why}`,
    changed: words('계획을 세운 뒤 내용이 바뀌었습니다'),
  },
})

/** More would not be read before one says yes; the rest is counted. */
const mostNamed = 12

const item = (name: string, value: Phrase): Phrase =>
  value.length === 0 ? nothing : say`${bold(name)}  ${value}`

/** What a plan will delete, a line for each kind of thing, and what it leaves. */
export function pruneRows(prune: PlannedPrune, locale: Locale): Phrase {
  const { language, now } = locale
  const copy = text[language]
  const named = (phrases: readonly Phrase[]) => list(phrases, language, mostNamed)
  const snapshots = prune.images.reduce((sum, image) => sum + image.snapshots.length, 0)
  const size = prune.images.reduce((sum, image) => sum + (image.sizeGiB ?? 0), 0)
  const templates = [...new Set(prune.versions.map(({ templateName }) => templateName))]
  const { used, newest, young } = prune.kept
  return lines(
    item(
      copy.versions,
      named(
        templates.map((template) =>
          copy.numbers(
            code(template),
            named(
              prune.versions.flatMap(({ templateName, number }) =>
                templateName === template ? [words(number)] : [],
              ),
            ),
          ),
        ),
      ),
    ),
    item(
      copy.images,
      named(
        prune.images.map(({ name, createdAt }) => copy.image(code(name), age(now - createdAt, language))),
      ),
    ),
    snapshots > 0 ? item(copy.snapshots, words(copy.with(prune.images.length, snapshots, size))) : nothing,
    prune.snapshots.length > 0
      ? item(copy.orphaned, copy.orphans(named(prune.snapshots.map(({ id }) => code(id)))))
      : nothing,
    item(copy.left, words(copy.kept(used, newest, young))),
    prune.later > 0 ? words(copy.later(prune.later)) : nothing,
    words(copy.final),
  )
}

const kinds = ['image', 'snapshot', 'version'] as const
/** As many as a person reads; all stand in the journal. */
const maxKept = 6

/** What a prune has deleted, and what stayed because it was needed after all; for its ending. */
export function prunedRows(operation: Operation, locale: Locale): Phrase {
  const copy = text[locale.language]
  const fates = pruneResults(operation)
  const count = (what: PruneResult['what']) =>
    fates.filter((one) => one.what === what && one.deletion.did === 'deleted').length
  const parts = kinds.flatMap((what) => (count(what) > 0 ? [copy.count[what](count(what))] : []))
  const stayed = fates.flatMap(({ what, id, name, deletion: fate }) => {
    if (fate.did === 'kept') return [copy.stays(copy.what[what](name, id), useWords(fate.uses, locale))]
    return fate.did === 'changed' ? [copy.stays(copy.what[what](name, id), copy.changed)] : []
  })
  const head =
    parts.length === 0
      ? words(copy.nothingDeleted)
      : operation.ending?.kind === 'succeeded'
        ? copy.deleted(parts)
        : copy.deletedSome(parts)
  return lines(head, ...stayed.slice(0, maxKept))
}

/** How many things a plan deletes, for its title. */
export const pruneCounts = (prune: PlannedPrune, { language }: Pick<Locale, 'language'>): string => {
  const { count } = text[language]
  const { images, versions, snapshots } = prune
  return [
    ...(images.length > 0 ? [count.image(images.length)] : []),
    ...(versions.length > 0 ? [count.version(versions.length)] : []),
    ...(images.length === 0 && versions.length === 0 ? [count.snapshot(snapshots.length)] : []),
  ].join(', ')
}
