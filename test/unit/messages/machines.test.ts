import type { Lock } from '../../../src/domain/access/lock'
import { machineId, type Person } from '../../../src/domain/access/person'
import { reason } from '../../../src/domain/reasons/reason'
import { hour } from '../../../src/domain/time/time'
import type { Locale } from '../../../src/messages/locale'
import {
  lockAcknowledgement,
  lockClearedMessage,
  lockSetMessage,
  lockText,
  unlockAcknowledgement,
} from '../../../src/messages/locks'
import { operationMessage } from '../../../src/messages/operation/message'
import { refusalMessage } from '../../../src/messages/refusal'
import { onScreen } from '../../support/on-screen'
import { alice, deploy, start } from '../../support/web-deploy'

// A machine is not spoken to, and has no honorific in Korean: wherever one may have done something.

const ko: Locale = { language: 'ko', timezone: 'Asia/Seoul', now: start }
const machine: Person = { user: machineId('ci'), team: '' }
const run: Person = { ...machine, caller: { title: 'GitHub Actions, acme/web@main, run 123' } }
const locked = (by: Person, kind: Lock['kind'] = 'lock'): Lock => ({
  kind,
  service: 'web',
  why: '장애',
  by,
  since: start,
  until: start + hour,
})

/** Each sentence that names who did something, by who did it. */
const sentences: Readonly<Record<string, (by: Person) => string>> = {
  'a lock is set': (by) => JSON.stringify(onScreen(lockSetMessage(locked(by), ko))),
  'a lock in a line': (by) => lockText(locked(by), ko),
  'a lock is acknowledged': (by) => JSON.stringify(onScreen(lockAcknowledgement(locked(by), ko))),
  'a lock is cleared': (by) => JSON.stringify(onScreen(lockClearedMessage({ ...ko, lock: locked(by), by }))),
  'deploys are allowed again': (by) =>
    JSON.stringify(onScreen(lockClearedMessage({ ...ko, lock: locked(by, 'freeze'), by }))),
  'an unlock is acknowledged': (by) =>
    JSON.stringify(onScreen(unlockAcknowledgement({ ...ko, locks: [locked(by)], by }))),
  'a freeze in a line': (by) => lockText(locked(by, 'freeze'), ko),
  'refused for a lock': (by) =>
    JSON.stringify(onScreen(refusalMessage(reason('locked', { service: 'web', by: by.user }), ko))),
  'refused for a cancelled override': (by) =>
    JSON.stringify(onScreen(refusalMessage(reason('not_confirmed', { by: by.user }), ko))),
  'a cancel on its way': (by) =>
    JSON.stringify(
      onScreen(
        operationMessage({
          ...ko,
          operation: deploy({
            phase: 'running',
            startedAt: start,
            signals: [{ id: 's1', kind: 'cancel', by, at: start }],
          }),
        }),
      ),
    ),
  'gone back by its word': (by) =>
    JSON.stringify(
      onScreen(
        operationMessage({
          ...ko,
          operation: deploy({ phase: 'ended', ending: { kind: 'succeeded', at: start, left: [] } }),
          rolledBack: { by: by.user, operation: 'web-rback' },
        }),
      ),
    ),
}

test.each(Object.entries(sentences))(
  '%s: by a person with the honorific, by a machine without',
  (_, said) => {
    expect(said(alice)).toMatch(/ 님/)
    for (const by of [machine, run]) {
      expect(said(by)).toMatch(/machines\.ci|run 123/)
      expect(said(by)).not.toMatch(/ 님/)
    }
  },
)
