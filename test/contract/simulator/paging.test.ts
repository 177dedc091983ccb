import { createAccounts } from '../../../src/adapters/aws/accounts'
import { newestImage } from '../../../src/domain/images/plan-image-update'
import { ids } from '../../../src/sandbox/aws/seed-network'
import { inProcess } from '../../support/in-process-aws'
import { lab } from './lab'

test('the newest of more images than one answer holds is found, wherever it stands', async () => {
  const { aws, clock } = lab()
  const known = aws.world.images.get(ids.webImage)
  if (!known) throw new Error('the seed has no image')
  // EC2 gives a thousand at most to a page, in no order.
  for (let day = 1; day <= 1_200; day += 1) {
    const id = `ami-${day.toString(16).padStart(17, '0')}`
    const age = (day * 6) % 1_201
    aws.world.images.set(id, {
      ...known,
      id,
      name: `AWSBackup_${day}`,
      createdAt: clock.now() - age * 60_000,
    })
  }
  const account = createAccounts({
    clock: { now: () => clock.now(), real: () => 0 },
    clientConfig: inProcess(aws),
  })
  const found = await account({ region: 'ap-northeast-2' }).images.named('AWSBackup_*')
  expect(found).toHaveLength(1_200)
  expect(aws.calls().filter(({ action }) => action === 'DescribeImages')).toHaveLength(2)
  const newest = newestImage(found, { architecture: 'x86_64' })
  expect(newest?.createdAt).toBe(Math.max(...found.map(({ createdAt }) => createdAt)))
  expect(found.indexOf(newest ?? (known as never))).toBeGreaterThanOrEqual(1_000)
})
