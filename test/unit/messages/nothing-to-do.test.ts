import { reason } from '../../../src/domain/reasons/reason'
import { reasonRows } from '../../../src/messages/reasons/reasons'
import { mrkdwn } from '../../../src/messages/text/render'

const nothing = (
  facts: { version?: string; group?: string; image?: string; left?: string },
  language: 'en' | 'ko',
) =>
  mrkdwn(
    reasonRows(reason('nothing_to_do', { service: 'web', ...facts }), {
      language,
      timezone: 'Asia/Seoul',
      now: 0,
    }),
  )

describe('that there is nothing to do is said in the words of what was asked', () => {
  test.each([
    [
      'a version',
      { version: 'v2' },
      'Every instance of `web` already runs `v2`. Nothing was replaced.',
      '`web`: 모든 인스턴스가 이미 `v2` 버전입니다. 교체한 인스턴스는 없습니다.',
    ],
    [
      'an image',
      { version: 'v2', image: 'ami-2' },
      'The image of `web` `v2` already exists: `ami-2`. Nothing was baked.',
      '`web` `v2` 이미지가 이미 있습니다(`ami-2`). 새로 만들지 않았습니다.',
    ],
    [
      'the newest image',
      { image: 'ami-2' },
      'New instances of `web` launch the newest image already: `ami-2`. Nothing was changed.',
      '`web`: 새 인스턴스는 이미 최신 이미지로 시작됩니다(`ami-2`). 변경한 것은 없습니다.',
    ],
    [
      'the newest image, which was taken back',
      { image: 'ami-1', left: 'Web Server v2' },
      'Nothing was changed: the newer image `Web Server v2` was taken back, and new instances of `web` go on launching `ami-1`. To take it all the same, deploy its version by name.',
      '변경한 것은 없습니다. 더 새로운 이미지 `Web Server v2`\u200b는 이전에 되돌렸으므로 제외했고, `web`\u200b의 새 인스턴스는 계속 `ami-1` 이미지로 시작됩니다. 그래도 사용하려면 해당 버전을 직접 배포하십시오.',
    ],
    [
      'sizes, or a change of an event',
      { group: 'Web-ASG' },
      '`Web-ASG` is as asked already. Nothing was changed.',
      '`Web-ASG`: 이미 요청한 상태입니다. 변경한 것은 없습니다.',
    ],
  ])('%s', (_what, facts, english, korean) => {
    expect([nothing(facts, 'en'), nothing(facts, 'ko')]).toEqual([english, korean])
  })
})
