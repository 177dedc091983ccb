import { commandNamed, commands, permissionOf } from '../../../src/commands/index'
import { parseLine } from '../../../src/commands/parse'
import type { Command } from '../../../src/domain/interaction/command'
import { windowOptions } from '../../../src/commands/starting'
import { services } from './catalogue'

const commandOf = (line: string): Command => {
  const parsed = parseLine(line, services)
  if (!parsed.ok) throw new Error(`${line}: ${parsed.parseError.code}`)
  return parsed.command
}

describe('the registry', () => {
  test.each(commands.map((spec) => [spec.name, spec] as const))('%s explains itself truly', (name, spec) => {
    expect(spec.usage.split(' ')[0]).toBe(name)
    expect(commandNamed(name)).toBe(spec)
    const examples = [...spec.examples.en, ...spec.examples.ko]
    expect(examples.map((line) => commandOf(line).name)).toEqual(examples.map(() => name))
    // What the usage offers is what is accepted.
    const offered = Array.from(
      spec.usage.matchAll(/--([a-z-]+)|\b([a-z]+)=/g),
      ([, option, size]) => option ?? size,
    )
    const atWindow: readonly string[] = spec.starts ? windowOptions : []
    const written = spec.options.filter(
      (option) => !atWindow.includes(option) && option !== 'for' && !(name === 'lock' && option === 'reason'),
    )
    expect(new Set(offered)).toEqual(new Set(written))
  })

  test.each(commands.map((spec) => spec.name))(
    '%s without a word is a command, a form or a question',
    (name) => {
      const parsed = parseLine(name, services)
      if (parsed.ok) expect([name, 'form']).toContain(parsed.command.name)
      else expect(parsed.parseError.code).toBe('missing_argument')
    },
  )

  test('has every word once', () => {
    const words = commands.flatMap(({ name, synonyms }) => [name, ...synonyms.en, ...synonyms.ko])
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  })

  test.each([
    ['deploy web v2', 'deploy', 'web'],
    ['deploy web v2 --dry-run', 'deploy', 'web'],
    ['bake web v2', 'bake', 'web'],
    ['roll web', 'roll', 'web'],
    ['rollback shop', 'rollback', 'shop'],
    ['rollback shop-k7f3q', 'rollback', 'shop'],
    ['cancel web', 'cancel', 'web'],
    ['cancel payments-api-k7f3q', 'cancel', 'payments-api'],
    ['approve shop-k7f3q', 'approve', 'shop'],
    ['show web-k7f3q', 'show', 'web'],
    ['show web', 'status', 'web'],
    ['lock web "x"', 'lock', 'web'],
    ['lock all "x"', 'lock', '*'],
    ['unlock web', 'unlock', 'web'],
    ['status', 'status', undefined],
    ['status web', 'status', 'web'],
    ['history web', 'history', 'web'],
    ['help', 'help', undefined],
    ['', 'help', undefined],
    ['deploy', 'deploy', undefined],
    ['deploy web', 'deploy', 'web'],
  ])('“%s” wants %s permitted on %s', (line, action, service) => {
    expect(permissionOf(commandOf(line))).toEqual({ action, ...(service !== undefined && { service }) })
  })
})
