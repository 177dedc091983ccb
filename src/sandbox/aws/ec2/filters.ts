import type { Filter } from '@aws-sdk/client-ec2'
import { fits } from '../wildcards'
import { AwsError } from '../wire/error'
import type { Tags } from '../tag-map'

/** Filter name → the values an item has for it. */
export type Fields<T> = Readonly<Record<string, (item: T) => readonly (string | undefined)[]>>

/** The items that pass all filters; a filter is passed by any of its values. Wildcards as EC2 takes them. */
export function select<T extends { readonly tags: Tags }>(
  items: Iterable<T>,
  filters: readonly Filter[] | undefined,
  fields: Fields<T>,
): T[] {
  const tests = (filters ?? []).map((filter) => testOf(filter, fields))
  return [...items].filter((item) => tests.every((test) => test(item)))
}

function testOf<T extends { readonly tags: Tags }>(filter: Filter, fields: Fields<T>): (item: T) => boolean {
  const { Name: name = '', Values: wanted = [] } = filter
  const values = valuesOf(name, fields)
  return (item) => values(item).some((value) => value !== undefined && wanted.some((one) => fits(one, value)))
}

function valuesOf<T extends { readonly tags: Tags }>(name: string, fields: Fields<T>) {
  if (name.startsWith('tag:')) return (item: T) => [item.tags.get(name.slice('tag:'.length))]
  if (name === 'tag-key') return (item: T) => [...item.tags.keys()]
  if (name === 'tag-value') return (item: T) => [...item.tags.values()]
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`)
  return field
}
