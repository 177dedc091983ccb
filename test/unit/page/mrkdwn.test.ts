import { bare, parseInline, parseMrkdwn, parsePlain } from '../../../src/sandbox/page/text/mrkdwn'

const text = (value: string) => ({ kind: 'text', text: value })

describe('mrkdwn is read as Slack reads it', () => {
  test.each([
    ['*bold* word', [{ kind: 'bold', children: [text('bold')] }, text(' word')]],
    ['a*b*c', [text('a*b*c')]],
    ['2 * 3 * 4', [text('2 * 3 * 4')]],
    ['snake_case_name', [text('snake_case_name')]],
    ['_*both*_', [{ kind: 'italic', children: [{ kind: 'bold', children: [text('both')] }] }]],
    ['*한국어* 글', [{ kind: 'bold', children: [text('한국어')] }, text(' 글')]],
    ['`a *b* &lt;c&gt;`', [{ kind: 'code', text: 'a *b* <c>' }]],
    ['&lt;!channel&gt; &amp;amp;', [text('<!channel> &amp;')]],
    ['<https://a.b/?x=1&amp;y=2|here>', [{ kind: 'link', url: 'https://a.b/?x=1&y=2', label: 'here' }]],
    ['<https://a.b>', [{ kind: 'link', url: 'https://a.b', label: 'https://a.b' }]],
    ['<@U1>', [{ kind: 'user', id: 'U1' }]],
    ['<#C1|ops>', [{ kind: 'channel', id: 'C1', label: 'ops' }]],
    ['<!subteam^S1|@ops>', [{ kind: 'usergroup', id: 'S1', label: '@ops' }]],
    ['<!here>', [{ kind: 'broadcast', range: 'here' }]],
    [
      '<!date^1795222800^{date_short} {time}^https://a.b|later>',
      [
        {
          kind: 'date',
          at: 1_795_222_800,
          format: '{date_short} {time}',
          url: 'https://a.b',
          fallback: 'later',
        },
      ],
    ],
    [
      '<!date^1392734382^Posted {date_num} {time_secs}|Posted 2014-02-18 6:39:42 AM PST>',
      [
        {
          kind: 'date',
          at: 1_392_734_382,
          format: 'Posted {date_num} {time_secs}',
          fallback: 'Posted 2014-02-18 6:39:42 AM PST',
        },
      ],
    ],
    // What is not of the documented form: its fallback, or as it was written where it has none.
    ['<!date^1795222800^{time}^10:00 Asia/Seoul>', [text('<!date^1795222800^{time}^10:00 Asia/Seoul>')]],
    ['<!date^1795222800^{time}^10:00|later>', [text('later')]],
    ['<!date^tomorrow^{time}|later>', [text('later')]],
    ['<!date^1795222800^|later>', [text('later')]],
    ['<!date^1795222800|later>', [text('later')]],
    ['<!date^1795222800^{time}>', [text('<!date^1795222800^{time}>')]],
    ['<!dat^1|x> <!party>', [text('x'), text(' '), text('<!party>')]],
    ['<@bob>', [{ kind: 'link', url: '@bob', label: '@bob' }]],
    [
      ':lock: 10:30:00',
      [{ kind: 'emoji', name: 'lock' }, text(' 10'), { kind: 'emoji', name: '30' }, text('00')],
    ],
  ])('%s', (source, tree) => {
    expect(parseInline(source)).toEqual(tree)
  })

  test('lines, quotes, list items and preformatted text stand by themselves', () => {
    expect(parseMrkdwn('first\n> one\n> two\n• item\n```\n*raw*\n```\nlast')).toEqual([
      { kind: 'line', children: [text('first')] },
      { kind: 'quote', lines: [[text('one')], [text('two')]] },
      { kind: 'line', bullet: '•', children: [text('item')] },
      { kind: 'pre', text: '*raw*' },
      { kind: 'line', children: [text('last')] },
    ])
  })

  test('an empty line between two stays', () => {
    expect(parseMrkdwn('a\n\nb')).toHaveLength(3)
  })

  test('a plain text knows emoji and nothing else', () => {
    expect(parsePlain('*no* :lock:')).toEqual([text('*no* '), { kind: 'emoji', name: 'lock' }])
  })

  test('a preview has no marks', () => {
    const nameOf = (id: string) => ({ U1: 'bob' })[id] ?? id
    expect(bare(':lock: *web* is `locked`\nby <https://a.b|alice>', nameOf)).toBe('🔒 web is locked by alice')
    expect(bare('✓ <@U1> approved in <#C1|ops> for <!subteam^S1|@ops>', nameOf)).toBe(
      '✓ @bob approved in #ops for @ops',
    )
  })
})
