import type { Signal } from '@preact/signals'
import { useRef } from 'preact/hooks'

/** Lines sent before, brought back by the arrow keys as in a shell. */
export const useRecall = (text: Signal<string>) => {
  const held = useRef({ lines: [] as string[], at: -1 })
  return {
    /** What was brought back last, if it still stands. */
    get shown() {
      return held.current.lines[held.current.at] ?? ''
    },
    remember: (line: string) => {
      held.current = { lines: [line, ...held.current.lines.filter((other) => other !== line)], at: -1 }
    },
    /** Moves with ↑ (-1) and ↓ (1), only from an empty line or one brought back. Gives whether it did. */
    move: (step: number): boolean => {
      const { lines, at } = held.current
      if (text.value !== (lines[at] ?? '')) return false
      const next = at - step
      if (next < -1 || next >= lines.length) return false
      held.current.at = next
      text.value = lines[next] ?? ''
      return true
    },
  }
}
