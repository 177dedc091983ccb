import { catalogue, frontDesk, texts } from '../../support/gateway-deps'

const desk = (more: object) =>
  frontDesk({
    catalogue: {
      ...catalogue,
      rules: [
        ...catalogue.rules,
        { service: 'web', actions: ['deploy', 'rollback'], allow: ['operators'], ...more },
      ],
    },
  })

test('a deploy that needs a reason is refused without one, and says how to give it', async () => {
  const strict = desk({ reason: 'required' })
  expect(texts(await strict.say('alice', 'deploy web v2'))).toMatch(/needs a reason[^]*--reason/)
  expect(texts(await strict.say('alice', 'deploy web v2 --dry-run'))).not.toContain('needs a reason')
  expect(await strict.operations()).toEqual([])
  await strict.say('alice', 'deploy web v2 --reason "release"')
  expect(await strict.operations()).toHaveLength(1)
})

test('a ticket is looked for among the words of the reason', async () => {
  const strict = desk({ ticket: String.raw`^[A-Z]+-\d+$` })
  expect(texts(await strict.say('alice', 'deploy web v2 --reason "release"'))).toMatch(
    /needs a ticket[^]*A-Z/,
  )
  expect(texts(await strict.say('alice', 'deploy web v2 --reason "PAYX"'))).toContain('needs a ticket')
  expect(await strict.operations()).toEqual([])
  await strict.say('alice', 'deploy web v2 --reason "PAY-4711: fix of the checkout"')
  expect(await strict.operations()).toMatchObject([{ why: 'PAY-4711: fix of the checkout' }])
})

test('a rollback is never held up by a reason that lacks', async () => {
  const strict = desk({ reason: 'required' })
  await strict.say('alice', 'rollback web')
  expect(await strict.operations()).toHaveLength(1)
})
