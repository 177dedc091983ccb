import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types: { [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
}
/** The page talks to this server alone, and is shown in no frame. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data: https: http:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Serves a file of the built page; false where there is none of that name. */
export async function servePage(directory: string, path: string, response: ServerResponse): Promise<boolean> {
  const name = path === '/' ? 'index.html' : normalize(path).replace(/^[/\\]+/, '')
  const type = types[extname(name)]
  if (!type || name.startsWith('..')) return false
  const content = await readFile(join(directory, name)).catch(() => undefined)
  if (!content) return false
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  response.end(content)
  return true
}
