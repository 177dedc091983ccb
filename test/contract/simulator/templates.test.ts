import { CreateAutoScalingGroupCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  type CreateLaunchTemplateVersionCommandInput,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
} from '@aws-sdk/client-ec2'
import { codeOf, lab, type Lab } from './lab'

const LaunchTemplateName = 'Web'
const makeVersion = (at: Lab, rest: Partial<CreateLaunchTemplateVersionCommandInput>) =>
  at.ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName,
      LaunchTemplateData: { InstanceType: 't3.micro' },
      ...rest,
    }),
  )
const describeVersions = async (at: Lab, Versions: string[]) =>
  (await at.ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions })))
    .LaunchTemplateVersions ?? []

describe('launch templates', () => {
  test('a version from another inherits all that it does not say; without a source it holds only what is sent', async () => {
    const at = lab()
    const data = { ImageId: 'ami-0a1b2c3d4e5f60002' }
    await makeVersion(at, { SourceVersion: '1', LaunchTemplateData: data, VersionDescription: 'two' })
    await makeVersion(at, { LaunchTemplateData: data })
    at.clock.advanceBy(5000)
    const [two, three] = await describeVersions(at, ['2', '3'])
    expect(two).toMatchObject({ VersionNumber: 2, VersionDescription: 'two', DefaultVersion: false })
    expect(two?.LaunchTemplateData).toMatchObject({
      ImageId: data.ImageId,
      InstanceType: 't2.micro',
      SecurityGroupIds: ['sg-0a1b2c3d4e5f60002'],
    })
    expect(two?.LaunchTemplateData?.TagSpecifications).toHaveLength(2)
    expect(three?.LaunchTemplateData).toEqual(data)
  })

  test('the same token gives the same version; with other parameters it is refused', async () => {
    const at = lab()
    const LaunchTemplateData = { InstanceType: 't3.micro' as const }
    const once = await makeVersion(at, { ClientToken: 'token-1', LaunchTemplateData })
    const again = await makeVersion(at, { ClientToken: 'token-1', LaunchTemplateData })
    expect(again.LaunchTemplateVersion?.VersionNumber).toBe(once.LaunchTemplateVersion?.VersionNumber)
    const other = makeVersion(at, {
      ClientToken: 'token-1',
      LaunchTemplateData: { InstanceType: 't3.small' },
    })
    expect(await codeOf(other)).toBe('IdempotentParameterMismatch')
  })

  test('a new version is latest, not default; both are seen late', async () => {
    const at = lab()
    await makeVersion(at, { SourceVersion: '1' })
    at.clock.advanceBy(5000)
    await at.ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '2' }))
    const look = async () =>
      (await at.ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: ['Web'] })))
        .LaunchTemplates?.[0]
    const early = await look()
    expect(early?.LatestVersionNumber).toBe(2)
    expect(early?.DefaultVersionNumber).toBe(1)
    at.clock.advanceBy(5000)
    expect((await look())?.DefaultVersionNumber).toBe(2)
    expect((await describeVersions(at, ['$Default']))[0]?.VersionNumber).toBe(2)
    const wrong = at.ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '9' }))
    expect(await codeOf(wrong)).toBe('InvalidLaunchTemplateId.VersionNotFound')
  })

  test('deleting answers 200 with what it could not delete, and spares the default', async () => {
    const at = lab()
    await makeVersion(at, { SourceVersion: '1' })
    const {
      SuccessfullyDeletedLaunchTemplateVersions: done,
      UnsuccessfullyDeletedLaunchTemplateVersions: not,
    } = await at.ec2.send(
      new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ['2', '7'] }),
    )
    expect(done?.map((one) => one.VersionNumber)).toEqual([2])
    expect(not?.map((one) => one.ResponseError?.Code)).toEqual(['launchTemplateVersionDoesNotExist'])
  })

  test('errors carry the codes of EC2', async () => {
    const { ec2 } = lab()
    expect(await codeOf(ec2.send(new DescribeLaunchTemplateVersionsCommand({})))).toBe('MissingParameter')
    expect(await codeOf(ec2.send(new DescribeLaunchTemplateVersionsCommand({ Versions: ['1'] })))).toBe(
      'InvalidParameterValue',
    )
    expect(
      await codeOf(
        ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: ['lt-0123456789abcdef0'] })),
      ),
    ).toBe('InvalidLaunchTemplateId.NotFound')
    const twice = new CreateLaunchTemplateCommand({
      LaunchTemplateName,
      LaunchTemplateData: { InstanceType: 't2.micro' },
    })
    expect(await codeOf(ec2.send(twice))).toBe('InvalidLaunchTemplateName.AlreadyExistsException')
  })

  test('a group cannot be made from a template that names its security groups', async () => {
    const at = lab()
    await at.ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'named',
        LaunchTemplateData: { ImageId: 'ami-0a1b2c3d4e5f60001', SecurityGroups: ['web'] },
      }),
    )
    at.clock.advanceBy(5000)
    const create = new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: 'G',
      MinSize: 0,
      MaxSize: 1,
      VPCZoneIdentifier: 'subnet-0a1b2c3d4e5f600a2',
      LaunchTemplate: { LaunchTemplateName: 'named' },
    })
    await expect(at.autoscaling.send(create)).rejects.toThrow(
      'The parameter groupName cannot be used with the parameter subnet',
    )
  })

  test('a group cannot be pointed at a version that is not there', async () => {
    const { autoscaling } = lab()
    const update = new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName: 'Web-ASG',
      LaunchTemplate: { LaunchTemplateName, Version: '5' },
    })
    expect(await codeOf(autoscaling.send(update))).toBe('ValidationError')
  })
})
