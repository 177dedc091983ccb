import type { ModalView } from '@slack/types'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Blocks } from '../blocks/Blocks'
import { type Holder, InHolder } from '../elements/holder'
import { heldValues } from '../elements/values'
import { closeForm, submit } from '../state/api'
import { form } from '../state/workspace'
import { formErrors, typedIn } from '../state/values'
import { Plain } from '../text/Text'
import { Icon } from '../ui/Icon'

const asModal = (view: unknown): ModalView | null =>
  typeof view === 'object' && view !== null && 'blocks' in view ? (view as ModalView) : null

/** The form that the app has opened, if it has. */
export const Modal = () => {
  const open = form.value
  const view = asModal(open?.view)
  return open === null || view === null ? null : <Form key={open.id} id={open.id} view={view} />
}

const Form = ({ id, view }: { id: string; view: ModalView }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const [busy, setBusy] = useState(false)
  const holder: Holder = { kind: 'form', key: id, view: id, blocks: view.blocks as Holder['blocks'] }

  useLayoutEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  // A form that comes empty at first, while the app looks something up, is entered when it has something to fill in.
  const entered = useRef(false)
  useLayoutEffect(() => {
    const first = dialog.current?.querySelector<HTMLElement>(
      '.form-body :is(input, select, textarea, button)',
    )
    if (entered.current || !first) return
    entered.current = true
    first.focus()
  })

  const send = async () => {
    if (busy || view.submit === undefined) return
    setBusy(true)
    const reply = await submit(id, heldValues(holder.blocks, typedIn(id)))
    setBusy(false)
    formErrors.value = { ...formErrors.value, [id]: reply.errors ?? {} }
    if (reply.errors)
      requestAnimationFrame(() => dialog.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }

  return (
    <dialog
      class="form"
      ref={dialog}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault()
        void closeForm(id)
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <header class="form-head">
          <h2 id={`${id}-title`}>
            <Plain text={view.title.text} />
          </h2>
          <button type="button" class="close" aria-label="Close" onClick={() => void closeForm(id)}>
            <Icon name="close" />
          </button>
        </header>
        <div class="form-body">
          <InHolder value={holder}>
            <Blocks blocks={holder.blocks} />
          </InHolder>
        </div>
        <footer class="form-foot">
          <button type="button" class="button" onClick={() => void closeForm(id)}>
            <Plain text={view.close?.text ?? 'Close'} />
          </button>
          {view.submit && (
            <button type="submit" class="button button-primary" aria-busy={busy}>
              <Plain text={view.submit.text} />
            </button>
          )}
        </footer>
      </form>
    </dialog>
  )
}
