import { tab } from './state/place'
import { Icon } from './ui/Icon'

/** What a narrow screen shows: the chat or the fleet. */
export const Tabs = () => (
  <nav class="tabs" aria-label="View">
    <button
      type="button"
      aria-pressed={tab.value === 'chat'}
      onClick={() => {
        tab.value = 'chat'
      }}
    >
      <Icon name="thread" /> Chat
    </button>
    <button
      type="button"
      aria-pressed={tab.value === 'fleet'}
      onClick={() => {
        tab.value = 'fleet'
      }}
    >
      <Icon name="balance" /> Fleet
    </button>
  </nav>
)
