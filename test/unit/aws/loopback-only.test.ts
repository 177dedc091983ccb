import { DescribeImagesCommand } from '@aws-sdk/client-ec2'
import { createSdkClients } from '../../../src/adapters/aws/client/sdk-clients'
import { loopbackHandler, requireLoopback } from '../../support/loopback-only'

const credentials = { accessKeyId: 'nobody', secretAccessKey: 'nobody' }
const where = { region: 'ap-northeast-2' }

describe('a test that talks to AWS', () => {
  it.each(['http://192.0.2.1:7071', 'https://8.8.8.8', 'http://[2001:db8::1]:80'])(
    'refuses to start against %s',
    async (endpoint) => {
      await expect(requireLoopback(endpoint)).rejects.toThrow('not on loopback')
    },
  )

  it.each(['http://127.0.0.1:7071', 'http://localhost:7071', 'http://[::1]:7071'])(
    'starts against %s',
    async (endpoint) => {
      await expect(requireLoopback(endpoint)).resolves.toBeUndefined()
    },
  )

  it.each([undefined, 'http://192.0.2.1:7071'])(
    'cannot connect elsewhere, whatever its settings say (%s)',
    async (endpoint) => {
      const { ec2 } = createSdkClients(where, {
        credentials,
        requestHandler: loopbackHandler(),
        ...(endpoint === undefined ? {} : { endpoint }),
      })
      await expect(ec2.send(new DescribeImagesCommand({ Owners: ['self'] }))).rejects.toThrow(
        'refusing to connect',
      )
    },
  )
})
