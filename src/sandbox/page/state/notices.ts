import { signal } from '@preact/signals'

export interface Notice {
  id: number
  text: string
}

const shownFor = 9000
let next = 1

export const notices = signal<Notice[]>([])
/** The last thing said to those who listen instead of look. */
export const announced = signal('')

export const dismiss = (id: number) => {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** Says something at the edge of the page for a while; the same words are not stacked. */
export const notify = (text: string) => {
  if (notices.value.some((notice) => notice.text === text)) return
  const id = next
  next += 1
  notices.value = [...notices.value, { id, text }].slice(-3)
  setTimeout(() => dismiss(id), shownFor)
}

export const announce = (text: string) => {
  announced.value = text
}
