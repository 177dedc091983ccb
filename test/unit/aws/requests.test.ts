import { createAccounts } from '../../../src/adapters/aws/accounts'
import { duringOperation } from '../../../src/adapters/aws/client/operation-session'
import { minute, second } from '../../../src/domain/time/time'
import { inProcess } from '../../support/in-process-aws'

const empty = (action: string) => `<${action}Response><${action}Result/></${action}Response>`

/** An AWS that answers as it is told, and keeps what it was asked, in the words of the wire. */
function recorded(answers: Readonly<Record<string, string>> = {}) {
  const asked: Record<string, string>[] = []
  const aws = {
    handle: async ({ body }: { readonly body: string }) => {
      const form = Object.fromEntries(new URLSearchParams(body))
      asked.push(form)
      const action = form['Action'] ?? ''
      return { status: 200, headers: {}, body: answers[action] ?? empty(action) }
    },
  }
  const clock = { now: () => 0, real: () => 0 }
  const accounts = createAccounts({ clock, clientConfig: inProcess(aws) })
  /** The fields of the last call of this action. */
  const last = (action: string) => asked.findLast((form) => form['Action'] === action)
  return { ...accounts({ region: 'ap-northeast-2' }), accounts, asked, last }
}

describe('a request', () => {
  it('for images, snapshots or instances of nothing is not made: it would mean all there are', async () => {
    const { images, templates, groups, securityGroups, asked } = recorded()
    await images.holding([])
    await images.instancesOf([])
    await images.snapshots([])
    await groups.configurationImages([])
    await templates.deleteVersions('lt-1', [])
    await securityGroups.named(['subnet-1'], [])
    expect(asked).toEqual([])
  })

  it('for images by their tag takes the value as it stands, and asks for our own alone', async () => {
    const { images, last } = recorded()
    await images.tagged('rollcall:service', 'we*b')
    expect(last('DescribeImages')).toMatchObject({
      'Owner.1': 'self',
      'Filter.1.Name': 'tag:rollcall:service',
      'Filter.1.Value.1': String.raw`we\*b`,
    })
  })

  it('for images that hold a snapshot asks for disabled ones too, which launch again once enabled', async () => {
    const { images, last } = recorded()
    await images.holding(['snap-1', 'snap-2'])
    expect(last('DescribeImages')).toMatchObject({
      IncludeDisabled: 'true',
      'Filter.1.Name': 'block-device-mapping.snapshot-id',
      'Filter.1.Value.2': 'snap-2',
    })
  })

  it('to make a version of whole data names no source, and gives an instant that was written as text', async () => {
    const { templates, last } = recorded()
    const SpotOptions = { ValidUntil: '2031-12-24T11:00:00.000Z', MaxPrice: '1' }
    const data = JSON.stringify({
      ImageId: 'ami-1',
      SecurityGroupIds: ['sg-1'],
      MetadataOptions: { State: 'applied', HttpTokens: 'required' },
      InstanceMarketOptions: { MarketType: 'spot', SpotOptions },
    })
    await templates.createVersion({ templateId: 'lt-1', data, description: 'd', token: 't' })
    const sent = last('CreateLaunchTemplateVersion')
    expect(sent).not.toHaveProperty('SourceVersion')
    expect(sent).not.toHaveProperty('LaunchTemplateData.MetadataOptions.State')
    expect(sent).toMatchObject({
      'LaunchTemplateData.ImageId': 'ami-1',
      'LaunchTemplateData.SecurityGroupId.1': 'sg-1',
      'LaunchTemplateData.MetadataOptions.HttpTokens': 'required',
      'LaunchTemplateData.InstanceMarketOptions.SpotOptions.ValidUntil': '2031-12-24T11:00:00Z',
    })
  })

  it('to make an image tags the image and its snapshots, and reboots only where it is told to', async () => {
    const { images, last } = recorded()
    const image = { instance: 'i-1', name: 'Web Server v2', description: 'x'.repeat(300), tags: { a: 'b' } }
    await images.create({ ...image, noReboot: true })
    expect(last('CreateImage')).toMatchObject({
      InstanceId: 'i-1',
      Name: 'Web Server v2',
      NoReboot: 'true',
      'TagSpecification.1.ResourceType': 'image',
      'TagSpecification.1.Tag.1.Key': 'a',
      'TagSpecification.2.ResourceType': 'snapshot',
      'TagSpecification.2.Tag.1.Value': 'b',
    })
    expect(last('CreateImage')?.['Description']).toHaveLength(255)
    await images.create({ ...image, noReboot: false })
    expect(last('CreateImage')).toMatchObject({ NoReboot: 'false' })
  })

  it('to make a template version names its source and carries the image alone', async () => {
    const { templates, last } = recorded()
    const version = {
      templateId: 'lt-1',
      from: 3,
      imageId: 'ami-2',
      description: 'v2',
      token: 'op-1/version',
    }
    await templates.createVersion(version)
    const data = Object.keys(last('CreateLaunchTemplateVersion') ?? {}).filter((key) =>
      key.startsWith('Launch'),
    )
    expect(data.sort()).toEqual(['LaunchTemplateData.ImageId', 'LaunchTemplateId'])
    expect(last('CreateLaunchTemplateVersion')).toMatchObject({
      SourceVersion: '3',
      ClientToken: 'op-1/version',
    })
    await templates.createVersion({ ...version, token: 'a token with 한글' })
    expect(last('CreateLaunchTemplateVersion')?.['ClientToken']).toMatch(/^[0-9a-f]{64}$/)
  })

  it('to move a template’s default gives the number as text, with a token', async () => {
    const { templates, last } = recorded()
    await templates.setDefault('lt-1', 4, 'op-1/default')
    expect(last('ModifyLaunchTemplate')).toMatchObject({
      SetDefaultVersion: '4',
      ClientToken: 'op-1/default',
    })
  })

  it('to start a refresh carries the wanted template and every preference', async () => {
    const { groups, last } = recorded()
    await groups.startRefresh('web', { ...preferences, warmup: 90.5 * second })
    expect(last('StartInstanceRefresh')).toEqual({
      Action: 'StartInstanceRefresh',
      Version: '2011-01-01',
      AutoScalingGroupName: 'web',
      Strategy: 'Rolling',
      'DesiredConfiguration.LaunchTemplate.LaunchTemplateId': 'lt-1',
      'DesiredConfiguration.LaunchTemplate.Version': '7',
      'Preferences.MinHealthyPercentage': '100',
      'Preferences.MaxHealthyPercentage': '150',
      'Preferences.InstanceWarmup': '91',
      'Preferences.BakeTime': '60',
      'Preferences.AutoRollback': 'true',
      'Preferences.SkipMatching': 'true',
      'Preferences.StandbyInstances': 'Ignore',
      'Preferences.ScaleInProtectedInstances': 'Refresh',
    })
    await groups.startRefresh('web', preferences)
    expect(last('StartInstanceRefresh')).not.toHaveProperty(['Preferences.InstanceWarmup'])
  })

  it('to a group with a mixed instances policy keeps the policy and changes its template alone', async () => {
    const { groups, last } = recorded({ DescribeAutoScalingGroups: mixedGroup })
    expect((await groups.describe('web'))?.template).toEqual({ id: 'lt-1', name: 'Web', pin: 3 })
    await groups.update('web', { template: { id: 'lt-1', pin: 7 } })
    const policy = 'MixedInstancesPolicy'
    expect(last('UpdateAutoScalingGroup')).toEqual({
      Action: 'UpdateAutoScalingGroup',
      Version: '2011-01-01',
      AutoScalingGroupName: 'web',
      [`${policy}.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId`]: 'lt-1',
      [`${policy}.LaunchTemplate.LaunchTemplateSpecification.Version`]: '7',
      [`${policy}.LaunchTemplate.Overrides.member.1.InstanceType`]: 'm7i.large',
      [`${policy}.LaunchTemplate.Overrides.member.2.InstanceType`]: 'm7g.large',
      [`${policy}.LaunchTemplate.Overrides.member.2.LaunchTemplateSpecification.LaunchTemplateId`]: 'lt-2',
      [`${policy}.LaunchTemplate.Overrides.member.2.LaunchTemplateSpecification.Version`]: '1',
      [`${policy}.InstancesDistribution.OnDemandPercentageAboveBaseCapacity`]: '25',
    })
    await groups.startRefresh('web', preferences)
    expect(last('StartInstanceRefresh')).toMatchObject({
      [`DesiredConfiguration.${policy}.InstancesDistribution.OnDemandPercentageAboveBaseCapacity`]: '25',
      [`DesiredConfiguration.${policy}.LaunchTemplate.LaunchTemplateSpecification.Version`]: '7',
    })
  })

  it('leaves a group’s template alone where only sizes change', async () => {
    const { groups, asked } = recorded()
    await groups.update('web', { min: 0, terminationPolicies: ['OldestInstance'] })
    expect(asked).toEqual([
      {
        Action: 'UpdateAutoScalingGroup',
        Version: '2011-01-01',
        AutoScalingGroupName: 'web',
        MinSize: '0',
        'TerminationPolicies.member.1': 'OldestInstance',
      },
    ])
  })

  it('to a place with a role is signed by the credentials of that role', async () => {
    const { accounts, asked, last } = recorded({ AssumeRole: assumed })
    const role = 'arn:aws:iam::210987654321:role/rollcall-worker'
    await accounts({ region: 'ap-northeast-2', role }).groups.describe('web')
    await accounts({ region: 'ap-northeast-2', role }).groups.describe('web')
    expect(last('AssumeRole')).toMatchObject({ RoleArn: role, RoleSessionName: 'rollcall' })
    expect(asked.map((form) => form['Action'])).toEqual([
      'AssumeRole',
      'DescribeAutoScalingGroups',
      'DescribeAutoScalingGroups',
    ])
  })

  it('tells the external id that its trust policy asks for, and none where there is none', async () => {
    const { accounts, last } = recorded({ AssumeRole: assumed })
    const role = 'arn:aws:iam::210987654321:role/rollcall-worker'
    await accounts({ region: 'ap-northeast-2', role }).groups.describe('web')
    expect(last('AssumeRole')).not.toHaveProperty('ExternalId')
    // Clients of their own: what was let in without one is not let in with it.
    const externalId = 'acme:rollcall/7f3q'
    await accounts({ region: 'ap-northeast-2', role, externalId }).groups.describe('web')
    expect(last('AssumeRole')).toMatchObject({ RoleArn: role, ExternalId: externalId })
    await duringOperation('web-aaaaa', () =>
      accounts({ region: 'ap-northeast-2', role, externalId }).templates.setDefault('lt-1', 7, 'token'),
    )
    expect(last('AssumeRole')).toMatchObject({
      RoleSessionName: 'rollcall-web-aaaaa',
      ExternalId: externalId,
    })
  })

  it('that changes something there bears the name of its operation; reads are everybody’s', async () => {
    const { accounts, asked } = recorded({ AssumeRole: assumed })
    const account = accounts({
      region: 'ap-northeast-2',
      role: 'arn:aws:iam::210987654321:role/rollcall-worker',
    })
    const deploys = (operation: string) =>
      duringOperation(operation, async () => {
        await account.groups.describe('web')
        await account.templates.setDefault('lt-1', 7, 'token')
        await account.templates.setDefault('lt-1', 8, 'token')
      })
    await Promise.all([deploys('web-aaaaa'), deploys('shop-bbbbb')])
    await account.templates.setDefault('lt-1', 9, 'token')
    const sessions = asked.map((form) => form['RoleSessionName']).filter((name) => name !== undefined)
    expect(sessions.toSorted()).toEqual(['rollcall', 'rollcall', 'rollcall-shop-bbbbb', 'rollcall-web-aaaaa'])
  })
})

const preferences = {
  templateId: 'lt-1',
  version: 7,
  minHealthy: 100,
  maxHealthy: 150,
  bake: minute,
  autoRollback: true,
  skipMatching: true,
  standby: 'Ignore',
  scaleInProtected: 'Refresh',
} as const

const mixedGroup = `<DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult><AutoScalingGroups><member>
  <AutoScalingGroupName>web</AutoScalingGroupName>
  <MixedInstancesPolicy>
    <LaunchTemplate>
      <LaunchTemplateSpecification>
        <LaunchTemplateId>lt-1</LaunchTemplateId><LaunchTemplateName>Web</LaunchTemplateName><Version>3</Version>
      </LaunchTemplateSpecification>
      <Overrides>
        <member><InstanceType>m7i.large</InstanceType></member>
        <member><InstanceType>m7g.large</InstanceType><LaunchTemplateSpecification>
          <LaunchTemplateId>lt-2</LaunchTemplateId><LaunchTemplateName>Arm</LaunchTemplateName><Version>1</Version>
        </LaunchTemplateSpecification></member>
      </Overrides>
    </LaunchTemplate>
    <InstancesDistribution>
      <OnDemandPercentageAboveBaseCapacity>25</OnDemandPercentageAboveBaseCapacity>
    </InstancesDistribution>
  </MixedInstancesPolicy>
</member></AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>`

const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials>
  <AccessKeyId>role</AccessKeyId><SecretAccessKey>role</SecretAccessKey><SessionToken>role</SessionToken>
  <Expiration>2126-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>`
