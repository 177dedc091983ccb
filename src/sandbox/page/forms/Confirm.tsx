import { useLayoutEffect, useRef } from 'preact/hooks'
import { question } from '../state/confirm'
import { Plain, Text } from '../text/Text'

/** The confirm dialog of a button or another element. Escape is a no. */
export const Confirm = () => {
  const asked = question.value
  const dialog = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    if (!asked) return
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [asked])

  if (!asked) return null
  const { title, text, confirm, deny, style } = asked.dialog
  return (
    <dialog
      class="confirm"
      ref={dialog}
      role="alertdialog"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onCancel={(event) => {
        event.preventDefault()
        asked.answer(false)
      }}
    >
      <h2 id="confirm-title">
        <Plain text={title?.text ?? 'Are you sure?'} />
      </h2>
      <div id="confirm-text">
        <Text of={text} />
      </div>
      <footer class="form-foot">
        <button type="button" class="button" onClick={() => asked.answer(false)}>
          <Plain text={deny?.text ?? 'Cancel'} />
        </button>
        <button
          type="button"
          class={`button button-${style ?? 'primary'}`}
          onClick={() => asked.answer(true)}
        >
          <Plain text={confirm?.text ?? 'Yes'} />
        </button>
      </footer>
    </dialog>
  )
}
