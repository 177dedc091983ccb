import { z } from 'zod'
import { askForms } from '../../commands/structured'
import { type Answered, type Route, routes } from './routes'
import { named } from './schema'

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** A schema's name in the document, or the schema itself. */
const shown = (schema: z.ZodType): object => {
  const id = named.get(schema)?.id
  return id === undefined ? bare(z.toJSONSchema(schema, { io: 'input' })) : reference(id)
}

/** JSON Schema names its dialect and place; OpenAPI has them once for all. */
const bare = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema' && name !== '$id'))

const content = (body: Answered['body']): object => {
  if (body === undefined) return {}
  const schemas = Array.isArray(body) ? body.map(shown) : [shown(body as z.ZodType)]
  return {
    content: { 'application/json': { schema: schemas.length === 1 ? schemas[0] : { oneOf: schemas } } },
  }
}

const problem = (says: string) => ({
  description: says,
  content: { 'application/problem+json': { schema: reference('Problem') } },
})

const problemNames: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood.',
  401: 'Nobody knows who calls.',
  403: 'The machine may not do this.',
  404: 'There is no such thing.',
  409: 'Something is in the way now: a lock, or the same call being answered.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'Something else was asked under this key.',
  429: 'Too many calls; Retry-After says when.',
  503: 'Redis, a worker or the issuer of the token is not there; Retry-After says when.',
}

/** Every route may answer with these. */
const common = [400, 401, 403, 429, 503]

const queryParameters = (query: z.ZodType): readonly object[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' }) as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }))
}

const header = (name: string, description: string, required = false) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})

const operationOf = (route: Route): object => {
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const headers = [
    ...(route.asks ? [header('Idempotency-Key', 'Needed but for a dry run. Known for a day.')] : []),
    ...(route.readers ? [header('If-None-Match', 'The `ETag` that is known.')] : []),
    header('Accept-Language', '`en` or `ko`, for the sentences.'),
  ]
  return {
    operationId: route.name,
    summary: route.summary,
    parameters: [...inPath, ...queryParameters(route.query), ...headers],
    ...(route.asks && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              oneOf: Object.keys(askForms).map((action) => reference(askName(action))),
              discriminator: {
                propertyName: 'action',
                mapping: Object.fromEntries(
                  Object.keys(askForms).map((action) => [action, reference(askName(action)).$ref]),
                ),
              },
            },
          },
        },
      },
    }),
    responses: Object.fromEntries([
      ...Object.entries(route.answers).map(
        ([status, { says, body }]) => [status, { description: says, ...content(body) }] as const,
      ),
      ...[...new Set([...common, ...route.problems])]
        .toSorted((a, b) => a - b)
        .map((status) => [String(status), problem(problemNames[status] ?? '')] as const),
    ]),
  }
}

/** `update-image` is `AskUpdateImage`. */
const askName = (action: string): string =>
  `Ask${action.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`

let made: object | undefined

/** The door as OpenAPI 3.1 tells of it: made of the table and its schemas alone, and made once, for anybody may ask. */
export const openApi = (): object => (made ??= make())

const make = (): object => {
  const { schemas } = z.toJSONSchema(named, { uri: (id) => `#/components/schemas/${id}` })
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version: '1',
      description:
        'What pipelines ask of Rollcall. The same commands, rules, locks and approvals as in chat.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: "An issuer's ID token, or a token of ours." },
      },
      schemas: Object.fromEntries([
        ...Object.entries(schemas).map(([name, schema]) => [name, bare(schema)] as const),
        ...Object.entries(askForms).map(
          ([action, form]) => [askName(action), bare(z.toJSONSchema(form, { io: 'input' }))] as const,
        ),
      ]),
    },
  }
}
