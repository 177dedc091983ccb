import type { Simulation, View } from './engine/simulation'
import { page } from './paging'
import { AwsError } from './wire/error'
import type { Tags } from './tag-map'
import type { Parameter, World } from './world'

interface Put {
  readonly Name: string
  readonly Value: string
  readonly Type?: string
  readonly Overwrite?: boolean
  readonly DataType?: string
  readonly Description?: string
  readonly Tags?: readonly Tag[]
}

interface Tag {
  readonly Key: string
  readonly Value: string
}

interface Tagged {
  readonly ResourceType: string
  readonly ResourceId: string
}

interface ByPath {
  readonly Path: string
  readonly Recursive?: boolean
  readonly MaxResults?: number
  readonly NextToken?: string
}

interface Describe {
  readonly ParameterFilters?: readonly {
    readonly Key: string
    readonly Option?: string
    readonly Values?: readonly string[]
  }[]
  readonly MaxResults?: number
  readonly NextToken?: string
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
    if (before && input.Tags?.length)
      throw new AwsError(
        'ValidationException',
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag.",
      )
    const version = (before?.versions.at(-1)?.version ?? 0) + 1
    parameters.set(input.Name, {
      name: input.Name,
      type: before?.type ?? input.Type ?? 'String',
      dataType: input.DataType ?? before?.dataType ?? 'text',
      description: input.Description ?? before?.description,
      tags: before?.tags ?? new Map((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
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

  /** aws: API reference, GetParametersByPath: one level below the path, or all of them with Recursive; 10 to a page at most. */
  GetParametersByPath({ world }: View, { Path, Recursive = false, MaxResults = 10, NextToken }: ByPath) {
    if (MaxResults < 1 || MaxResults > 10)
      throw new AwsError('ValidationException', `Value '${MaxResults}' at 'maxResults' must be from 1 to 10`)
    const start = Path.endsWith('/') ? Path : `${Path}/`
    const found = [...world.parameters.values()].filter(
      ({ name }) => name.startsWith(start) && (Recursive || !name.slice(start.length).includes('/')),
    )
    const { items, next } = page(found, { size: MaxResults, token: NextToken, badToken })
    return { Parameters: items.map((one) => told(world, one, one.versions.at(-1))), NextToken: next }
  },

  DeleteParameter(sim: Simulation, { Name }: { readonly Name: string }) {
    if (!sim.world.parameters.delete(Name)) throw missing
    return {}
  },

  DeleteParameters(sim: Simulation, { Names }: { readonly Names: readonly string[] }) {
    const DeletedParameters = Names.filter((name) => sim.world.parameters.delete(name))
    return { DeletedParameters, InvalidParameters: Names.filter((name) => !DeletedParameters.includes(name)) }
  },

  /** aws: API reference, DescribeParameters: 10 to a page unless asked otherwise, 50 at most; filters all have to hold. */
  DescribeParameters({ world }: View, { ParameterFilters = [], MaxResults = 10, NextToken }: Describe) {
    if (MaxResults < 1 || MaxResults > 50)
      throw new AwsError('ValidationException', `Value '${MaxResults}' at 'maxResults' must be from 1 to 50`)
    const tests = ParameterFilters.map(testOf)
    const found = [...world.parameters.values()].filter((one) => tests.every((test) => test(one)))
    const { items, next } = page(found, { size: MaxResults, token: NextToken, badToken })
    return { Parameters: items.map((one) => metadataOf(world, one)), NextToken: next }
  },

  ListTagsForResource({ world }: View, input: Tagged) {
    return { TagList: [...tagsOf(world, input)].map(([Key, Value]) => ({ Key, Value })) }
  },

  AddTagsToResource({ world }: Simulation, input: Tagged & { readonly Tags: readonly Tag[] }) {
    const tags = tagsOf(world, input)
    for (const { Key, Value } of input.Tags) tags.set(Key, Value)
    return {}
  },

  RemoveTagsFromResource({ world }: Simulation, input: Tagged & { readonly TagKeys: readonly string[] }) {
    const tags = tagsOf(world, input)
    for (const key of input.TagKeys) tags.delete(key)
    return {}
  },
}

const badToken = () => new AwsError('InvalidNextToken', 'The specified token is not valid.')
const missing = new AwsError('ParameterNotFound', '')

/** Parameters alone carry tags here; Systems Manager's other kinds of resources do not exist. */
function tagsOf(world: World, { ResourceType, ResourceId }: Tagged): Tags {
  if (ResourceType !== 'Parameter')
    throw new AwsError('InvalidResourceType', `The resource type '${ResourceType}' is not valid`)
  const found = world.parameters.get(ResourceId)
  if (!found) throw new AwsError('InvalidResourceId', '')
  return (found.tags ??= new Map())
}

type Filter = NonNullable<Describe['ParameterFilters']>[number]

/** aws: API reference, ParameterStringFilter: Equals is meant where no option is named. */
function testOf({ Key, Option = 'Equals', Values = [] }: Filter): (one: Parameter) => boolean {
  const value = (one: Parameter) => {
    if (Key === 'Name') return one.name
    if (Key === 'Type') return one.type
    if (Key === 'DataType') return one.dataType
    if (Key.startsWith('tag:')) return one.tags?.get(Key.slice('tag:'.length))
    throw new AwsError('InvalidFilterKey', `The filter key '${Key}' is not valid here`)
  }
  return (one) => {
    const is = value(one)
    if (is === undefined) return false
    if (Option === 'Equals') return Values.length === 0 || Values.includes(is)
    if (Option === 'BeginsWith') return Values.some((wanted) => is.startsWith(wanted))
    if (Option === 'Contains') return Values.some((wanted) => is.includes(wanted))
    throw new AwsError('InvalidFilterOption', `The filter option '${Option}' is not valid here`)
  }
}

function metadataOf(world: World, parameter: Parameter) {
  const { Name, ARN, Type, LastModifiedDate, Version, DataType } = told(
    world,
    parameter,
    parameter.versions.at(-1),
  )
  const rest = { Description: parameter.description, Tier: 'Standard', Policies: [] }
  return { Name, ARN, Type, LastModifiedDate, Version, DataType, ...rest }
}

/** A parameter by its name, or by `name:version`. */
function describe(world: World, asked: string) {
  const [name = '', wanted] = asked.split(':')
  const found = world.parameters.get(name)
  const version = versionOf(found, wanted)
  return found && version && told(world, found, version)
}

function told(
  world: World,
  { name, type, dataType }: Parameter,
  version: Parameter['versions'][number] | undefined,
) {
  return {
    Name: name,
    Type: type,
    Value: version?.value,
    Version: version?.version,
    LastModifiedDate: new Date(version?.at ?? 0),
    ARN: `arn:aws:ssm:${world.region}:${world.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    DataType: dataType,
  }
}

/** The version of a parameter by its number or label; the newest where none is named. */
export const versionOf = (parameter: Parameter | undefined, wanted: string | undefined) =>
  wanted === undefined
    ? parameter?.versions.at(-1)
    : parameter?.versions.find((one) => String(one.version) === wanted || one.labels.includes(wanted))
