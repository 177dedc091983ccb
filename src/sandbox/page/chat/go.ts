import { place, thread, unread } from '../state/place'

/** Goes to a channel, or with `home` to the app's Home. */
export const goTo = (id: string) => {
  thread.value = null
  if (id === 'home') {
    place.value = { kind: 'home' }
    return
  }
  place.value = { kind: 'channel', id }
  unread.value = new Set([...unread.value].filter((other) => other !== id))
}
