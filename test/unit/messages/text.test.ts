import { hour, minute, second } from '../../../src/domain/time/time'
import { context, section } from '../../../src/messages/kit/blocks'
import { createSlack } from '../../../src/sandbox/slack'
import { newTokens, seedWorkspace } from '../../../src/sandbox/slack/seed'
import { parseBlocks } from '../../../src/sandbox/slack/text/parsing'
import { cut } from '../../../src/messages/text/cut'
import { josa } from '../../../src/messages/text/josa'
import { fromNow, moment } from '../../../src/messages/text/moments'
import { about, duration, list } from '../../../src/messages/text/numbers'
import { bold, code, italic, mention, say, words } from '../../../src/messages/text/phrase'
import { mrkdwn, plain, rich } from '../../../src/messages/text/render'
import { start } from '../../support/web-deploy'

describe('durations', () => {
  test.each([
    [0, '0 s', '0초'],
    [45 * second, '45 s', '45초'],
    [4 * minute + 30 * second, '4 min 30 s', '4분 30초'],
    [hour, '1 h', '1시간'],
    [2 * hour + 5 * minute + 9 * second, '2 h 5 min', '2시간 5분'],
    [25 * hour, '1 d 1 h', '1일 1시간'],
  ])('%d ms', (span, en, ko) => {
    expect([duration(span, 'en'), duration(span, 'ko')]).toEqual([en, ko])
  })

  test.each([
    [2 * second, 'a few seconds', '몇 초'],
    [64 * second, 'about 1 min', '약 1분'],
    [5 * minute + 12 * second, 'about 5 min', '약 5분'],
  ])('expected, %d ms', (span, en, ko) => {
    expect([about(span, 'en'), about(span, 'ko')]).toEqual([en, ko])
  })

  test.each([
    [-3 * minute - 10 * second, '3 min ago', '3분 전'],
    [2 * hour, 'in 2 h', '2시간 후'],
    [0, 'just now', '방금'],
  ])('from now, %d ms', (span, en, ko) => {
    const voice = { timezone: 'Asia/Seoul', now: start }
    expect([
      fromNow(start + span, { ...voice, language: 'en' }),
      fromNow(start + span, { ...voice, language: 'ko' }),
    ]).toEqual([en, ko])
  })
})

describe('Korean particles', () => {
  test.each([
    ['web', '웹을', 'web을'],
    ['v2', '', 'v2를'],
    ['v1', '', 'v1을'],
    ['v3', '', 'v3을'],
    ['1.10', '', '1.10을'],
    ['Web-ASG', '', 'Web-ASG를'],
    ['서비스', '', '서비스를'],
    ['배포판', '', '배포판을'],
    ['server', '', 'server를'],
    ['mobile', '', 'mobile을(를)'],
    ['`web`', '', '`web`을'],
    ['!?', '', '!?을(를)'],
  ])('behind %s', (word, _, expected) => {
    expect(word + josa(word, '을를')).toBe(expected)
  })

  test.each([
    ['v1', 'v1로'],
    ['v2', 'v2로'],
    ['v3', 'v3으로'],
    ['v6', 'v6으로'],
    ['v8', 'v8로'],
    ['서울', '서울로'],
    ['prod', 'prod로'],
    ['main', 'main으로'],
  ])('of direction behind %s', (word, expected) => {
    expect(word + josa(word, '으로')).toBe(expected)
  })
})

describe('what Slack is given', () => {
  test('cannot be spoken through: control characters of other people’s text are escaped', () => {
    expect(mrkdwn(say`why: ${'<!channel> & <@U1|x>'}`)).toBe('why: &lt;!channel&gt; &amp; &lt;@U1|x&gt;')
    expect(mrkdwn(code('a`b<c'))).toBe('`aˋb&lt;c`')
  })

  test('calls nobody by what a person types, as Slack publishes it: a link is a link, a person is named', () => {
    const { workspace } = createSlack({ seed: seedWorkspace(newTokens()) })
    const published = (reason: string) => {
      const blocks = [section(say`reason: ${italic(reason)}`), context(words(reason)), section(words(reason))]
      return JSON.stringify(
        parseBlocks(
          workspace,
          blocks.map((block) => ({ ...block })),
        ),
      )
    }
    const calling = [
      '@here',
      '@channel',
      '@everyone',
      '@ops-team',
      '<!here>',
      '<!channel|x>',
      '<!subteam^S0OPS>',
      '#ops',
    ]
    for (const reason of calling) {
      expect(published(`down ${reason} now`)).not.toMatch(/<[!#]/)
      expect(published(reason)).not.toMatch(/<[!#]/)
    }
    expect(
      mrkdwn(say`reason: ${italic('see https://jira.example/INC_42?a=1&b=2, ask <@U0BOB> (now)')}`),
    ).toBe('reason: _see_ <https://jira.example/INC_42?a=1&amp;b=2>_, ask_ <@U0BOB> _(now)_')
    expect(plain(words('see https://jira.example/1'))).toBe('see https://jira.example/1')
    expect(mrkdwn(code('https://jira.example/1'))).toBe('`https://jira.example/1`')
    expect(rich(words('see https://jira.example/1')).elements[0]).toMatchObject({
      elements: [
        { type: 'text', text: 'see ' },
        { type: 'link', url: 'https://jira.example/1' },
      ],
    })
  })

  test('mentions by id only', () => {
    expect(mrkdwn(mention('U0ALICE'))).toBe('<@U0ALICE>')
    expect(mrkdwn(mention('S0OPS'))).toBe('<!subteam^S0OPS>')
    expect(mrkdwn(mention('<!here>'))).toBe('&lt;!here&gt;')
  })

  test('keeps its style in the middle of Korean, by an edge that nobody sees', () => {
    expect(mrkdwn(say`${code('web')}을 ${bold('v2')} 버전으로`)).toBe('`web`\u200b을 *v2* 버전으로')
  })

  test('is bold in one piece', () => {
    expect(mrkdwn(bold(say`Deploy ${'web'} ${'v2'}`))).toBe('*Deploy web v2*')
  })

  test('is never cut within what people see as one character', () => {
    expect(cut('ab👩‍👩‍👧‍👦cd', 5)).toBe('ab…')
    expect(cut('한국어', 2)).toBe('한…')
    expect(mrkdwn(words('&&&&'), 12)).toBe('&amp;&amp;…')
  })

  test('is never cut within a mention', () => {
    expect(mrkdwn(say`${'x'.repeat(10)} ${mention('U0ALICE')}`, 14)).not.toContain('<')
  })

  test('never longer than asked', () => {
    const long = say`${bold('b'.repeat(50))} ${code('c<'.repeat(50))} ${'d&'.repeat(50)}`
    for (let limit = 1; limit < 300; limit++) expect(mrkdwn(long, limit).length).toBeLessThanOrEqual(limit)
  })

  test('shows each reader their own time, and beside it the service’s', () => {
    expect(mrkdwn(moment(start, { language: 'en', timezone: 'Asia/Seoul', now: start }))).toBe(
      '<!date^1795255200^{date_short_pretty} {time}|2026-11-21 19:00> (19:00 Asia/Seoul)',
    )
  })

  test('says a time once where nothing is rendered, with its zone', () => {
    const at = moment(start, { language: 'en', timezone: 'Asia/Seoul', now: start })
    expect(plain(say`until ${at}.`)).toBe('until 2026-11-21 19:00 Asia/Seoul.')
    expect(JSON.stringify(rich(at).elements)).toContain('" (19:00 Asia/Seoul)"')
    const own = moment(start, { language: 'ko', timezone: 'America/New_York', ownZone: true, now: start })
    expect(plain(own)).toBe('2026-11-21 05:00 America/New_York')
  })

  test('calls people by their names where nothing is rendered, and by their ids without a sign', () => {
    const phrase = say`${mention('U0BOB')}, ${mention('S0OPS')} and ${mention('machines.ci')}`
    expect(plain(phrase)).toBe('U0BOB, S0OPS and machines.ci')
    const nameOf = (id: string) => (id === 'U0BOB' ? 'Bob' : undefined)
    expect(plain(phrase, { nameOf })).toBe('Bob, S0OPS and machines.ci')
  })

  test('carries no hidden turns of the text’s direction', () => {
    expect(plain(words('a\u202eb\u0000c'))).toBe('a b c')
  })

  test('is one section of rich text, its runs as few as can be', () => {
    expect(rich(say`${'took'} ${4} min, ${code('web')}`)).toEqual({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'took 4 min, ' },
            { type: 'text', text: 'web', style: { code: true } },
          ],
        },
      ],
    })
  })

  test('lists as people do', () => {
    const names = ['a', 'b', 'c'].map((name) => words(name))
    expect(plain(list(names, 'en'))).toBe('a, b and c')
    expect(plain(list(names, 'ko'))).toBe('a, b, c')
    expect(plain(list(names, 'en', 2))).toBe('a, b and 1 more')
    expect(plain(list(names, 'ko', 2))).toBe('a, b 외 1개')
  })
})
