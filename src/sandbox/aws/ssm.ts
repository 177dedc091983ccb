import type { Simulation, View } from './engine/simulation'
import { AwsError } from './wire/error'
import type { Parameter, World } from './world'

type Schema = readonly unknown[]
const struct = (
  name: string,
  members: readonly string[],
  types: readonly unknown[],
  required = 0,
): Schema => [3, 'ssm', name, 0, members, types, required]
const operation = (name: string, input: Schema, output: Schema): Schema => [9, 'ssm', name, 0, input, output]
const parameter = struct(
  'Parameter',
  ['Name', 'Type', 'Value', 'Version', 'LastModifiedDate', 'ARN', 'DataType'],
  [0, 0, 0, 1, 4, 0, 0],
)

/** The calls of Systems Manager's Parameter Store that templates depend on, with schemas in the SDK's form. */
export const ssmSchemas: Readonly<Record<string, unknown>> = {
  PutParameter$: operation(
    'PutParameter',
    struct(
      'PutParameterRequest',
      ['Name', 'Value', 'Type', 'Overwrite', 'DataType', 'Description'],
      [0, 0, 0, 2, 0, 0],
      2,
    ),
    struct('PutParameterResult', ['Version', 'Tier'], [1, 0]),
  ),
  GetParameter$: operation(
    'GetParameter',
    struct('GetParameterRequest', ['Name', 'WithDecryption'], [0, 2], 1),
    struct('GetParameterResult', ['Parameter'], [parameter]),
  ),
  GetParameters$: operation(
    'GetParameters',
    struct('GetParametersRequest', ['Names', 'WithDecryption'], [64, 2], 1),
    struct(
      'GetParametersResult',
      ['Parameters', 'InvalidParameters'],
      [[1, 'ssm', 'List', 0, parameter], 64],
    ),
  ),
  DeleteParameter$: operation(
    'DeleteParameter',
    struct('DeleteParameterRequest', ['Name'], [0], 1),
    struct('DeleteParameterResult', [], []),
  ),
}

interface Put {
  readonly Name: string
  readonly Value: string
  readonly Type?: string
  readonly Overwrite?: boolean
  readonly DataType?: string
}

export const ssmHandlers = {
  /** aws: PutParameter: another value of a name is another version, and wants Overwrite. */
  PutParameter(sim: Simulation, input: Put) {
    const { parameters } = sim.world
    const before = parameters.get(input.Name)
    if (before && !input.Overwrite)
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      )
    const version = (before?.versions.at(-1)?.version ?? 0) + 1
    parameters.set(input.Name, {
      name: input.Name,
      type: before?.type ?? input.Type ?? 'String',
      dataType: input.DataType ?? before?.dataType ?? 'text',
      versions: [...(before?.versions ?? []), { version, value: input.Value, labels: [], at: sim.now }],
    })
    return { Version: version, Tier: 'Standard' }
  },

  GetParameter({ world }: View, { Name }: { readonly Name: string }) {
    const found = describe(world, Name)
    if (!found) throw missing
    return { Parameter: found }
  },

  GetParameters({ world }: View, { Names }: { readonly Names: readonly string[] }) {
    const found = Names.map((name) => describe(world, name))
    return {
      Parameters: found.filter((one) => one !== undefined),
      InvalidParameters: Names.filter((_, at) => found[at] === undefined),
    }
  },

  DeleteParameter(sim: Simulation, { Name }: { readonly Name: string }) {
    if (!sim.world.parameters.delete(Name)) throw missing
    return {}
  },
}

const missing = new AwsError('ParameterNotFound', '')

/** A parameter by its name, or by `name:version`. */
function describe(world: World, asked: string) {
  const [name = '', wanted] = asked.split(':')
  const found = world.parameters.get(name)
  const version = versionOf(found, wanted)
  if (!found || !version) return undefined
  return {
    Name: found.name,
    Type: found.type,
    Value: version.value,
    Version: version.version,
    LastModifiedDate: new Date(version.at),
    ARN: `arn:aws:ssm:${world.region}:${world.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    DataType: found.dataType,
  }
}

/** The version of a parameter by its number or label; the newest where none is named. */
export const versionOf = (parameter: Parameter | undefined, wanted: string | undefined) =>
  wanted === undefined
    ? parameter?.versions.at(-1)
    : parameter?.versions.find((one) => String(one.version) === wanted || one.labels.includes(wanted))
