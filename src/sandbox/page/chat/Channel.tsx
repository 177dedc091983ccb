import { say, runCommand } from '../state/api'
import { composerCalled, draft, thread } from '../state/place'
import { app, channels, messages } from '../state/workspace'
import { Icon } from '../ui/Icon'
import { Composer } from './Composer'
import { mentioned } from './addressed'
import { DayLine } from './DayLine'
import { Hint } from './Hint'
import { Message } from './Message'
import { follows, repliesByRoot, roots } from './threads'
import { useStick } from './useStick'

/** Sends a line: a slash command where it begins with one, else a message. */
const send = (channel: string, line: string) =>
  line.startsWith('/') ? runCommand(channel, line) : say(channel, mentioned(line))

/** What stands at the very beginning of a channel. */
const Start = ({ name }: { name: string }) => (
  <div class="channel-start">
    <h2>{name}</h2>
    <p>
      {app.value.name} looks after fleets on EC2 Auto Scaling from chat. The fleet that you see is a simulated
      AWS account: everything in it takes the time it takes in AWS, only faster.
    </p>
  </div>
)

/** A channel: its messages, the newest at the end, and where one writes. */
export const Channel = ({ id }: { id: string }) => {
  const { list, content, below, toEnd } = useStick()
  const all = messages.value[id] ?? []
  const shown = roots(all)
  const replies = repliesByRoot(all)
  const channel = channels.value.find((one) => one.id === id)
  const direct = channel?.direct === true
  const name = direct ? app.value.name : `#${channel?.name ?? id}`
  return (
    <section class="channel" aria-label={`Channel ${name}`}>
      <header class="chat-head">
        <h1>
          <Icon name={direct ? 'thread' : 'hash'} /> {name.replace('#', '')}
        </h1>
      </header>
      <div class="messages" ref={list} tabIndex={-1} id="messages">
        <div class="messages-inner" ref={content}>
          <Start name={name} />
          {shown.map((message, index) => (
            <div key={message.ts}>
              <DayLine at={message.at} before={shown[index - 1]?.at} />
              <Message
                message={message}
                follows={follows(message, shown[index - 1])}
                replies={replies.get(message.ts)}
                onThread={() => {
                  thread.value = message.thread_ts ?? message.ts
                }}
              />
            </div>
          ))}
        </div>
      </div>
      {below && (
        <div class="to-end">
          <button type="button" onClick={toEnd}>
            <Icon name="down" size={14} /> Newest
          </button>
        </div>
      )}
      <Hint />
      <Composer
        label={`Message ${name}`}
        placeholder={`Message ${name}, or type /`}
        text={draft}
        called={composerCalled}
        onSend={(line) => {
          toEnd()
          return send(id, line)
        }}
      />
    </section>
  )
}
