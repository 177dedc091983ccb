import { useLayoutEffect, useRef, useState } from 'preact/hooks'

const near = 60

/**
 * Keeps a scrolling list at its end while the reader is at its end, also when what stands in it grows.
 * Gives the refs of the list and of what is in it, whether there is something below, and the way down.
 */
export const useStick = () => {
  const list = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const sticking = useRef(true)
  const [below, setBelow] = useState(false)

  const toEnd = () => {
    const box = list.current
    if (box) box.scrollTop = box.scrollHeight
    sticking.current = true
    setBelow(false)
  }

  useLayoutEffect(() => {
    const box = list.current
    const inner = content.current
    if (!box || !inner) return
    let top = box.scrollTop
    // Only a move up lets go: what stands in the list may have grown since, without anybody having moved.
    const onScroll = () => {
      const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < near
      if (atEnd) setBelow(false)
      if (atEnd || box.scrollTop < top) sticking.current = atEnd
      top = box.scrollTop
    }
    const grown = new ResizeObserver(() => {
      if (sticking.current) toEnd()
      else setBelow(true)
    })
    box.addEventListener('scroll', onScroll, { passive: true })
    grown.observe(inner)
    grown.observe(box)
    return () => {
      box.removeEventListener('scroll', onScroll)
      grown.disconnect()
    }
  }, [])

  return { list, content, below, toEnd }
}
