import { openApi } from '../../../src/gateway/api/openapi'
import { routes } from '../../../src/gateway/api/routes'
import { read } from '../../support/pages'

const document = () => JSON.parse(read('docs/openapi.json')) as Readonly<Record<string, unknown>>

test('the document that is checked in is the one that the door gives (npm run openapi)', () => {
  expect(document()).toEqual(JSON.parse(JSON.stringify(openApi())))
})

test('it has every route, and each name that it refers to is there', () => {
  const { paths, components } = document() as {
    paths: Record<string, Record<string, object>>
    components: { schemas: Record<string, object> }
  }
  expect(
    Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((one) => `${one} ${path}`)),
  ).toEqual(routes.map(({ method, path }) => `${method.toLowerCase()} ${path}`))
  const named = [...JSON.stringify(document()).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
    ([, name]) => name,
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => components.schemas[name ?? ''] === undefined)).toEqual([])
})
