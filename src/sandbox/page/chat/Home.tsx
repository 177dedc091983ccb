import { useSignalEffect } from '@preact/signals'
import type { HomeView } from '@slack/types'
import { Blocks } from '../blocks/Blocks'
import { type Holder, InHolder } from '../elements/holder'
import { openHome } from '../state/api'
import { user } from '../state/session'
import { app, home } from '../state/workspace'
import { Icon } from '../ui/Icon'

/** A published view carries its id beside what the app sent. */
const asView = (view: unknown): (HomeView & { id?: string }) | null =>
  typeof view === 'object' && view !== null && 'blocks' in view ? (view as HomeView & { id?: string }) : null

/** The app's Home as this person sees it. The app is told that they have opened it, once it is known who they are. */
export const Home = () => {
  useSignalEffect(() => {
    if (user.value !== '') void openHome()
  })
  const view = asView(home.value)
  const holder: Holder = {
    kind: 'home',
    key: `home:${view?.id ?? ''}`,
    view: view?.id ?? '',
    blocks: view?.blocks ?? [],
  } as Holder
  return (
    <section class="channel" aria-label="Home">
      <header class="chat-head">
        <h1>
          <Icon name="home" /> {app.value.name}
        </h1>
      </header>
      <div class="messages" tabIndex={-1} id="messages">
        <div class="home">
          {view === null ? (
            <p class="empty">{app.value.name} has not said anything here yet.</p>
          ) : (
            <InHolder value={holder}>
              <Blocks blocks={holder.blocks} />
            </InHolder>
          )}
        </div>
      </div>
    </section>
  )
}
