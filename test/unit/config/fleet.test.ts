import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadCatalogue, readCatalogue } from '../../../src/config/catalogue'
import { writeMistakes } from '../../../src/config/mistake'
import { labBlueprint, labYaml } from '../../support/lab-fleet'

const sound = `
defaults: { region: ap-northeast-2, channel: ops }
services:
  lab:
    group: Lab-ASG
    template: Lab
    image: { name: "Web Server {version}" }
${labYaml}`

const fleetIn = (text: string) => {
  const read = readCatalogue(text, 'rollcall.yaml')
  if (!read.ok) throw new Error(writeMistakes(read.mistakes))
  return read.value.services.get('lab')?.fleet
}
const mistakesIn = (text: string): string => {
  const read = readCatalogue(text, 'rollcall.yaml')
  return read.ok ? 'none' : writeMistakes(read.mistakes)
}

describe("a service's blueprint", () => {
  test('is read to the last figure', () => {
    expect(fleetIn(sound)).toEqual(labBlueprint)
  })

  test('may bake its image, register where that comes from, and follow the latest version', () => {
    const course = sound
      .replace(
        'image: Web Server v1',
        'image: { name: nginx v1, from: { tag: { Name: server } }, tags: { description: forAutoscaling } }',
      )
      .replace('port: 80 }\n      load', 'port: 80, register_source: true }\n      load')
      .replace('follows: default', 'follows: latest')
      .replace('[{ cpu: 30 }]', '[{ cpu: 50, warmup: 300s }]')
    expect(fleetIn(course)).toMatchObject({
      instances: {
        image: {
          bake: 'nginx v1',
          from: { tag: { Name: 'server' } },
          tags: { description: 'forAutoscaling' },
        },
      },
      targetGroup: { registerSource: true },
      group: { follows: '$Latest' },
      scaling: { cpu: 50, warmup: 300_000 },
    })
  })

  test('gives instances the script that its file holds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    writeFileSync(join(folder, 'boot.sh'), '#!/bin/sh\necho up\n')
    const path = join(folder, 'rollcall.yaml')
    writeFileSync(path, sound.replace('type: t2.micro', 'type: t2.micro\n        user_data: boot.sh'))
    const read = await loadCatalogue(path)
    expect(read.ok && read.value.services.get('lab')?.fleet?.instances.userData).toBe('#!/bin/sh\necho up\n')
    writeFileSync(path, sound.replace('type: t2.micro', 'type: t2.micro\n        user_data: none.sh'))
    const missing = await loadCatalogue(path)
    expect(missing.ok ? 'none' : writeMistakes(missing.mistakes)).toContain(
      '"none.sh" cannot be read (ENOENT)',
    )
  })

  test.each([
    [
      'a port that is none',
      'port: 80, from: load_balancer',
      'port: 0, from: load_balancer',
      '"0" will not do',
    ],
    ['a source that is none', 'from: load_balancer', 'from: anywhere', '"anywhere" will not do'],
    ['a mistyped key', 'health_check:', 'healthcheck:', '(did you mean "health_check"?)'],
    ['an image without a source', 'image: Web Server v1', 'image: { name: nginx v1 }', 'from: is missing'],
    [
      'a mistyped key of an image',
      'image: Web Server v1',
      'image: { nam: nginx v1, from: { instance: i-0123456789abcdef0 } }',
      '"nam" is not known (did you mean "name"?)',
    ],
    ['sizes out of order', 'min: 2\n', 'min: 3\n', 'min 3, desired 2, max 4 are out of order'],
    ['no template', 'template: Lab', '', 'template: is missing, where a fleet is to be built'],
    ['a name for both groups', 'name: Lab-Inst-SG', 'name: Lab-ALB-SG', 'the load balancer, too'],
    ['one subnet', '[Public subnet A, Public subnet C]', '[Public subnet A]', 'one subnet is too few'],
    [
      'a source that nobody named',
      'port: 80 }\n      load',
      'port: 80, register_source: true }\n      load',
      'no instance is named',
    ],
    [
      'two colors that are only searched for',
      'group: Lab-ASG',
      'colors: { prefix: lab-, tag: { name: lab } }',
      'does not name one group of each color',
    ],
    [
      'several components',
      'group: Lab-ASG',
      'colors: { blue: [a-blue, b-blue], green: [a-green, b-green] }',
      'does not name one group of each color',
    ],
    [
      'two target groups for one group',
      '{ name: Lab-TG, port: 80 }',
      '{ blue: Lab-B, green: Lab-G, port: 80 }',
      'names two, for a service with one group',
    ],
    [
      'a target group for one color alone',
      '{ name: Lab-TG, port: 80 }',
      '{ green: Lab-G, port: 80 }',
      'says not exactly which it is',
    ],
  ])('with %s is a mistake with its line', (_what, is, becomes, said) => {
    const mistakes = mistakesIn(sound.replace(is, becomes))
    expect(mistakes).toContain(said)
    expect(mistakes).toMatch(/^rollcall\.yaml:\d+:\d+ services\.lab\./m)
  })
})
