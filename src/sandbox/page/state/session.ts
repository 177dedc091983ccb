import { signal } from '@preact/signals'

const tokenKey = 'rollcall.token'
const userKey = 'rollcall.user'

/** The token of this start: from the address once, then kept for the tab and taken out of the address bar. */
const takeToken = (): string => {
  const url = new URL(location.href)
  const given = url.searchParams.get('token')
  if (given === null) return sessionStorage.getItem(tokenKey) ?? ''
  sessionStorage.setItem(tokenKey, given)
  url.searchParams.delete('token')
  history.replaceState(null, '', url)
  return given
}

export const token = takeToken()

/** Who one is: the id of a persona; empty until the server has said who there is. */
export const user = signal(sessionStorage.getItem(userKey) ?? '')

/** Becomes another persona; the stream follows. */
export const become = (id: string) => {
  sessionStorage.setItem(userKey, id)
  user.value = id
}
