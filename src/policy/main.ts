import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadCatalogue } from '../config/catalogue'
import { writeMistakes } from '../config/mistake'
import { type Beside, documentsFor } from './documents'

const usage = `usage: npm run -s policy -- [rollcall.yaml] [--account 123456789012] [--roles <arn>,…] [--keys <arn>,…] [--bus <arn>] [--bucket <name>] [--write <folder>]

Prints the IAM policies that this catalogue's worker needs, as one JSON object of documents by name.
  --account   the worker's own account; without it ARNs name any
  --roles     the roles of your instances (their instance profiles'), which a template may pass on; none without it
  --keys      your keys in KMS that encrypt volumes and images; none without it
  --bus       the bus of EventBridge that endings are told to (EVENTBRIDGE_BUS)
  --bucket    the bucket of S3 that the record is archived in (RECORD_BUCKET)
  --write     writes <folder>/<name>.json instead of printing
`

/** What was written wrongly, or what was asked for. @throws where an option is not known. */
const asked = (words: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      account: { type: 'string', default: '*' },
      roles: { type: 'string', default: '' },
      keys: { type: 'string', default: '' },
      bus: { type: 'string' },
      bucket: { type: 'string' },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const list = (text: string) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
  const beside: Beside = {
    account: values.account,
    roles: list(values.roles),
    keys: list(values.keys),
    bus: values.bus,
    bucket: values.bucket,
  }
  return { beside, write: values.write, help: values.help, file: positionals[0] ?? 'rollcall.yaml' }
}

const wrongIn = ({ account, roles, keys, bus, bucket }: Beside): string | undefined => {
  if (!/^(\*|\d{12})$/.test(account)) return `--account: ${account} is not an account's twelve digits`
  const role = roles.find((arn) => !/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn))
  if (role !== undefined) return `--roles: ${role} is not the whole ARN of a role; wildcards pass on too much`
  if (bus !== undefined && !/^arn:aws[\w-]*:events:[\w-]+:\d{12}:event-bus\/[\w./-]+$/.test(bus))
    return `--bus: ${bus} is not the ARN of an event bus`
  if (bucket !== undefined && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    return `--bucket: ${bucket} is not the name of a bucket`
  const key = keys.find((arn) => !/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(arn))
  return key === undefined ? undefined : `--keys: ${key} is not the ARN of a key`
}

const main = async (): Promise<number> => {
  let given: ReturnType<typeof asked>
  try {
    given = asked(process.argv.slice(2))
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`)
    return 2
  }
  const { beside, write, help, file } = given
  if (help) {
    process.stdout.write(usage)
    return 0
  }
  const wrong = wrongIn(beside)
  const read = await loadCatalogue(file)
  if (wrong !== undefined || !read.ok) {
    process.stderr.write(`${wrong ?? (read.ok ? '' : writeMistakes(read.mistakes))}\n`)
    return 2
  }
  const documents = documentsFor(read.value, beside)
  if (write === undefined) process.stdout.write(`${JSON.stringify(documents, null, 2)}\n`)
  else {
    mkdirSync(write, { recursive: true })
    for (const [name, document] of Object.entries(documents))
      writeFileSync(`${write}/${name}.json`, `${JSON.stringify(document, null, 2)}\n`)
  }
  for (const service of read.value.services.values())
    if (service.fleet) {
      process.stderr.write(
        'A service has a blueprint (fleet:): deploy/iam-policy.provision.json is needed beside these.\n',
      )
      break
    }
  return 0
}

process.exitCode = await main()
