import * as fc from 'fast-check'
import { commands } from '../../../src/commands/index'
import { normalise } from '../../../src/commands/normalise'
import { parseLine } from '../../../src/commands/parse'
import { wordsOf, writeWord } from '../../../src/commands/words'
import { services } from './catalogue'

/** Lines made of what people do type, in any order, so that the deep parts are met. */
const pieces = [
  ...commands.flatMap((spec) => [spec.name, ...spec.synonyms.en, ...spec.synonyms.ko]),
  ...'web shop wbe web에 payments v2 v@2 3 web-k7f3q wbe-k7f3q to for 2h 2시간 all * ? . — -- = & "'.split(
    ' ',
  ),
  ...'--dry-run --dyr-run --strategy replce --strategy=surge —reason <@U1|a> &amp;lt; ` \\ \\" \' “'.split(
    ' ',
  ),
  '2 hours',
  'reason="a b"',
  '\u3000',
]
const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((words) => words.join('')),
)

const always = (property: fc.IProperty<[string]>) => fc.assert(property, { numRuns: 500 })

describe('any line at all', () => {
  test('is understood or said to be misunderstood, and never throws', () => {
    always(fc.property(line, (text) => expect(typeof parseLine(text, services).ok).toBe('boolean')))
  })

  test('gets only suggestions that are understood', () => {
    always(
      fc.property(line, (text) => {
        const parsed = parseLine(text, services)
        if (!parsed.ok && parsed.suggestion !== undefined) {
          expect(parseLine(parsed.suggestion, services)).toMatchObject({ ok: true })
        }
      }),
    )
  })

  test('is normal after it was made normal once', () => {
    always(fc.property(line, (text) => expect(normalise(normalise(text))).toBe(normalise(text))))
  })

  test('says the same when its words are written again', () => {
    always(
      fc.property(line, (text) => {
        const words = wordsOf(normalise(text))
        const again = words && wordsOf(words.map(writeWord).join(' '))
        expect(again?.map((word) => word.text)).toEqual(words?.map((word) => word.text))
      }),
    )
  })

  test('that only asks is never understood, or offered, as one that acts', () => {
    const asking = fc.tuple(
      fc.constantFrom('deploy', 'delpoy', '배프', 'bake', 'rol', 'web', 'wbe'),
      fc.array(fc.constantFrom(...pieces), { maxLength: 6 }),
      fc.constantFrom('--dry-run', 'dry run', '—dry-run', '?'),
    )
    const line = asking
      .map(([verb, words, ask]) =>
        [verb, ...words.filter((word) => !/["'“\\`]|reason/.test(word)), ask].join(' '),
      )
      .filter((text) => !/because|왜냐하면/.test(text))
    always(
      fc.property(line, (text) => {
        const parsed = parseLine(text, services)
        const offered = parsed.ok ? parsed : parseLine(parsed.suggestion ?? 'help', services)
        if (offered.ok && 'request' in offered.command) expect(offered.command.dryRun).toBe(true)
      }),
    )
  })

  test('starts nothing unless it names what it starts, word for word', () => {
    always(
      fc.property(line, (text) => {
        const parsed = parseLine(text, services)
        if (!parsed.ok || !('request' in parsed.command)) return
        expect(normalise(text).toLowerCase()).toContain(parsed.command.request.service)
      }),
    )
  })

  test('of any length takes no time', () => {
    const long = ['"', '&amp;', '<http://', '—-', 'deploy ', '=', '--'].map((piece) => piece.repeat(20_000))
    for (const text of long) {
      const begun = performance.now()
      parseLine(text, services)
      expect(performance.now() - begun).toBeLessThan(500)
    }
  })
})
