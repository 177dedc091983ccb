import type { Locale } from '../../messages/locale'
import type { ApiRequest, ApiResponse } from '../../ports/api'
import type { Caller } from './authenticate'
import type { ApiDeps } from './deps'
import { type Asker, localeOf } from '../deps'
import type { UserLocale } from '../../ports/user-locales'

/** A call whose caller is known. */
export interface Call<Who = Caller, Query = unknown, Body = unknown> {
  readonly deps: ApiDeps
  readonly request: ApiRequest
  readonly caller: Who
  /** What stands in the path, by name. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly readsIn: UserLocale
}

/** In the language that the caller asks for, else in the service's. */
export const localeFor = ({ deps, readsIn }: Pick<Call, 'deps' | 'readsIn'>, service?: string): Locale =>
  localeOf(deps, readsIn, service)

/** RFC 9110, section 12.5.4, as far as two languages need it: the first of them that is named. */
export const languageOf = (header: string | undefined): UserLocale => {
  const first = (header ?? '').split(',').find((part) => /^\s*(?:en|ko)\b/i.test(part))
  if (first === undefined) return {}
  return { language: /^\s*ko/i.test(first) ? 'ko' : 'en' }
}

export type MachineCaller = Extract<Caller, { readonly kind: 'machine' }>

export const askerOf = ({ caller, readsIn }: Call<MachineCaller>, delivery: string): Asker => ({
  person: caller.person,
  userLocale: readsIn,
  delivery,
})

export const json = (status: number, body: object, headers: ApiResponse['headers'] = {}): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body,
})
