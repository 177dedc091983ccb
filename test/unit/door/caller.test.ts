import { machineAsPerson, machineOf } from '../../../src/domain/door/caller'
import type { Machine } from '../../../src/domain/catalogue/catalogue'
import { asked } from '../../../src/messages/operation/requester-and-signals'
import { mrkdwn, plain } from '../../../src/messages/text/render'
import { newOperation } from '../../support/operations'

const github = 'https://token.actions.githubusercontent.com'
const machine: Machine = {
  name: 'pipeline',
  tokens: [],
  oidc: { issuer: github, audience: 'rollcall', claims: { repository_id: '456789', ref: 'refs/heads/main' } },
  actors: { octocat: 'U0BOB' },
}
const claims = {
  iss: github,
  aud: 'rollcall',
  repository: 'acme/web',
  repository_id: '456789',
  ref: 'refs/heads/main',
  run_id: '123',
  actor: 'octocat',
  sub: 'repo:acme/web:ref:refs/heads/main',
}

test('a token is a machine’s where every claim is as it says', () => {
  expect(machineOf([machine], claims)).toBe(machine)
  expect(machineOf([machine], { ...claims, repository_id: 456789, aud: ['rollcall'] })).toBe(machine)
})

test.each([
  ['another branch', { ref: 'refs/heads/mine' }],
  ['another repository of the same name', { repository_id: '1' }],
  ['a claim that is missing', { ref: undefined }],
  ['a claim that is a list', { ref: ['refs/heads/main'] }],
  ['another issuer', { iss: 'https://gitlab.com' }],
  ['an audience beside ours', { aud: ['rollcall', 'other'] }],
])('%s is nobody', (_, other) => {
  expect(machineOf([machine], { ...claims, ...other })).toBeUndefined()
})

test.each([
  [claims, 'GitHub Actions, acme/web@main, run 123', 'https://github.com/acme/web/actions/runs/123'],
  [
    { ...claims, iss: 'https://git.acme.example/_services/token' },
    'GitHub Actions, acme/web@main, run 123',
    'https://git.acme.example/acme/web/actions/runs/123',
  ],
  [
    { iss: 'https://gitlab.com', project_path: 'acme/web', ref: 'main', pipeline_id: '9' },
    'GitLab CI, acme/web@main, pipeline 9',
    'https://gitlab.com/acme/web/-/pipelines/9',
  ],
  [
    { organization_slug: 'acme', pipeline_slug: 'web', build_number: 7, build_branch: 'main' },
    'Buildkite, acme/web@main, build 7',
    'https://buildkite.com/acme/web/builds/7',
  ],
  [{ iss: 'https://ci.example', ref: 'main' }, undefined, undefined],
])('%j is said as %s', (told, title, url) => {
  expect(machineAsPerson(machine, told).caller ?? {}).toMatchObject({
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
  })
})

test('who started a run stands behind it, else the owner; a name of the machinery is nobody', () => {
  expect(machineAsPerson(machine, claims)).toMatchObject({
    user: 'machines.pipeline',
    caller: { behind: 'U0BOB' },
  })
  expect(
    machineAsPerson({ ...machine, owner: 'U0CAROL' }, { ...claims, actor: 'constructor' }).caller?.behind,
  ).toBe('U0CAROL')
})

test('the message says which run asked, with the way to it, and nothing that a run calls itself breaks it', () => {
  const locale = { language: 'en', timezone: 'UTC', now: 0 } as const
  const by = (told: Readonly<Record<string, unknown>>) =>
    asked({ ...newOperation('web-aaaaa'), requester: machineAsPerson(machine, told) } as never, locale)
  expect(mrkdwn(by(claims))).toContain(
    'Requested by <https://github.com/acme/web/actions/runs/123|GitHub Actions, acme/web@main, run 123>',
  )
  expect(plain(by(claims))).toContain('Requested by GitHub Actions, acme/web@main, run 123')
  const hostile = mrkdwn(by({ ...claims, repository: 'a|b>/<!channel>', ref: 'refs/heads/<@U0BOB>|x' }))
  expect(hostile).not.toMatch(/<!channel>|<@U0BOB>/)
  expect(hostile.match(/\|/g)).toHaveLength(1 + (hostile.match(/<!date[^>]*\|/g) ?? []).length)
  expect(
    mrkdwn(
      asked({ ...newOperation('web-aaaaa'), requester: { user: 'machines.ci', team: '' } } as never, locale),
    ),
  ).toContain('Requested by machines.ci')
})
