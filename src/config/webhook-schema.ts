import { webhookEventTypes, webhookFormats } from '../domain/webhooks/webhook'
import { keys, some, text, word, yesNo } from './fields'

/** A system that is told of events by HTTP. */
export const webhookSchema = keys({
  name: text(
    'a name of up to 63 small letters, digits, - and ., like billing',
    /^[a-z0-9][a-z0-9.-]{0,62}$/,
  ).optional(),
  to: text('an address, like https://hooks.example.com/rollcall', /^https?:\/\/[^\s#]{1,2000}$/),
  secret: some(
    keys({ env: text('the name of an environment variable, like HOOK_SECRET', /^[A-Z][A-Z0-9_]{0,127}$/) }),
  ),
  events: some(word(webhookEventTypes)).optional(),
  services: some(text("a service's name, or *")).optional(),
  format: word(webhookFormats).optional(),
  internal: yesNo().optional(),
  channel: text(
    'the name of a channel, in small letters',
    /^#?[^\s#A-Z<>@]{1,80}$|^[CG][A-Z0-9]{5,}$/,
  ).optional(),
})

/** By what a webhook is known: its name, else its host where that is one; undefined where neither is. */
export const webhookName = ({
  name,
  to,
}: {
  readonly name?: string | undefined
  readonly to: string
}): string | undefined => {
  if (name !== undefined) return name
  const host = URL.canParse(to) ? new URL(to).hostname : ''
  return /^[a-z0-9][a-z0-9.-]{0,62}$/.test(host) ? host : undefined
}
