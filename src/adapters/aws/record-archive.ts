import { createHash } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { AwsFailure } from '../../ports/failure'
import type { RecordArchive } from '../../ports/record-archive'
import { toFailure } from './client/errors'
import type { ClientConfig } from './client/sdk-clients'

interface ArchiveOptions {
  readonly bucket: string
  /** For so many days nobody can alter or delete what is kept, not even the account's root. */
  readonly days: number
  readonly clientConfig?: ClientConfig
}

/** Real milliseconds. */
const dayMs = 24 * 3_600_000
const handler = {
  connectionTimeout: 3_000,
  requestTimeout: 30_000,
  socketTimeout: 30_000,
  throwOnRequestTimeout: true,
}

/** Objects in a bucket of S3 that was made with Object Lock. */
export const s3RecordArchive = ({ bucket, days, clientConfig }: ArchiveOptions): RecordArchive => {
  const client = new S3Client({
    requestHandler: handler,
    ...clientConfig,
    maxAttempts: 1,
    // The bucket may lie in another region than the worker.
    followRegionRedirects: true,
  })
  return {
    keep: async (name, text) => {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: name,
            Body: text,
            ContentType: name.endsWith('.json') ? 'application/json' : 'application/jsonl',
            // Wanted with Object Lock (Amazon S3 user guide, "Object Lock considerations").
            ChecksumSHA256: createHash('sha256').update(text, 'utf8').digest('base64'),
            ObjectLockMode: 'COMPLIANCE',
            ObjectLockRetainUntilDate: new Date(Date.now() + days * dayMs),
            // Object Lock keeps versions, not names: without this a later version would hide the first.
            IfNoneMatch: '*',
          }),
        )
        return 'kept'
      } catch (error) {
        const failure = toFailure('PutObject', error)
        if (failure.code === 'PreconditionFailed') return 'there'
        throw failure
      }
    },
    read: async (name) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }))
        return (await Body?.transformToString('utf-8')) ?? ''
      } catch (error) {
        throw error instanceof AwsFailure ? error : toFailure('GetObject', error)
      }
    },
  }
}
