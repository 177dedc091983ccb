import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '../../ports/log'

const joinParts = (parts: readonly unknown[]): string =>
  parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')

/**
 * Gives Slack's libraries a logger that writes to ours. Their `debug` and `info` are dropped: they
 * carry payloads and tokens, and what is worth knowing of them we log ourselves.
 */
export const slackLogger = (log: Log): Logger & { setName(name: string): void } => ({
  debug: () => {},
  info: () => {},
  warn: (...parts: unknown[]) => log.warn({ from: 'slack' }, joinParts(parts)),
  error: (...parts: unknown[]) => log.error({ from: 'slack' }, joinParts(parts)),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
})
