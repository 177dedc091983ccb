import type { Overflow as OverflowElement } from '@slack/types'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Plain } from '../text/Text'
import { Icon } from '../ui/Icon'
import { act, useHolder } from './holder'

/** The `…` menu: arrows move, Enter chooses, Escape closes and gives the focus back. */
export const Overflow = ({ element, block }: { element: OverflowElement; block: string }) => {
  const holder = useHolder()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]

  useEffect(() => {
    if (!open) return
    items()[0]?.focus()
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    const all = items()
    const at = all.findIndex((item) => item === document.activeElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) all[(at + step + all.length) % all.length]?.focus()
    if (event.key === 'Escape') close()
    if (event.key === 'Tab') setOpen(false)
    if (step !== undefined || event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const choose = (value: string | undefined, url: string | undefined) => {
    close()
    if (url !== undefined) window.open(url, '_blank', 'noopener,noreferrer')
    void act(holder, block, element, value ?? null)
  }

  return (
    <div class="overflow" ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="button button-icon"
        ref={opener}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label="More actions"
        data-action={element.action_id}
        onClick={() => setOpen(!open)}
      >
        <Icon name="dots" />
      </button>
      {open && (
        <div class="menu" role="menu">
          {element.options.map((option) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => choose(option.value, option.url)}
            >
              <Plain text={option.text.text} />
              {option.description && (
                <small>
                  <Plain text={option.description.text} />
                </small>
              )}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
