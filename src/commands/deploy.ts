import { defined } from '../domain/defined'
import { essential, serviceNamed, takeService, tooManyWords } from './arguments'
import { missingArgument, badValue } from './spec'
import { strategiesOf } from '../domain/catalogue/catalogue'
import { readVersion } from './version'
import { weightsProblem } from './weights-problem'
import { starting } from './starting'

export const deploy = starting({
  name: 'deploy',
  synonyms: { en: ['ship', 'rollout'], ko: ['배포', '디플로이'] },
  usage:
    'deploy <service> <version> [--strategy refresh|replace|surge|blue-green|canary] ' +
    '[--weights 10,50,100] [--from <instance|image>] [--standby ignore|terminate] [--dry-run] [--reason "…"]',
  summary: {
    en: 'Bakes the version’s image if need be and replaces the fleet with it, step by step, with a way back.',
    ko: '필요하면 이미지를 만들고, 인스턴스를 새 버전으로 차례로 교체합니다. 언제든 되돌릴 수 있습니다.',
  },
  examples: {
    en: ['deploy web v2', 'deploy web v2 --strategy replace', 'deploy web v2 --dry-run'],
    ko: ['배포 web v2', 'web에 v2 배포해줘', 'deploy web v2 --dry-run'],
  },
  options: ['strategy', 'weights', 'from', 'standby'],
  minWords: 2,
  parse({ words, options, catalogue }, start) {
    const found = takeService(essential(words, catalogue), catalogue)
    if (!found.ok) return found
    const { service: name, others } = found
    const service = catalogue.services.get(name ?? '')
    const [word, extra] = others
    const unexpected = extra ?? others.find((word) => serviceNamed(word, catalogue) !== undefined)
    if (unexpected) return tooManyWords(unexpected)
    const version = word && readVersion(word, service)
    if (version && !version.ok) return version
    if (!service || !version) {
      const known = defined({ service: name, version: version?.version })
      return missingArgument(service ? 'version' : 'service', { form: 'deploy', known, options })
    }
    const { strategy, weights, from, standby } = options
    const fitting = strategiesOf(service)
    if (strategy && !fitting.includes(strategy)) {
      return badValue('strategy', strategy, fitting.join(' | '))
    }
    const problem = weightsProblem(service, { strategy, weights })
    if (problem) return problem
    return start({
      procedure: 'deploy',
      service: service.name,
      version: version.version,
      ...defined({ strategy, weights, from, standby }),
    })
  },
})
