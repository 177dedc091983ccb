import type { Button as ButtonElement } from '@slack/types'
import { useState } from 'preact/hooks'
import { Plain } from '../text/Text'
import { act, useHolder } from './holder'

/** A button; while the app is being told it is busy and cannot be pressed again. */
export const Button = ({ element, block }: { element: ButtonElement; block: string }) => {
  const holder = useHolder()
  const [busy, setBusy] = useState(false)
  const press = async () => {
    if (busy) return
    if (element.url !== undefined) open(element.url, '_blank', 'noopener,noreferrer')
    setBusy(true)
    await act(holder, block, element)
    setBusy(false)
  }
  return (
    <button
      type="button"
      class={`button ${element.style === undefined ? '' : `button-${element.style}`}`}
      aria-busy={busy}
      aria-label={element.accessibility_label}
      data-action={element.action_id}
      onClick={() => void press()}
    >
      <Plain text={element.text.text} />
    </button>
  )
}
