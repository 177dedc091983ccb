import {
  CreateImageCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
} from '@aws-sdk/client-ec2'
import { codeOf, lab, members, minute, passUntil, start } from './lab'

const source = (at: ReturnType<typeof lab>) => members(at.aws)[0]?.id ?? ''
const bake = (at: ReturnType<typeof lab>, Name = 'Web Server v2', NoReboot = true) =>
  at.ec2.send(
    new CreateImageCommand({
      InstanceId: source(at),
      Name,
      NoReboot,
      Description: 'LAMP web server AMI with RDS connection config',
      TagSpecifications: [
        { ResourceType: 'image', Tags: [{ Key: 'rollcall:version', Value: 'v2' }] },
        { ResourceType: 'snapshot', Tags: [{ Key: 'rollcall:version', Value: 'v2' }] },
      ],
    }),
  )

const stateOf = (at: ReturnType<typeof lab>, id?: string) => at.aws.world.images.get(id ?? '')?.state

describe('images', () => {
  test('an image is pending for minutes, then available, its snapshot tagged like it', async () => {
    const at = lab()
    const { ImageId } = await bake(at)
    passUntil(at.clock, () => stateOf(at, ImageId) === 'available')
    expect(at.clock.now() - start).toBeGreaterThanOrEqual(3 * minute)
    expect(at.clock.now() - start).toBeLessThanOrEqual(8 * minute)
    const { Images } = await at.ec2.send(
      new DescribeImagesCommand({
        Owners: ['self'],
        Filters: [{ Name: 'tag:rollcall:version', Values: ['v2'] }],
      }),
    )
    expect(Images).toMatchObject([{ ImageId, Name: 'Web Server v2', State: 'available' }])
    const SnapshotIds = [Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? '']
    const { Snapshots } = await at.ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }))
    expect(Snapshots?.[0]).toMatchObject({ State: 'completed', Progress: '100%' })
    expect(Snapshots?.[0]?.Tags).toEqual([{ Key: 'rollcall:version', Value: 'v2' }])
    expect(await codeOf(at.ec2.send(new DeleteSnapshotCommand({ SnapshotId: SnapshotIds[0] })))).toBe(
      'InvalidSnapshot.InUse',
    )
  })

  test('a fresh id is not known everywhere at once', async () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 8; seed += 1) {
      const at = lab(seed)
      const { ImageId = '' } = await bake(at)
      const look = at.ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }))
      seen.add(
        await look.then(
          () => 'found',
          (error: { Code: string }) => error.Code,
        ),
      )
      at.clock.advanceBy(5000)
      const { Images } = await at.ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }))
      expect(Images).toHaveLength(1)
    }
    expect(seen).toContain('InvalidAMIID.NotFound')
  })

  test('a name is taken as long as its image is there, and shortly after', async () => {
    const at = lab()
    const { ImageId } = await bake(at)
    await expect(bake(at)).rejects.toThrow(`AMI name Web Server v2 is already in use by AMI ${ImageId}`)
    await at.ec2.send(new DeregisterImageCommand({ ImageId }))
    expect(await codeOf(bake(at))).toBe('InvalidAMIName.Duplicate')
    at.clock.advanceBy(minute)
    await bake(at)
  })

  test('a bake that fails says so in its state', async () => {
    const at = lab()
    at.aws.setFault({ kind: 'image-fails', name: 'Web Server v2' })
    const { ImageId } = await bake(at)
    passUntil(at.clock, () => stateOf(at, ImageId) === 'failed')
    const { Images } = await at.ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId ?? ''] }))
    expect(Images?.[0]?.StateReason?.Message).toContain('Snapshot')
  })

  test('without NoReboot the source goes away for a while, and its group may replace it', async () => {
    const at = lab()
    await bake(at, 'Web Server v2', false)
    let low = 2
    at.aws.onChange(() => {
      low = Math.min(low, at.aws.healthyTargets('Web-TG'))
    })
    at.clock.advanceBy(5 * minute)
    expect(low).toBe(1)
  })

  test('names are held to their rule, sources to their states, dry runs to themselves', async () => {
    const at = lab()
    const before = at.aws.world.images.size
    expect(await codeOf(bake(at, 'no'))).toBe('InvalidAMIName.Malformed')
    expect(
      await codeOf(at.ec2.send(new CreateImageCommand({ InstanceId: 'i-0123456789abcdef0', Name: 'abc' }))),
    ).toBe('InvalidInstanceID.NotFound')
    const dry = at.ec2.send(new CreateImageCommand({ InstanceId: source(at), Name: 'abc', DryRun: true }))
    const error = await dry.catch((caught: unknown) => caught)
    expect(error).toMatchObject({ Code: 'DryRunOperation', $metadata: { httpStatusCode: 412 } })
    expect(at.aws.world.images.size).toBe(before)
  })

  test('pages, and wildcards in filters', async () => {
    const at = lab()
    for (const name of ['one', 'two', 'three']) await bake(at, `Web Server ${name}`)
    at.clock.advanceBy(10_000)
    const Filters = [{ Name: 'name', Values: ['Web Server t*'] }]
    const first = await at.ec2.send(new DescribeImagesCommand({ Filters, MaxResults: 1 }))
    const second = await at.ec2.send(
      new DescribeImagesCommand({ Filters, MaxResults: 1, NextToken: first.NextToken }),
    )
    expect([first.Images?.[0]?.Name, second.Images?.[0]?.Name]).toEqual([
      'Web Server two',
      'Web Server three',
    ])
    expect(second.NextToken).toBeUndefined()
  })
})
