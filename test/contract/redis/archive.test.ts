import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { s3RecordArchive } from '../../../src/adapters/aws/record-archive'
import { type ConnectedStore, connectStore } from '../../../src/adapters/redis'
import { run } from '../../../src/cli/run'
import { thisProcess } from '../../../src/cli/this-process'
import { AwsFailure } from '../../../src/ports/failure'
import type { RecordArchive } from '../../../src/ports/record-archive'
import { type S3Simulator, serveS3 } from '../../../src/sandbox/aws/s3'
import { ArchiveDiffers, archiveRecord } from '../../../src/worker/record/archive-record'
import { alice } from '../../support/operations'
import { startRedis, type TestRedis } from '../../support/redis'

const bucket = 'acme-rollcall-record'
/** The real day on which all of it happens. */
const today = Date.parse('2026-11-29T13:20:00Z')
const keepRecord = 5

describe('the archive of the record', () => {
  let redis: TestRedis
  let store: ConnectedStore
  let s3: S3Simulator
  let archive: RecordArchive
  let written = 0
  beforeAll(async () => {
    redis = await startRedis()
    const clock = { now: () => today, real: (span: number) => span }
    store = connectStore({ url: redis.url, clock, keepRecord })
    await store.ready(5_000)
  })
  beforeEach(async () => {
    await redis.empty()
    written = 0
    s3 = await serveS3([bucket, 'without-lock'], { locking: [bucket] })
    archive = archiveIn(bucket)
  })
  afterEach(() => s3.close())
  afterAll(async () => {
    await store.close()
    await redis.stop()
  })
  const archiveIn = (name: string) => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const clientConfig = { endpoint: s3.url, region: 'ap-northeast-2', credentials }
    return s3RecordArchive({ bucket: name, days: 365, clientConfig })
  }
  const write = async (count: number) => {
    for (let at = 0; at < count; at++) {
      written += 1
      await store.locks.acquire({ kind: 'lock', service: `s${written}`, why: 'x', by: alice, since: today })
    }
  }
  const runOnce = (over: Partial<Parameters<typeof archiveRecord>[0]> = {}) =>
    archiveRecord({ record: store.record, archive, now: () => today, ...over })
  const objects = () => s3.buckets.get(bucket) ?? new Map<string, never>()
  const kept = async () => (await store.record.lines({ most: 1_000 })).length
  const archived = () =>
    [...objects()]
      .filter(([name]) => name.startsWith('lines/'))
      .flatMap(([, { body }]) => body.trimEnd().split('\n'))
  /** Fetches the archive as `aws s3 sync` does, and has the command line verify it. */
  const verified = async (change = (text: string) => text) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-archive-'))
    let said = ''
    try {
      for (const [name, { body }] of objects()) {
        mkdirSync(join(folder, dirname(name)), { recursive: true })
        writeFileSync(join(folder, name), name.endsWith('.jsonl') ? change(body) : body)
      }
      const hear = (text: string) => void (said += text)
      const words = ['audit', 'verify', folder]
      const code = await run(
        { ...thisProcess, words, environment: { LANG: 'C' }, print: hear, warn: hear },
        '0.0.0',
      )
      return { code, said }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  it('holds all lines and where they end, under Object Lock, and is verified as it was fetched', async () => {
    await write(7)
    await runOnce()
    await write(4)
    await runOnce({ now: () => today + 3_600_000 })
    expect([...objects().keys()]).toEqual([
      // Two lines were trimmed before there was an archive.
      'lines/2026/11/29/000000000003.jsonl',
      'heads/2026/11/29/13.json',
      'lines/2026/11/29/000000000008.jsonl',
      'heads/2026/11/29/14.json',
    ])
    for (const { mode, retainUntil } of objects().values()) {
      expect(mode).toBe('COMPLIANCE')
      expect(retainUntil).toBeGreaterThan(Date.now() + 364 * 86_400_000)
    }
    expect(archived()).toHaveLength(9)
    expect(await verified()).toEqual({
      code: 0,
      said: expect.stringMatching(/9 lines from number 3[^]*all 2 heads/),
    })
  })

  it('finds one byte that was altered in what was fetched, and an end that was cut off', async () => {
    await write(5)
    await runOnce()
    expect(await verified((text) => text.replace('"s4"', '"s9"'))).toMatchObject({ code: 1 })
    // The last line has none after it that would tell: the head does.
    expect(await verified((text) => text.replace('"s5"', '"s9"'))).toMatchObject({ code: 1 })
    expect(await verified((text) => text.split('\n').slice(0, 4).join('\n'))).toMatchObject({ code: 1 })
    expect(await verified()).toMatchObject({ code: 0 })
  })

  it('lets nothing be trimmed that it does not hold, while S3 is down and after', async () => {
    await write(3)
    await runOnce()
    s3.fault = 'down'
    await write(20)
    const waiting: number[] = []
    await expect(runOnce({ onWaiting: (lines) => void waiting.push(lines) })).rejects.toBeInstanceOf(
      AwsFailure,
    )
    expect(waiting).toEqual([20])
    expect(await kept()).toBe(20)
    s3.fault = undefined
    await runOnce()
    expect(archived()).toHaveLength(23)
    await write(1)
    expect(await kept()).toBe(keepRecord)
  })

  it('comes to the same where an answer is lost, a worker dies, or another is at it', async () => {
    await write(4)
    s3.fault = 'answer lost'
    await expect(runOnce()).rejects.toBeInstanceOf(AwsFailure)
    s3.fault = undefined
    expect(archived()).toHaveLength(4)
    // Meanwhile the record has grown: what lies there under the name is a part of it.
    await write(2)
    await runOnce()
    expect(archived()).toHaveLength(6)
    await write(3)
    // It died between the object and the word that it is there.
    const dies = { ...store.record, advanceArchive: () => Promise.reject(new Error('killed')) }
    await expect(runOnce({ record: dies })).rejects.toThrow('killed')
    await write(1)
    await Promise.all([runOnce(), runOnce(), runOnce()])
    expect(archived()).toHaveLength(10)
    expect(await verified()).toMatchObject({ code: 0 })
  })

  it('trusts no object that holds something else, and trims nothing then', async () => {
    await write(2)
    await archive.keep('lines/2026/11/29/000000000001.jsonl', 'something else\n')
    await expect(runOnce()).rejects.toBeInstanceOf(ArchiveDiffers)
    await write(10)
    expect(await kept()).toBe(12)
    // Until a person says that there is no archive any more.
    await store.record.endArchive()
    await write(1)
    expect(await kept()).toBe(keepRecord)
  })

  it('is refused by a bucket without Object Lock, and by one that is not there', async () => {
    await write(1)
    await expect(runOnce({ archive: archiveIn('without-lock') })).rejects.toMatchObject({
      code: 'InvalidRequest',
    })
    await expect(runOnce({ archive: archiveIn('nobodys') })).rejects.toMatchObject({ code: 'NoSuchBucket' })
  })

  it('is not there unless it is begun: then the oldest lines are trimmed as ever', async () => {
    await write(9)
    expect(await kept()).toBe(keepRecord)
  })
})
