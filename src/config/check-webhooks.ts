import type { Fault } from './fault'
import type { Path } from './places'
import type { Written } from './schema'
import { webhookName } from './webhook-schema'

type Unknown = (what: string, name: string, known: readonly string[]) => Pick<Fault, 'wrong' | 'allowed'>

/** What is wrong with the webhooks of a file whose form is sound. The address is not repeated: it may hold a secret. */
export const checkWebhooks = ({ webhooks, services }: Written, unknown: Unknown): readonly Fault[] => {
  const faults: Fault[] = []
  const names = webhooks.map(webhookName)
  webhooks.forEach((webhook, index) => {
    const at = (path: Path, wrong: string, allowed: string) =>
      faults.push({ path: ['webhooks', index, ...path], wrong, allowed })
    const name = names[index]
    const { to, internal, secret, events } = webhook
    if (!URL.canParse(to)) at(['to'], 'is no address', 'https://hooks.example.com/rollcall')
    else {
      const { protocol, username, password } = new URL(to)
      if (username !== '' || password !== '')
        at(['to'], 'has a user or a password in it', 'an address without: the signature says who sends')
      if (protocol === 'http:' && internal !== true)
        at(['to'], 'is not encrypted', 'https://; http:// with internal: true, in your own network')
    }
    if (name === undefined) at([], 'has no name', 'name: a name of its own')
    else if (names.indexOf(name) < index)
      at([], `is called "${name}" like an earlier one`, 'name: a name of its own')
    if (secret.length === 0) at(['secret'], 'names no secret', '{ env: HOOK_SECRET }')
    if (secret.length > 2)
      at(['secret'], `${secret.length} secrets are given`, 'one, or two while the second takes its place')
    if (events?.length === 0) at(['events'], 'names no event', 'operation.ended and others')
    if (webhook.services?.length === 0) at(['services'], 'names no service', "services' names, or *")
    for (const service of webhook.services ?? []) {
      if (service === '*' || Object.hasOwn(services, service)) continue
      const { wrong, allowed } = unknown('service', service, Object.keys(services))
      at(['services'], wrong, allowed)
    }
  })
  return faults
}
