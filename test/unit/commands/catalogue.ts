import type { Catalogue, Service } from '../../../src/domain/catalogue/catalogue'

const base = {
  where: { region: 'ap-northeast-2' },
  timezone: 'Asia/Seoul',
  channel: 'ops',
  language: 'ko',
  gate: { bake: 60_000, timeout: 1_200_000 },
  surge: 200,
  confirm: false,
} as const

const web: Service = {
  ...base,
  name: 'web',
  group: 'Web-ASG',
  template: 'Web',
  image: { name: 'Web Server {version}', from: { tag: { Name: 'ASG-Web-Instance' } } },
  strategy: 'refresh',
}
const shop: Service = {
  ...base,
  name: 'shop',
  colors: { blue: 'shop-blue', green: 'shop-green' },
  versionTag: 'docker:image:version',
  strategy: 'blue-green',
}
const api: Service = { ...base, name: 'payments-api', group: 'payments', strategy: 'surge' }

/** Three services: one of one group, one of two colors, one with a longer name and no image. */
export const services: Catalogue = {
  services: new Map([web, shop, api].map((service) => [service.name, service])),
  people: new Map([
    ['operators', { users: ['U0ALICE'], groups: ['S0OPS'] }],
    ['approvers', { users: ['U0BOB', 'U0CAROL'], groups: [] }],
  ]),
  rules: [],
}
