import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { allSteps } from '../../../src/domain/steps'
import type { Declaration } from '../../../src/domain/steps/step'

const source = join(__dirname, '..', '..', '..', 'src')
const declared = join('domain', 'steps')

const topics: readonly Readonly<Record<string, Declaration>>[] = Object.values(allSteps)
const tasks = new Set(topics.flatMap((topic) => Object.values(topic)).map(({ task }) => task))
/** A text that begins as a key does: the way back or a pause, then a task. */
const literal = new RegExp(
  `['"\`/^](?:(?:return|hold)/(?:\\d|\\$)|(?:(?:return|hold)/)?(?:${[...tasks].join('|')})\\\\?/)`,
)

test('no source but the declarations spells out the key of a step', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('sandbox') && !file.startsWith(declared),
  )
  const lines = files.flatMap((file) =>
    readFileSync(join(source, file), 'utf8')
      .split('\n')
      .filter((line) => literal.test(line.replace(/ from '.*'$/, '')))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(files.length).toBeGreaterThan(300)
  expect(lines).toEqual([])
})
