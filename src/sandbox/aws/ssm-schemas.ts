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

const listOf = (member: unknown): Schema => [1, 'ssm', 'List', 0, member]
const tags = listOf(struct('Tag', ['Key', 'Value'], [0, 0], 2))
const filters = listOf(struct('ParameterStringFilter', ['Key', 'Option', 'Values'], [0, 0, 64], 1))
const metadata = struct(
  'ParameterMetadata',
  ['Name', 'ARN', 'Type', 'LastModifiedDate', 'Description', 'Version', 'Tier', 'Policies', 'DataType'],
  [0, 0, 0, 4, 0, 1, 0, listOf(0), 0],
)
const tagged = ['ResourceType', 'ResourceId']

/** The calls of Systems Manager's Parameter Store that templates depend on, with schemas in the SDK's form. */
export const ssmSchemas: Readonly<Record<string, unknown>> = {
  PutParameter$: operation(
    'PutParameter',
    struct(
      'PutParameterRequest',
      ['Name', 'Value', 'Type', 'Overwrite', 'DataType', 'Description', 'Tags'],
      [0, 0, 0, 2, 0, 0, tags],
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
    struct('GetParametersResult', ['Parameters', 'InvalidParameters'], [listOf(parameter), 64]),
  ),
  GetParametersByPath$: operation(
    'GetParametersByPath',
    struct(
      'GetParametersByPathRequest',
      ['Path', 'Recursive', 'WithDecryption', 'MaxResults', 'NextToken'],
      [0, 2, 2, 1, 0],
      1,
    ),
    struct('GetParametersByPathResult', ['Parameters', 'NextToken'], [listOf(parameter), 0]),
  ),
  DeleteParameter$: operation(
    'DeleteParameter',
    struct('DeleteParameterRequest', ['Name'], [0], 1),
    struct('DeleteParameterResult', [], []),
  ),
  DeleteParameters$: operation(
    'DeleteParameters',
    struct('DeleteParametersRequest', ['Names'], [64], 1),
    struct('DeleteParametersResult', ['DeletedParameters', 'InvalidParameters'], [64, 64]),
  ),
  DescribeParameters$: operation(
    'DescribeParameters',
    struct('DescribeParametersRequest', ['ParameterFilters', 'MaxResults', 'NextToken'], [filters, 1, 0]),
    struct('DescribeParametersResult', ['Parameters', 'NextToken'], [listOf(metadata), 0]),
  ),
  ListTagsForResource$: operation(
    'ListTagsForResource',
    struct('ListTagsForResourceRequest', tagged, [0, 0], 2),
    struct('ListTagsForResourceResult', ['TagList'], [tags]),
  ),
  AddTagsToResource$: operation(
    'AddTagsToResource',
    struct('AddTagsToResourceRequest', [...tagged, 'Tags'], [0, 0, tags], 3),
    struct('AddTagsToResourceResult', [], []),
  ),
  RemoveTagsFromResource$: operation(
    'RemoveTagsFromResource',
    struct('RemoveTagsFromResourceRequest', [...tagged, 'TagKeys'], [0, 0, 64], 3),
    struct('RemoveTagsFromResourceResult', [], []),
  ),
}
