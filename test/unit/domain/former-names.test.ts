import { readCatalogue } from '../../../src/config/catalogue'
import { withPresentNames, withPresentStrategy } from '../../../src/domain/operation/former-names'

describe('names from before', () => {
  test.each([
    ['refresh', 'update-image'],
    ['follow', 'monitor-event'],
    ['audit', 'detect-drift'],
    ['deploy', 'deploy'],
  ])('a journal or a timer that holds the procedure %s is read as %s', (procedure, present) => {
    expect(withPresentNames({ procedure, service: 'web' })).toEqual({ procedure: present, service: 'web' })
  })

  test('a strategy in a request or a plan is read by its present name, and none stays none', () => {
    const request = { procedure: 'deploy', service: 'shop', strategy: 'weighted' }
    expect(withPresentNames(request)).toEqual({ ...request, strategy: 'canary' })
    expect(withPresentStrategy({ strategy: 'colors' })).toEqual({ strategy: 'blue-green' })
    expect(withPresentStrategy({ service: 'web' })).toEqual({ service: 'web' })
  })

  test('a rule of the catalogue may still allow refresh', () => {
    const read = readCatalogue(
      `
defaults: { region: ap-northeast-2, timezone: Asia/Seoul, channel: ops, language: ko }
services:
  web: { group: Web-ASG, template: Web, image: { name: "Web {version}", from: { tag: { Name: web } } } }
rules:
  - { service: web, action: [refresh], allow: everyone }
`,
      'rollcall.yaml',
    )
    if (!read.ok) throw new Error(JSON.stringify(read.mistakes))
    expect(read.value.rules).toMatchObject([{ service: 'web', actions: ['update-image'] }])
  })
})
