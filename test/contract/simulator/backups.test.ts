import { DescribeImagesCommand } from '@aws-sdk/client-ec2'
import { hour, lab, minute, type Lab } from './lab'

const day = 24 * hour
/** Backups as S4's function looks for them: our own, by AWS Backup's name and the web server's. */
const backups = async ({ ec2 }: Lab) => {
  const Filters = [
    { Name: 'name', Values: ['AWSBackup_*'] },
    { Name: 'tag:Name', Values: ['ASG-Web-Instance'] },
  ]
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'], Filters }))
  return Images
}

describe('daily backups', () => {
  test('are an image at once, and one each night at 01:00 in Seoul, with the instance’s tags', async () => {
    const at = lab()
    expect(await backups(at)).toEqual([])
    at.aws.backups.start()
    at.aws.backups.start()
    at.clock.advanceBy(10 * minute)
    expect(await backups(at)).toMatchObject([{ State: 'available' }])
    at.clock.advanceBy(3 * day)
    const found = await backups(at)
    const times = found.map(({ CreationDate = '' }) => CreationDate).toSorted((a, b) => (a < b ? -1 : 1))
    // It is 18:00 in Seoul when they begin.
    expect(times).toEqual([
      '2026-03-02T09:00:00.000Z',
      '2026-03-02T16:00:00.000Z',
      '2026-03-03T16:00:00.000Z',
      '2026-03-04T16:00:00.000Z',
    ])
    expect(new Set(found.map(({ Name }) => Name)).size).toBe(4)
    const keys = found[0]?.Tags?.map(({ Key }) => Key)
    expect(keys).toEqual(['Name', 'aws:backup:source-resource'])
    expect(at.aws.healthyTargets('Web-TG')).toBe(2)
    expect(at.aws.view()).toMatchObject({ backups: true })
  })

  test('are over when they are switched off', async () => {
    const at = lab()
    at.aws.backups.start()
    at.aws.backups.stop()
    at.clock.advanceBy(3 * day)
    expect(await backups(at)).toHaveLength(1)
    expect(at.aws.view()).not.toHaveProperty('backups')
  })
})
