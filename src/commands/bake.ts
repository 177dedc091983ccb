import { defined } from '../domain/defined'
import { takeServiceAndWord } from './arguments'
import { readVersion } from './version'
import { missingArgument, badValue } from './spec'
import { starting } from './starting'

export const bake = starting({
  name: 'bake',
  synonyms: { en: ['build'], ko: ['굽기', '베이크', '이미지', '이미지생성'] },
  usage: 'bake <service> <version> [--from <instance>] [--reboot] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Makes the version’s image from the service’s source instance, and leaves the fleet alone.',
    ko: '원본 인스턴스에서 해당 버전의 이미지만 만듭니다. 실행 중인 인스턴스는 그대로 둡니다.',
  },
  examples: {
    en: ['bake web v2', 'bake web v2 --from i-0123456789abcdef0 --reboot'],
    ko: ['굽기 web v2', 'web v2 이미지'],
  },
  options: ['from', 'reboot'],
  minWords: 2,
  parse({ words, options, catalogue }, start) {
    const found = takeServiceAndWord(words, catalogue)
    if (!found.ok) return found
    const { service, word } = found
    const version = word && readVersion(word, catalogue.services.get(service ?? ''))
    if (version && !version.ok) return version
    if (service === undefined || !version) {
      const known = defined({ service, version: version?.version })
      return missingArgument(version ? 'service' : 'version', { form: 'bake', known, options })
    }
    const { from } = options
    if (from?.startsWith('ami-')) {
      return badValue('from', from, 'i-0123456789abcdef0')
    }
    return start({
      procedure: 'bake',
      service,
      version: version.version,
      reboot: options.reboot ?? false,
      ...defined({ from }),
    })
  },
})
