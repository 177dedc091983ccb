import {
  comparable,
  groupNames,
  groupsById,
  securityGroupsProblem,
  namesSnapshots,
} from '../../../src/domain/fleet/security-groups'

const version = (data: object) => ({
  templateId: 'lt-1',
  templateName: 'Web',
  number: 3,
  isDefault: true,
  createdAt: 0,
  data: JSON.stringify(data),
})
const inVpc = { subnets: ['subnet-1'] }
const ids = { web: 'sg-1', admin: 'sg-2' }
const mended = (data: object): unknown => JSON.parse(groupsById(version(data), ids))

test.each<[string, object, string | undefined]>([
  ['ids at the top', { SecurityGroupIds: ['sg-1'] }, undefined],
  ['ids within an interface', { NetworkInterfaces: [{ Groups: ['sg-1'] }] }, undefined],
  ['no groups at all', {}, undefined],
  ['names at the top', { SecurityGroups: ['web'] }, 'security_groups_by_name'],
  ['names within an interface', { NetworkInterfaces: [{ Groups: ['web'] }] }, 'security_groups_by_name'],
  [
    'ids beside an interface',
    { SecurityGroupIds: ['sg-1'], NetworkInterfaces: [{ DeviceIndex: 0 }] },
    'security_groups_beside_interfaces',
  ],
])('a group with subnets launches with %s: %s', (_what, data, code) => {
  expect(securityGroupsProblem(version(data), inVpc)?.code).toBe(code)
  expect(securityGroupsProblem(version(data), { subnets: [] })).toBeUndefined()
})

test('each name is asked for once, wherever it stands', () => {
  const data = { SecurityGroups: ['web', 'web'], NetworkInterfaces: [{ Groups: ['sg-9', 'admin'] }] }
  expect(groupNames(version(data))).toEqual(['web', 'admin'])
})

test.each<[string, object, object]>([
  [
    'names become ids beside those that are',
    { ImageId: 'ami-1', SecurityGroups: ['web'], SecurityGroupIds: ['sg-9'] },
    { ImageId: 'ami-1', SecurityGroupIds: ['sg-9', 'sg-1'] },
  ],
  [
    'with interfaces they go within those that have none',
    {
      SecurityGroups: ['web'],
      NetworkInterfaces: [{ DeviceIndex: 0 }, { DeviceIndex: 1, Groups: ['sg-9'] }],
    },
    {
      NetworkInterfaces: [
        { DeviceIndex: 0, Groups: ['sg-1'] },
        { DeviceIndex: 1, Groups: ['sg-9'] },
      ],
    },
  ],
  [
    'where every interface has some, the first one gets them too',
    {
      SecurityGroupIds: ['sg-1'],
      NetworkInterfaces: [{ DeviceIndex: 1, Groups: ['sg-9'] }, { Groups: ['admin'] }],
    },
    { NetworkInterfaces: [{ DeviceIndex: 1, Groups: ['sg-9'] }, { Groups: ['sg-2', 'sg-1'] }] },
  ],
  [
    'what AWS tells and does not take is left out, all else stays',
    {
      SecurityGroups: ['admin'],
      MetadataOptions: { State: 'applied', HttpTokens: 'required' },
      UserData: 'eA==',
    },
    { SecurityGroupIds: ['sg-2'], MetadataOptions: { HttpTokens: 'required' }, UserData: 'eA==' },
  ],
])('mended, %s', (_what, data, wanted) => {
  expect(mended(data)).toEqual(wanted)
  expect(securityGroupsProblem(version(mended(data) as object), inVpc)).toBeUndefined()
})

test('a name without an id is never left out silently', () => {
  expect(() => groupsById(version({ SecurityGroups: ['nobody'] }), ids)).toThrow('nobody')
})

test('versions are compared by what was sent, not by the state that AWS adds', () => {
  const sent = { MetadataOptions: { HttpTokens: 'required' } }
  const told = { MetadataOptions: { HttpTokens: 'required', State: 'pending' } }
  expect(comparable(version(told))).toBe(comparable(version(sent)))
  expect(comparable(version({ ...told, ImageId: 'ami-1' }))).not.toBe(comparable(version(sent)))
})

test('snapshots that a version names for its volumes are noticed', () => {
  expect(namesSnapshots(version({ BlockDeviceMappings: [{ Ebs: { VolumeSize: 8 } }] }))).toBe(false)
  expect(namesSnapshots(version({ BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }] }))).toBe(true)
})
