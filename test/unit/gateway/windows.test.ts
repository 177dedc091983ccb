import type { Catalogue } from '../../../src/domain/catalogue/catalogue'
import { readButton } from '../../../src/domain/interaction/buttons'
import type { Message } from '../../../src/ports/chat'
import { hour } from '../../../src/domain/time/time'
import { catalogue, frontDesk, texts } from '../../support/gateway-deps'

const closed = (more: Partial<Catalogue> = {}): Catalogue => ({
  ...catalogue,
  windows: [
    {
      name: 'year end',
      services: ['*'],
      except: [],
      why: 'nobody on duty',
      timezone: 'Asia/Seoul',
      times: { kind: 'once', from: 0, until: Date.parse('2100-01-03T15:00:00Z') },
    },
  ],
  override: { by: 'approvers', count: 1, expires: hour },
  ...more,
})

/** The buttons of an answer: what they do, and with what. */
const buttonsOf = (answer: { readonly acks: readonly (Message | undefined)[] }) =>
  answer.acks
    .flatMap((message) => message?.blocks ?? [])
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .flatMap((element) =>
      element.type === 'button' ? [[element.action_id, readButton(element.value ?? '')]] : [],
    )

test('a closed window refuses: what, until when by the reader’s clocks, who may override, and what can be done', async () => {
  const desk = frontDesk({ catalogue: closed() })
  const refused = await desk.say('alice', 'deploy web v2 --reason "release"')
  expect(texts(refused)).toMatch(/year end[^]*2100-01-04 00:00 Asia\/Seoul[^]*nobody on duty[^]*approvers/)
  expect(await desk.operations()).toEqual([])
  expect(buttonsOf(refused)).toEqual([
    ['open_form:override', { form: 'override', line: 'deploy web v2 --reason "release"' }],
    ['run_command:then', { line: 'deploy web v2 --reason "release" --wait-for-window' }],
  ])
})

test('what a closed window never holds is recorded', async () => {
  const desk = frontDesk({ catalogue: closed() })
  const lines = ['rollback web', 'scale web 4', 'schedule web 2099-03-01 19:30 2h desired=8', 'finish web']
  for (const line of lines) await desk.say('alice', line)
  const recorded = await desk.operations()
  expect(recorded.map(({ request }) => request.procedure).toSorted()).toEqual([
    'finish',
    'rollback',
    'scale',
    'schedule',
  ])
})

test('the window is asked after the lock, and a dry run is never held', async () => {
  const desk = frontDesk({ catalogue: closed() })
  await desk.say('alice', 'lock web "incident 42"')
  expect(texts(await desk.say('alice', 'deploy web v2'))).toContain('incident 42')
  expect(texts(await desk.say('mallory', 'deploy web v2'))).not.toContain('incident 42')
  await desk.say('alice', 'unlock web')
  expect(texts(await desk.say('alice', 'deploy web v2 --dry-run'))).not.toContain('year end')
})

test('the glass is broken for one operation, with a reason that says something', async () => {
  const desk = frontDesk({ catalogue: closed() })
  expect(texts(await desk.say('alice', 'deploy web v2 --override "urgent"'))).toContain('10–300')
  expect(await desk.operations()).toEqual([])
  await desk.say('alice', 'deploy web v2 --override "customers cannot pay"')
  const [recorded] = await desk.operations()
  expect(recorded).toMatchObject({ atWindow: { override: 'customers cannot pay' } })
  expect(texts(await desk.say('alice', 'deploy web v3'))).toContain('year end')
})

test('a form asks for the reason, and sends what was held', async () => {
  const desk = frontDesk({ catalogue: closed() })
  const line = 'deploy web v2 --reason "release"'
  await desk.click('alice', 'open_form', { form: 'override', line })
  const form = desk.forms.at(-1)?.form
  expect(JSON.stringify(form)).toContain('Why can it not wait?')
  const submit = (override: string) =>
    desk.inbox.submit({
      delivery: `form ${override}`,
      person: { user: 'U0ALICE', team: 'T0' },
      view: { id: 'V1', form: 'override', metadata: form?.private_metadata ?? '', values: { override } },
    })
  expect(await submit('urgent')).toMatchObject({ next: 'correct' })
  expect(await desk.operations()).toEqual([])
  expect(await submit('customers cannot pay')).toEqual({ next: 'close' })
  expect(await desk.operations()).toMatchObject([
    { why: 'release', atWindow: { override: 'customers cannot pay' } },
  ])
})

test('where nobody may override, nobody is offered to', async () => {
  const { override: _, ...nobody } = closed()
  const desk = frontDesk({ catalogue: nobody })
  const refused = await desk.say('alice', 'deploy web v2')
  expect(buttonsOf(refused).map(([verb]) => verb)).toEqual(['run_command:then'])
  expect(texts(await desk.say('alice', 'deploy web v2 --override "customers cannot pay"'))).toContain(
    'may not override',
  )
  expect(await desk.operations()).toEqual([])
})

test('the right to override is no part of a rule for everything', async () => {
  const { override: _, ...nobody } = closed()
  const named = { service: 'web', actions: ['override' as const], allow: ['operators'] }
  const desk = frontDesk({ catalogue: { ...nobody, rules: [...nobody.rules, named] } })
  await desk.say('alice', 'deploy web v2 --override "customers cannot pay"')
  expect(await desk.operations()).toHaveLength(1)
})

test('then: in line until it opens', async () => {
  const desk = frontDesk({ catalogue: closed() })
  await desk.say('alice', 'deploy web v2 --then')
  expect(await desk.operations()).toMatchObject([{ atWindow: { waits: true } }])
})

test('windows are shown to who may see how services stand, and in the status', async () => {
  const desk = frontDesk({ catalogue: closed() })
  expect(texts(await desk.say('mallory', 'windows'))).toMatch(/web.*closed[^]*shop.*closed/)
  expect(texts(await desk.say('alice', '변경금지 web'))).toContain('year end')
  expect(texts(await desk.say('alice', 'status web'))).toContain('year end')
  const open = frontDesk()
  expect(texts(await open.say('alice', 'windows'))).toContain('has no windows')
})
