import type { ExternalSelect } from '@slack/types'
import { useEffect, useId, useState } from 'preact/hooks'
import { suggest } from '../state/api'
import { withEmoji } from '../text/emoji'
import { useField, useHolder } from './holder'
import { answered, type Choice, type ChoiceGroup } from './options'
import type { FieldProps } from './props'

/** Slack's clients ask the app when the person stops typing. */
const pause = 200
/** slack: select-menu-element, `min_query_length`: three where the app says nothing. */
const fewestCharacters = 3

/** A select whose options the app is asked for, by what is typed. */
export const SearchField = ({ element, block, dispatch, described }: FieldProps<ExternalSelect>) => {
  const { value, set } = useField(element, block, dispatch)
  const holder = useHolder()
  const list = useId()
  const [query, setQuery] = useState<string>()
  const [groups, setGroups] = useState<ChoiceGroup[]>([])
  const [picked, setPicked] = useState(0)
  const initial = element.initial_option
  const [chosen, setChosen] = useState<Choice | undefined>(
    initial && { value: initial.value ?? '', label: initial.text.text },
  )
  const choices = groups.flatMap((group) => group.choices)
  const shown = value !== null && chosen?.value === value ? chosen.label : ''
  const place = holder.kind === 'message' ? { channel: holder.channel, ts: holder.ts } : { view: holder.view }

  useEffect(() => {
    if (query === undefined) return
    if (query.length < (element.min_query_length ?? fewestCharacters)) return setGroups([])
    let asked = true
    const ask = async () => {
      const reply = await suggest({ ...place, block, action: element.action_id ?? '', query })
      if (!asked) return
      setGroups(reply.ok ? answered(reply) : [])
      setPicked(0)
    }
    const timer = setTimeout(() => void ask(), pause)
    return () => {
      asked = false
      clearTimeout(timer)
    }
  }, [query])

  const close = () => {
    setQuery(undefined)
    setGroups([])
  }
  const choose = (choice: Choice) => {
    setChosen(choice)
    close()
    void set(choice.value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const choice = choices[picked]
    if (query === undefined) return
    if (event.key === 'ArrowDown') setPicked(Math.min(picked + 1, choices.length - 1))
    else if (event.key === 'ArrowUp') setPicked(Math.max(picked - 1, 0))
    else if (event.key === 'Enter' && choice !== undefined) choose(choice)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="search">
      <input
        {...described}
        type="text"
        class="input"
        role="combobox"
        autocomplete="off"
        aria-label={described?.id === undefined ? (element.placeholder?.text ?? 'Search') : undefined}
        aria-expanded={query !== undefined}
        aria-controls={list}
        aria-activedescendant={choices.length > 0 ? `${list}-${picked}` : undefined}
        placeholder={withEmoji(element.placeholder?.text ?? 'Search')}
        value={query ?? shown}
        onFocus={() => setQuery('')}
        onBlur={close}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {query !== undefined && (
        <div class="search-list" id={list} role="listbox" aria-label="Options">
          {groups.map((group) => (
            <div key={group.label ?? ''} role="group" aria-label={group.label}>
              {group.label !== undefined && <small class="hint">{withEmoji(group.label)}</small>}
              {group.choices.map((choice) => (
                <div
                  key={choice.value}
                  id={`${list}-${choices.indexOf(choice)}`}
                  role="option"
                  aria-selected={choices.indexOf(choice) === picked}
                  class="search-option"
                  onPointerDown={(event) => {
                    event.preventDefault()
                    choose(choice)
                  }}
                >
                  {withEmoji(choice.label)}
                </div>
              ))}
            </div>
          ))}
          {choices.length === 0 && <small class="hint">No results</small>}
        </div>
      )}
    </div>
  )
}
