import { loadCatalogue, readCatalogue } from '../../../src/config/catalogue'
import { eventsQueue } from '../../../src/domain/catalogue/catalogue'
import { documentsFor } from '../../../src/policy/documents'
import { writeMistakes } from '../../../src/config/mistake'

const sound = `
defaults: { region: ap-northeast-2, timezone: Asia/Seoul, channel: ops, language: ko }
services:
  web:
    group: Web-ASG
    template: Web
    image: { name: "Web Server {version}", from: { tag: { Name: ASG-Web-Instance } } }
    strategy: refresh
    capacity: { min: 2, desired: 2, max: 4 }
    gate: { bake: 60s, timeout: 20m }
  shop:
    colors: { blue: shop-blue, green: shop-green }
    version: { tag: "docker:image:version" }
    strategy: colors
    standby: 2h
people:
  operators: { users: [U0ALICE], groups: [S0OPS] }
  approvers: { users: [U0BOB] }
rules:
  - { service: "*", action: [status, history, help], allow: everyone }
  - { service: web, action: [deploy, rollback, schedule], allow: operators }
  - { service: shop, action: [deploy, swap], allow: operators, approval: { by: approvers, count: 1 } }
`
const mistakesIn = (text: string) => {
  const read = readCatalogue(text, 'rollcall.yaml')
  return read.ok ? 'none' : writeMistakes(read.mistakes)
}

describe('the catalogue', () => {
  test('an external id goes with its role, that of defaults with the role of defaults alone', () => {
    const role = 'arn:aws:iam::210987654321:role/rollcall-worker'
    const other = 'arn:aws:iam::345678901234:role/rollcall-worker'
    const text = sound
      .replace('defaults: {', `defaults: { role: "${role}", external_id: acme-7f3q,`)
      .replace('    colors: { blue', `    role: "${other}"\n    colors: { blue`)
    const read = readCatalogue(text, 'rollcall.yaml')
    if (!read.ok) throw new Error(writeMistakes(read.mistakes))
    const region = 'ap-northeast-2'
    const { services } = read.value
    expect(services.get('web')?.where).toEqual({ region, role, externalId: 'acme-7f3q' })
    expect(services.get('shop')?.where).toEqual({ region, role: other })
    const alone = sound.replace('    group: Web-ASG', '    group: Web-ASG\n    external_id: acme-7f3q')
    expect(mistakesIn(alone)).toMatch(
      /services\.web\.external_id: there is no role that it could be for\. Allowed: role/,
    )
    expect(mistakesIn(text.replace('acme-7f3q', '"a b"'))).toMatch(
      /defaults\.external_id.*Allowed: the external id of the role/,
    )
  })

  test('two roles of one account have a document each', () => {
    const arn = (name: string) => `arn:aws:iam::210987654321:role/${name}`
    const text = sound
      .replace('    group: Web-ASG', `    role: "${arn('web')}"\n    group: Web-ASG`)
      .replace('    colors: { blue', `    role: "${arn('team/shop')}"\n    colors: { blue`)
    const read = readCatalogue(text, 'rollcall.yaml')
    if (!read.ok) throw new Error(writeMistakes(read.mistakes))
    const documents = documentsFor(read.value, { account: '123456789012', roles: [], keys: [] })
    expect(Object.keys(documents)).toEqual([
      'worker-in-210987654321-web',
      'worker-in-210987654321-team-shop',
      'assume-role',
    ])
    expect(JSON.stringify(documents['worker-in-210987654321-web'])).toContain('Web-ASG')
    expect(JSON.stringify(documents['worker-in-210987654321-web'])).not.toContain('shop-blue')
  })

  test('of the design is read, defaults filled in', () => {
    const read = readCatalogue(sound, 'rollcall.yaml')
    if (!read.ok) throw new Error(writeMistakes(read.mistakes))
    const { services, people, rules } = read.value
    expect(services.get('web')).toEqual({
      name: 'web',
      where: { region: 'ap-northeast-2' },
      timezone: 'Asia/Seoul',
      channel: 'ops',
      language: 'ko',
      group: 'Web-ASG',
      template: 'Web',
      image: { name: 'Web Server {version}', from: { tag: { Name: 'ASG-Web-Instance' } } },
      strategy: 'refresh',
      capacity: { min: 2, desired: 2, max: 4 },
      gate: { bake: 60_000, timeout: 1_200_000 },
      surge: 200,
      confirm: false,
      keep: { count: 5, for: 30 * 86_400_000 },
    })
    expect(services.get('shop')).toMatchObject({
      colors: { blue: 'shop-blue', green: 'shop-green' },
      versionTag: 'docker:image:version',
      strategy: 'blue-green',
      standby: 7_200_000,
    })
    const more = sound
      .replace('language: ko', 'language: ko, keep: { for: 7d }')
      .replace('{version}",', '{version}", newest: { tag: { Name: web }, daily: "02:00" },')
      .replace('strategy: refresh', 'strategy: refresh\n    keep: { count: 9 }')
    const said = readCatalogue(more, 'rollcall.yaml')
    if (!said.ok) throw new Error(writeMistakes(said.mistakes))
    expect(said.value.services.get('web')).toMatchObject({
      image: { newest: { tag: { Name: 'web' }, daily: '02:00' } },
      keep: { count: 9, for: 7 * 86_400_000 },
    })
    expect(people.get('operators')).toEqual({ users: ['U0ALICE'], groups: ['S0OPS'] })
    expect(rules).toEqual([
      { service: '*', actions: ['status', 'history', 'help'], allow: ['everyone'] },
      { service: 'web', actions: ['deploy', 'rollback', 'schedule'], allow: ['operators'] },
      {
        service: 'shop',
        actions: ['deploy', 'swap'],
        allow: ['operators'],
        approval: { by: 'approvers', count: 1, expires: 3_600_000 },
      },
    ])
  })

  test('has colors of several components, by name or to be found, kept for an hour where nothing else is said', () => {
    const shopOf = (colors: string) => {
      const text = sound.replace('{ blue: shop-blue, green: shop-green }', colors)
      const read = readCatalogue(
        text.replace('standby: 2h', 'prices: { t2.micro: 0.0144, m5.large: 160 KRW }'),
        'rollcall.yaml',
      )
      return read.ok ? read.value.services.get('shop') : undefined
    }
    expect(shopOf('{ blue: [a-blue, b-blue], green: [a-green, b-green] }')).toMatchObject({
      colors: { blue: ['a-blue', 'b-blue'], green: ['a-green', 'b-green'] },
      standby: 3_600_000,
      prices: {
        't2.micro': { amount: 0.0144, currency: 'USD' },
        'm5.large': { amount: 160, currency: 'KRW' },
      },
    })
    expect(shopOf('{ prefix: shop-, tag: { "docker:image:name": shop } }')?.colors).toEqual({
      prefix: 'shop-',
      tag: { 'docker:image:name': 'shop' },
    })
  })

  test.each([
    ['{ prefix: shop-api-, tag: { "docker:image:name": shop } }', true],
    ['{ prefix: shop-, tag: { stage: live } }', true],
    ['{ prefix: shop-api-, tag: { "docker:image:name": shop-api } }', false],
    ['{ prefix: other-, tag: { "docker:image:name": shop } }', false],
  ])(
    'has a second service with colors %s found apart from the first, or says that it is not',
    (colors, clash) => {
      const two = sound
        .replace(
          '{ blue: shop-blue, green: shop-green }',
          '{ prefix: shop-, tag: { "docker:image:name": shop } }',
        )
        .replace('people:', `  api: { colors: ${colors}, version: { tag: v } }\npeople:`)
      const wrong = 'what is found by it may belong to service "shop" already'
      expect(mistakesIn(two).includes(wrong)).toBe(clash)
      if (!clash) expect(mistakesIn(two)).toBe('none')
    },
  )

  test('says how long the instances of a service boot, or of all', () => {
    const read = readCatalogue(sound.replace('standby: 2h', 'boot: 1m30s'), 'rollcall.yaml')
    expect(read.ok && read.value.services.get('shop')).toMatchObject({ boot: 90_000 })
    expect(mistakesIn(sound.replace('standby: 2h', 'boot: 90'))).toContain(
      'services.shop.boot: "90" will not do',
    )
  })

  test('says what customers must not notice', () => {
    const written =
      'checks: { errors: { worse: 2x, above: 0.5% }, latency: { percentile: 99.9, worse: 1.5x, above: 300ms } }'
    const read = readCatalogue(sound.replace('standby: 2h', written), 'rollcall.yaml')
    expect(read.ok && read.value.services.get('shop')?.checks).toEqual({
      errors: { worse: 2, above: 0.005 },
      latency: { percentile: 99.9, worse: 1.5, above: 300 },
      least: 100,
      unsure: 'hold',
    })
    for (const [wrong, said] of [
      ['checks: {}', 'services.shop.checks: nothing is to be checked'],
      ['checks: { alarms: [] }', 'services.shop.checks.alarms: 0 alarms are given'],
      ['checks: { errors: { worse: 1x, above: 1% } }', 'services.shop.checks.errors.worse: "1x" will not do'],
      ['checks: { errors: { worse: 2x, above: 1 } }', 'services.shop.checks.errors.above: "1" will not do'],
      ['checks: { latency: { percentile: 100, worse: 2x, above: 1s } }', 'percentile: "100" will not do'],
      ['checks: { latency: { percentile: 99, worse: 2x, above: 300 } }', 'above: "300" will not do'],
      ['checks: { alarms: a, unsure: held }', '(did you mean "hold"?)'],
      ['checks: { alarms: a, window: bake }', '"bake" will not do. Allowed: ask, back'],
    ] as const)
      expect(mistakesIn(sound.replace('standby: 2h', wrong))).toContain(said)
    const backInWindow = sound.replace('standby: 2h', 'checks: { alarms: a, window: back }')
    const back = readCatalogue(backInWindow, 'rollcall.yaml')
    expect(back.ok && back.value.services.get('shop')?.checks).toMatchObject({ window: 'back' })
    const oneGroup = sound.replace(
      'group: Web-ASG',
      'group: Web-ASG\n    checks: { alarms: a, window: back }',
    )
    expect(mistakesIn(oneGroup)).toContain('services.web.checks.window: only colors have a window')
  })

  test('names the alarms of two colors, one or a list', () => {
    for (const [written, alarms] of [
      ['shop-errors', ['shop-errors']],
      ['[shop-errors, "5xx, too many"]', ['shop-errors', '5xx, too many']],
    ] as const) {
      const read = readCatalogue(sound.replace('standby: 2h', `alarms: ${written}`), 'rollcall.yaml')
      expect(read.ok && read.value.services.get('shop')).toMatchObject({ alarms })
    }
  })

  test('names a queue of events for a region in which its services live', () => {
    const queue = 'https://sqs.ap-northeast-2.amazonaws.com/123456789012/rollcall-events'
    const withRegions = (regions: string) => `${sound}\nregions: ${regions}\n`
    const read = readCatalogue(withRegions(`{ ap-northeast-2: { events: "${queue}" } }`), 'rollcall.yaml')
    expect(read.ok && eventsQueue(read.value, { region: 'ap-northeast-2' })).toBe(queue)
    const role = 'arn:aws:iam::123456789012:role/there'
    expect(read.ok && eventsQueue(read.value, { region: 'ap-northeast-2', role })).toBeUndefined()
    for (const [regions, said] of [
      [`{ us-east-1: { events: "${queue}" } }`, 'no service lives in this region'],
      [`{ ap-northeast-2: { events: "${queue}.fifo" } }`, "a standard queue's URL"],
      ['{ ap-northeast-2: { event: x } }', 'did you mean "events"?'],
    ] as const)
      expect(mistakesIn(withRegions(regions))).toContain(said)
    const elsewhere = withRegions(`{ ap-northeast-2: { events: "${queue}" } }`).replace(
      'defaults: {',
      `defaults: { role: "${role}",`,
    )
    expect(mistakesIn(elsewhere)).toContain('their events do not come by this queue')
  })

  test('that comes as the example is read', async () => {
    const read = await loadCatalogue('deploy/rollcall.example.yaml')
    expect(read.ok ? [] : read.mistakes).toEqual([])
  })

  test('that is not there is a mistake like any other', async () => {
    const read = await loadCatalogue('deploy/nowhere.yaml')
    expect(read.ok ? '' : writeMistakes(read.mistakes)).toBe(
      'deploy/nowhere.yaml: cannot be read (ENOENT). Allowed: a readable file; ' +
        'deploy/rollcall.example.yaml is one to begin with',
    )
  })

  /** What is changed in the sound file, and what is said of it. */
  test.each([
    [
      'an unknown key',
      'template: Web',
      'templte: Web',
      '6:5 services.web.templte: "templte" is not known (did you mean "template"?)',
    ],
    [
      'an unknown key in a flow map',
      'timeout: 20m',
      'timeot: 20m',
      '10:24 services.web.gate.timeot: "timeot" is not known (did you mean "timeout"?)',
    ],
    ['a time without a unit', 'bake: 60s', 'bake: 60', '10:19 services.web.gate.bake: "60" will not do'],
    [
      'a time of day that is none',
      '{version}",',
      '{version}", newest: { daily: "24:00" },',
      '7:61 services.web.image.newest.daily: "24:00" will not do',
    ],
    [
      'an unknown strategy',
      'strategy: refresh',
      'strategy: refesh',
      '8:15 services.web.strategy: "refesh" will not do (did you mean "refresh"?)',
    ],
    [
      'a strategy of colors on one group',
      'strategy: refresh',
      'strategy: colors',
      '8:15 services.web.strategy: "blue-green" does not fit a service with one group',
    ],
    [
      'an unknown zone',
      'Asia/Seoul',
      'Asia/Soul',
      '2:47 defaults.timezone: "Asia/Soul" will not do (did you mean "Asia/Seoul"?)',
    ],
    ['an offset for a zone', 'Asia/Seoul', '"+09:00"', '2:47 defaults.timezone: "+09:00" will not do'],
    [
      'a zone for a region',
      'ap-northeast-2',
      'ap-northeast-2a',
      '2:21 defaults.region: "ap-northeast-2a" will not do',
    ],
    [
      'no region at all',
      'region: ap-northeast-2, ',
      '',
      '4:3 services.web.region: region is missing, here and in defaults',
    ],
    [
      'sizes out of order',
      'desired: 2',
      'desired: 5',
      '9:5 services.web.capacity: min 2, desired 5, max 4 are out of order',
    ],
    ['a size that is no number', 'max: 4', 'max: many', '9:42 services.web.capacity.max: "many" will not do'],
    ['a missing size', ', max: 4', '', '9:5 services.web.capacity.max: is missing'],
    [
      'two colors alike',
      'green: shop-green',
      'green: shop-blue',
      '12:39 services.shop.colors.green: both colors are "shop-blue"',
    ],
    [
      'a color with more groups than the other',
      'green: shop-green',
      'green: [shop-green, shop-worker-green]',
      '12:32 services.shop.colors.green: 2 belong to 1 of the other color',
    ],
    [
      'a group twice in a color',
      'blue: shop-blue, green: shop-green',
      'blue: [a, a], green: [b, c]',
      '12:15 services.shop.colors.blue: "a" is named twice',
    ],
    [
      'half a pair of colors',
      'blue: shop-blue, ',
      '',
      '12:5 services.shop.colors: blue, prefix, tag missing',
    ],
    [
      'colors named and searched for',
      'green: shop-green',
      'green: shop-green, prefix: shop-',
      '12:5 services.shop.colors: names the groups and says how to find them',
    ],
    [
      'a search by no tag',
      'blue: shop-blue, green: shop-green',
      'prefix: shop-, tag: {}',
      '12:30 services.shop.colors.tag: names no tag',
    ],
    [
      'sizes for a color',
      'standby: 2h',
      'capacity: { min: 1, desired: 2, max: 4 }',
      '15:5 services.shop.capacity: a color takes over the sizes of the other one',
    ],
    [
      'a price that is none',
      'standby: 2h',
      'prices: { t2.micro: cheap }',
      '15:25 services.shop.prices.t2.micro: "cheap" will not do',
    ],
    [
      'a group of another service',
      'green: shop-green',
      'green: Web-ASG',
      '12:39 services.shop.colors.green: group "Web-ASG" belongs to service "web" already',
    ],
    [
      'neither group nor colors',
      '    group: Web-ASG\n',
      '',
      '4:3 services.web.group: neither group nor colors is given',
    ],
    [
      'Standby without colors',
      'template: Web',
      'standby: 2h',
      '6:14 services.web.standby: only colors are kept in Standby',
    ],
    [
      'alarms without colors',
      'template: Web',
      'alarms: web-errors',
      '6:13 services.web.alarms: alarms keep the old color alone',
    ],
    ['a list of no alarms', 'standby: 2h', 'alarms: []', '15:5 services.shop.alarms: 0 alarms are given'],
    [
      'an image without its version',
      'Server {version}',
      'Server',
      '7:20 services.web.image.name: "Web Server" cannot name images',
    ],
    [
      'an image EC2 would refuse',
      'Web Server {',
      'Web+Server {',
      '7:20 services.web.image.name: "Web+Server {version}" cannot name images',
    ],
    [
      'two sources',
      'from: { tag',
      'from: { instance: i-0123456789abcdef0, tag',
      '7:44 services.web.image.from: says not exactly one source',
    ],
    [
      'a gate that cannot pass',
      'timeout: 20m',
      'timeout: 60s',
      '10:5 services.web.gate: timeout ends before bake can',
    ],
    [
      'a service in a rule',
      'service: web,',
      'service: wep,',
      '21:16 rules[1].service: there is no service "wep" (did you mean "web"?)',
    ],
    [
      'an action in a rule',
      'history, help',
      'hitsory, help',
      '20:38 rules[0].action[1]: "hitsory" will not do (did you mean "history"?)',
    ],
    [
      'people in a rule',
      'schedule], allow: operators',
      'schedule], allow: operator',
      '21:66 rules[1].allow: there is no group of people "operator" (did you mean "operators"?)',
    ],
    [
      'approvers that are not',
      'by: approvers',
      'by: reviewers',
      '22:80 rules[2].approval.by: there is no group of people "reviewers"',
    ],
    [
      'more approvals than approvers',
      'count: 1',
      'count: 2',
      '22:98 rules[2].approval.count: 2 of "approvers" can never approve: it has 1',
    ],
    ['a user by name', 'U0BOB', 'bob', '18:24 people.approvers.users[0]: "bob" will not do'],
    ['a group named everyone', 'approvers: {', 'everyone: {', '18:3 people.everyone: "everyone" is taken'],
    ['a service in capitals', '  web:', '  Web:', '4:3 services.Web: "Web" is not a name'],
    ['a key twice', 'template: Web', 'group: Web', '6:5: Map keys must be unique'],
    ['YAML that is none', 'services:', 'services: [', '5:12: Nested mappings'],
  ])('with %s stops the start at the place', (_, from, to, sentence) => {
    expect(sound).toContain(from)
    expect(mistakesIn(sound.replace(from, to))).toContain(`rollcall.yaml:${sentence}`)
  })

  test('says several mistakes at once, in the order of the file, with what is allowed', () => {
    const text = sound
      .replace('bake: 60s', 'bake: soon')
      .replace('allow: everyone', 'alow: everyone')
      .replace('max: 4', 'max: 4.5')
    expect(mistakesIn(text)).toMatchInlineSnapshot(`
"rollcall.yaml:9:42 services.web.capacity.max: "4.5" will not do. Allowed: a whole number from 0 to 10000
rollcall.yaml:10:19 services.web.gate.bake: "soon" will not do. Allowed: a time with its unit: 60s, 20m, 2h, 1h30m, 1d
rollcall.yaml:20:5 rules[0].allow[0]: is missing. Allowed: names of groups of people, machines.<name>, or everyone
rollcall.yaml:20:54 rules[0].alow: "alow" is not known (did you mean "allow"?). Allowed: service, action, allow, approval, reason, ticket"
`)
  })

  test('has one group of approvers for an action on a service', () => {
    const text = `${sound}  - { service: "*", action: deploy, allow: operators, approval: { by: operators } }\n`
    expect(mistakesIn(text)).toContain(
      'another rule has deploy on shop approved by "approvers". Allowed: approvers',
    )
  })

  test.each(['', '[]', 'services: {}', '42', 'services:\n  web:\n', '? [a, b]\n: c\n', '&a [*a]', '<<: 3'])(
    'of the text %j is refused with a place, and nothing breaks',
    (text) => expect(mistakesIn(text)).toMatch(/^rollcall\.yaml:\d+:\d+/),
  )
})

describe('contradictions in the catalogue', () => {
  const file = (
    rules: readonly string[],
    people = 'operators: { users: [U0ALICE] }, approvers: { users: [U0BOB] }, both: { users: [U0BOB, U0CAROL] }',
  ) => `
defaults: { region: ap-northeast-2, channel: ops }
services:
  web: { group: Web-ASG }
  shop: { group: Shop-ASG }
people: { ${people} }
rules:
${rules.map((rule) => `  - { ${rule} }`).join('\n')}
`
  const deployByApprovers = 'service: web, action: deploy, allow: operators, approval: { by: approvers }'

  test.each([
    [
      'two groups that approve one action, one of them by *',
      [deployByApprovers, 'service: "*", action: "*", allow: both, approval: { by: both }'],
      '9:63 rules[1].approval.by: another rule has deploy on web approved by "approvers". Allowed: approvers',
    ],
    [
      'two groups that approve one action, the first by *',
      ['service: "*", action: "*", allow: operators, approval: { by: both }', deployByApprovers],
      '9:71 rules[1].approval.by: another rule has deploy on web approved by "both"',
    ],
    [
      'schedule and reschedule, of which the first includes the other',
      [
        'service: web, action: schedule, allow: operators, approval: { by: approvers }',
        'service: web, action: reschedule, allow: operators, approval: { by: both }',
      ],
      'another rule has reschedule on web approved by "approvers"',
    ],
    [
      'an approver whose only colleague is nobody',
      ['service: web, action: deploy, allow: approvers, approval: { by: approvers }'],
      'rules[0].approval.by: whoever may ask for deploy is of "approvers" and cannot approve their own: 0 are left',
    ],
    [
      'two who would both have to approve what one of them asks for',
      ['service: web, action: deploy, allow: [approvers, both], approval: { by: both, count: 2 }'],
      'whoever may ask for deploy is of "both" and cannot approve their own: 1 are left to approve, 2 are wanted',
    ],
    ['a rule for no service', ['service: [], action: deploy, allow: both'], 'rules[0].service: is empty'],
    ['a rule for no action', ['service: web, action: [], allow: both'], 'rules[0].action: is empty'],
    ['a rule for nobody', ['service: web, action: deploy, allow: []'], 'rules[0].allow: is empty'],
    [
      'an approver by the name of what every object has',
      ['service: web, action: deploy, allow: both, approval: { by: toString }'],
      'rules[0].approval.by: there is no group of people "toString"',
    ],
  ])('%s: a mistake with its line', (_, rules, said) => {
    expect(mistakesIn(file(rules))).toContain(said)
  })

  test.each([
    [
      'a group that names nobody',
      file([deployByApprovers], 'operators: {}, approvers: { users: [U0BOB] }'),
      'people.operators: nobody is in "operators"',
    ],
    [
      'a name that every object has',
      file([deployByApprovers]).replace('people: {', 'people: { __proto__: { users: [U0BOB] },'),
      '6:11: "__proto__" is no name',
    ],
    [
      'a service of such a name',
      file([deployByApprovers]).replace('  web:', '  __proto__: { group: x }\n  web:'),
      '4:3: "__proto__" is no name',
    ],
  ])('%s: a mistake with its line', (_, text, said) => {
    expect(mistakesIn(text)).toContain(said)
  })

  test.each([
    [
      'the same group for both',
      [deployByApprovers, 'service: "*", action: "*", allow: both, approval: { by: approvers }'],
    ],
    [
      'different services',
      [deployByApprovers, 'service: shop, action: deploy, allow: operators, approval: { by: both }'],
    ],
    [
      'an approver who may ask, beside others who may',
      ['service: web, action: deploy, allow: [operators, approvers], approval: { by: approvers }'],
    ],
    [
      'others let in by another rule',
      [
        'service: web, action: deploy, allow: approvers, approval: { by: approvers }',
        'service: "*", action: deploy, allow: operators',
      ],
    ],
    ['everyone may ask', ['service: web, action: deploy, allow: everyone, approval: { by: approvers }']],
    [
      'members that Slack knows',
      [
        'service: web, action: deploy, allow: both, approval: { by: both, count: 2 }',
        'service: web, action: deploy, allow: team',
      ],
    ],
  ])('no contradiction: %s', (_, rules) => {
    expect(
      mistakesIn(
        file(
          rules,
          'operators: { users: [U0ALICE] }, approvers: { users: [U0BOB] }, both: { users: [U0BOB, U0CAROL] }, team: { groups: [S0TEAM] }',
        ),
      ),
    ).toBe('none')
  })
})

describe('a catalogue of 20,000 services', () => {
  const many = (service: (at: number) => string) =>
    [
      'defaults: { region: ap-northeast-2, channel: ops }',
      'services:',
      ...Array.from({ length: 20_000 }, (_, at) => `  s${at}: { ${service(at)} }`),
      'people: { operators: { users: [U0ALICE] } }',
      'rules: [{ service: "*", action: ["*"], allow: operators }]',
    ].join('\n')
  /** Milliseconds of the processor, the best of three: what others do on the machine does not count. */
  const cost = (text: string): number =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const before = process.cpuUsage()
        readCatalogue(text, 'rollcall.yaml')
        const { user, system } = process.cpuUsage(before)
        return (user + system) / 1_000
      }),
    )

  test.each([
    ['groups by name', many((at) => `group: Group-${at}, template: T-${at}`)],
    ['colors by prefix and tag', many((at) => `colors: { prefix: prod-, tag: { app: a${at} } }`)],
  ])('with %s is read in under a second', (_, text) => {
    expect(mistakesIn(text)).toBe('none')
    expect(cost(text)).toBeLessThan(1_000)
  })

  test('with a mistake in each says them without looking through all for each', () => {
    const text = many((at) => `group: Group-${at}, templte: T-${at}`)
    const lines = mistakesIn(text).split('\n')
    expect(lines).toHaveLength(20_000)
    expect(lines.at(-1)).toContain('rollcall.yaml:20002:')
  })
})
