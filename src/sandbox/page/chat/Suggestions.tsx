import type { Suggestion } from './examples'

interface Props {
  id: string
  offered: Suggestion[]
  picked: number
  onPick: (line: string) => void
}

/** The list above the composer. The focus stays in the composer; this only shows what it points at. */
export const Suggestions = ({ id, offered, picked, onPick }: Props) => (
  <div class="suggestions" id={`${id}-list`} role="listbox" aria-label="Suggestions">
    {offered.map(({ line, about }, index) => (
      <div
        key={line}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === picked}
        class="suggestion"
        onPointerDown={(event) => {
          event.preventDefault()
          onPick(line)
        }}
      >
        <code>{line}</code>
        <span>{about}</span>
      </div>
    ))}
    <div class="suggestion-keys" aria-hidden="true">
      <kbd>↑</kbd>
      <kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Enter</kbd> send
    </div>
  </div>
)
