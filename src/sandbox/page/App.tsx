import { Channel } from './chat/Channel'
import { Home } from './chat/Home'
import { Notices } from './chat/Notices'
import { PhoneBar } from './chat/PhoneBar'
import { Rail } from './chat/Rail'
import { Thread } from './chat/Thread'
import { Fleet } from './fleet/Fleet'
import { Confirm } from './forms/Confirm'
import { Modal } from './forms/Modal'
import { place, tab, thread } from './state/place'
import { connection } from './state/stream'
import { Tabs } from './Tabs'
import { Safe } from './ui/Safe'

const Chat = () => {
  const here = place.value
  const root = thread.value
  return (
    <div class={root === null ? 'chat' : 'chat chat-threaded'}>
      <Rail />
      <PhoneBar />
      <main class="conversation">
        {here.kind === 'home' ? <Home /> : <Channel key={here.id} id={here.id} />}
        {here.kind === 'channel' && root !== null && <Thread key={root} channel={here.id} root={root} />}
      </main>
    </div>
  )
}

/** The page: the workspace on the left, the fleet on the right, one of them on a narrow screen. */
export const App = () => (
  <div class={`page page-${tab.value}`}>
    <div class="skips">
      <a href="#messages">Skip to the messages</a>
      <a href="#fleet">Skip to the fleet</a>
    </div>
    {connection.value === 'lost' && (
      <p class="lost" role="alert">
        The sandbox does not answer. Trying again…
      </p>
    )}
    <Safe>
      <Chat />
    </Safe>
    <Safe>
      <Fleet />
    </Safe>
    <Tabs />
    <Modal />
    <Confirm />
    <Notices />
  </div>
)
