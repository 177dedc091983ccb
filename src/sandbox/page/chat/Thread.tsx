import { useEffect, useRef } from 'preact/hooks'
import { signal } from '@preact/signals'
import { say } from '../state/api'
import { thread } from '../state/place'
import { app, messages } from '../state/workspace'
import { Icon } from '../ui/Icon'
import { addressed } from './addressed'
import { Composer } from './Composer'
import { Message } from './Message'
import { follows, threadOf } from './threads'
import { useStick } from './useStick'

const text = signal('')

/** The side pane of one thread. */
export const Thread = ({ channel, root }: { channel: string; root: string }) => {
  const { list, content } = useStick()
  const pane = useRef<HTMLElement>(null)
  const shown = threadOf(messages.value[channel] ?? [], root)

  useEffect(() => {
    const before = document.activeElement
    pane.current?.querySelector<HTMLElement>('.close')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [root])

  const close = () => {
    thread.value = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close()
  }

  return (
    <aside class="thread" aria-label="Thread" ref={pane} onKeyDown={onKeyDown}>
      <header class="chat-head">
        <h2>Thread</h2>
        <button type="button" class="close" aria-label="Close thread" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="messages" ref={list} tabIndex={-1}>
        <div class="messages-inner" ref={content}>
          {shown.map((message, index) => (
            <div key={message.ts} class={index === 0 ? 'thread-root' : ''}>
              <Message message={message} follows={index > 1 && follows(message, shown[index - 1])} />
            </div>
          ))}
        </div>
      </div>
      <Composer
        label="Reply in thread"
        placeholder={`Reply to @${app.value.name}, e.g. status`}
        text={text}
        onSend={(line) => say(channel, addressed(line), root)}
      />
    </aside>
  )
}
