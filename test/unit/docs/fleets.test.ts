import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AutoScalingGroup$ } from '@aws-sdk/client-auto-scaling'
import { Image$, ResponseLaunchTemplateData$ } from '@aws-sdk/client-ec2'

const page = readFileSync(join(__dirname, '../../../docs/fleets.md'), 'utf8')
const doings = ['carried through', 'followed', 'checked', 'refused', 'no matter']

/** Members and what is done with each, of the table under a heading. */
const tableUnder = (heading: string): readonly (readonly [string, string])[] => {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...section.matchAll(/^\| `(\w+)` +\| ([a-z ]+?) +\|/gm)].map(([, member = '', doing = '']) => [
    member,
    doing,
  ])
}

/** Members of a structure, as the SDK's own schema has them: [3, namespace, name, traits, members, …]. */
const membersOf = (schema: readonly unknown[]): readonly string[] => schema[4] as readonly string[]

describe.each([
  ['DescribeAutoScalingGroups: AutoScalingGroup', AutoScalingGroup$],
  ['LaunchTemplateData', ResponseLaunchTemplateData$],
  ['DescribeImages: Image', Image$],
])('%s', (heading, schema) => {
  const table = tableUnder(heading)

  it('has a row for every member that the SDK knows, and for no other', () => {
    const members = membersOf(schema)
    expect(members.length).toBeGreaterThan(30)
    expect(table.map(([member]) => member).toSorted()).toEqual([...members].toSorted())
  })

  it('says of each what is done with it, in one of five words', () => {
    expect(table.filter(([, doing]) => !doings.includes(doing))).toEqual([])
  })
})
