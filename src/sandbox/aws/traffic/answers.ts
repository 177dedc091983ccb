import type {
  FixedResponseActionConfig,
  RedirectActionConfig,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Instance } from '../ec2/state'
import type { World } from '../world'
import { versionOf } from './application'
import type { ClientRequest } from './rules'

/** What a client gets. */
export interface ClientAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly body: string
}

const reasons = { 502: 'Bad Gateway', 503: 'Service Temporarily Unavailable', 504: 'Gateway Time-out' }

/** The load balancer's own error page. */
export function refusal(status: 502 | 503 | 504, cookies: readonly string[] = []): ClientAnswer {
  const title = `${status} ${reasons[status]}`
  return {
    status,
    headers: { ...own, 'content-type': 'text/html', ...setCookies(cookies) },
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  }
}

const own = { server: 'awselb/2.0' }
const setCookies = (cookies: readonly string[]) =>
  cookies.length > 0 ? { 'set-cookie': [...cookies] } : undefined

export const fixedResponse = (config: FixedResponseActionConfig): ClientAnswer => ({
  status: Number(config.StatusCode ?? 503),
  headers: { ...own, 'content-type': config.ContentType ?? 'text/plain; charset=utf-8' },
  body: config.MessageBody ?? '',
})

/** aws: Application Load Balancers, "Redirect actions": what is not said stays as the client wrote it. */
export function redirect(config: RedirectActionConfig, request: ClientRequest): ClientAnswer {
  const [host = '', port = '80'] = request.host.split(':')
  const fill = (text: string) =>
    text
      .replaceAll('#{protocol}', 'http')
      .replaceAll('#{host}', host)
      .replaceAll('#{port}', port)
      .replaceAll('#{path}', request.path.slice(1))
      .replaceAll('#{query}', request.query.toString())
  const protocol = fill(config.Protocol ?? '#{protocol}').toLowerCase()
  const query = fill(config.Query ?? '#{query}')
  const location =
    `${protocol}://${fill(config.Host ?? '#{host}')}:${fill(config.Port ?? '#{port}')}` +
    `${fill(config.Path ?? '/#{path}')}${query === '' ? '' : `?${query}`}`
  return {
    status: config.StatusCode === 'HTTP_301' ? 301 : 302,
    headers: { ...own, location },
    body: '',
  }
}

/** The application's answer: who served, from which image and in which version, in words or as a page. */
export function fromInstance(
  world: World,
  instance: Instance,
  how: { readonly status: number; readonly cookies: readonly string[]; readonly request: ClientRequest },
): ClientAnswer {
  const { status, cookies, request } = how
  const image = world.images.get(instance.imageId)?.name ?? instance.imageId
  const version = versionOf(world, instance)
  const asPage = request.headers.get('accept')?.includes('text/html') ?? false
  const lines = [
    ['Instance', instance.id],
    ['Zone', instance.zone],
    ['Image', image],
    ['Version', version],
  ] as const
  const title = status === 200 ? version : `${version}: 500 Internal Server Error`
  return {
    status,
    headers: {
      server: 'Apache/2.4',
      'cache-control': 'no-store',
      'content-type': asPage ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      'x-instance-id': instance.id,
      'x-image': encodeURIComponent(image).replaceAll('%20', ' '),
      'x-version': encodeURIComponent(version),
      'x-zone': instance.zone,
      ...setCookies(cookies),
    },
    body: asPage ? page(title, lines) : `${[title, ...lines.map((line) => line.join(': '))].join('\n')}\n`,
  }
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const page = (title: string, lines: readonly (readonly [string, string])[]) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 30rem; padding: 0 1rem; color-scheme: light dark }
  h1 { font-size: 4rem; margin: 0 0 1rem }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0 }
  dd { margin: 0; font-family: ui-monospace, monospace }
</style>
<h1>${escape(title)}</h1>
<dl>
${lines.map(([term, value]) => `<dt>${term}</dt><dd>${escape(value)}</dd>`).join('\n')}
</dl>
<p>Reload: the load balancer chooses anew.</p>
</html>
`
