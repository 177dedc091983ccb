import type { Signal } from '@preact/signals'
import { useSignalEffect } from '@preact/signals'
import { useId, useRef, useState } from 'preact/hooks'
import type { Reply } from '../state/api'
import { Icon } from '../ui/Icon'
import { suggest } from './examples'
import { Suggestions } from './Suggestions'
import { useRecall } from './useRecall'

interface Props {
  label: string
  placeholder: string
  text: Signal<string>
  /** Takes the focus whenever this rises. */
  called?: Signal<number>
  onSend: (line: string) => Promise<Reply>
}

/** Where one writes: Enter sends, Shift+Enter breaks the line, Tab takes a suggestion, ↑ brings the last line back. */
export const Composer = ({ label, placeholder, text, called, onSend }: Props) => {
  const box = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const recall = useRecall(text)
  const [picked, setPicked] = useState(-1)
  const [hidden, setHidden] = useState(false)
  const [sending, setSending] = useState(0)
  const offered = hidden ? [] : suggest(text.value)

  useSignalEffect(() => {
    if ((called?.value ?? 0) === 0) return
    box.current?.focus()
    // Again once it is drawn: on a narrow screen it may just be coming into sight.
    requestAnimationFrame(() => box.current?.focus())
  })

  const write = (line: string) => {
    text.value = line
    setPicked(-1)
    setHidden(false)
    box.current?.focus()
  }
  const send = async () => {
    const line = text.value.trim()
    if (line === '') return
    // A line does not wait for Slack's answer to the one before.
    setSending((others) => others + 1)
    recall.remember(line)
    text.value = ''
    const reply = await onSend(line)
    setSending((others) => others - 1)
    if (!reply.ok && text.value === '') text.value = line
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosen = offered[picked]
    if (step !== undefined && offered.length > 0 && (picked >= 0 || text.value !== recall.shown)) {
      setPicked((picked + step + offered.length) % offered.length)
    } else if (step !== undefined && !text.value.includes('\n') && recall.move(step)) {
      setPicked(-1)
    } else if (event.key === 'Tab' && !event.shiftKey && offered.length > 0 && text.value !== '') {
      const taken = chosen ?? offered[0]
      if (taken) write(taken.line)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      if (chosen) write(chosen.line)
      else void send()
    } else if (event.key === 'Escape' && offered.length > 0) {
      setHidden(true)
    } else return
    event.preventDefault()
  }

  return (
    <div class="composer">
      {offered.length > 0 && (
        <Suggestions id={id} offered={offered} picked={picked} onPick={(line) => write(line)} />
      )}
      <div class="composer-box">
        <textarea
          ref={box}
          class="composer-text"
          rows={1}
          aria-label={label}
          placeholder={placeholder}
          aria-haspopup="listbox"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={picked >= 0 ? `${id}-${picked}` : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value
            setHidden(false)
            setPicked(-1)
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="send"
          aria-label="Send"
          aria-busy={sending > 0}
          disabled={text.value.trim() === ''}
          onClick={() => void send()}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  )
}
