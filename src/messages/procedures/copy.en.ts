import type { Capacity } from '../../domain/catalogue/catalogue'
import { bold, code, nothing, say, words, type Phrase } from '../text/phrase'

/** What each procedure says of itself, in English: the Korean has the same shape. */
export const en = {
  deploy: {
    title: (service: string, version: string) => say`Deploy ${service} ${version}`,
    done: (service: Phrase, version: Phrase) => say`${bold('Done.')} ${service} serves ${version}.`,
    doneOn: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('Done.')} ${service} serves ${version}, on ${color}.`,
  },
  bake: {
    title: (service: string, version: string) => say`Bake an image of ${service} ${version}`,
    done: (name: Phrase) => say`${bold('Done.')} The image ${name} is ready.`,
  },
  roll: {
    title: (service: string, version: string) =>
      version === ''
        ? say`Roll ${service} to its newest template version`
        : say`Roll ${service} to template version ${version}`,
    done: (service: Phrase, version: Phrase) => say`${bold('Done.')} ${service} runs ${version}.`,
  },
  rollback: {
    title: (service: string, version: string) =>
      version === '' ? say`Roll back ${service}` : say`Roll back ${service} to ${version}`,
    done: (service: Phrase, version: Phrase) => say`${bold('Done.')} ${service} is back on ${version}.`,
  },
  /** The other answer to whatever a button asks back. */
  no: 'No, leave it',
  previousVersion: 'the version before',
  updateImage: {
    title: (service: string, image: string) =>
      image === ''
        ? say`Move ${service} to its newest image`
        : say`Move ${service} to its newest image, ${image}`,
    titleOfFix: (service: string) => say`Give the security groups of ${service} by id`,
    done: (service: Phrase, image: Phrase) =>
      say`${bold('Done.')} New instances of ${service} launch ${image}. Those that run were not touched.`,
    fixed: (service: Phrase) =>
      say` The template of ${service} gives its security groups by id: launches in its subnets can succeed.`,
    rollback: (service: string, to: string) =>
      say`New instances of ${code(service)} launch ${code(to)} again; those that came up on the newer image are replaced, new ones first. The daily move to the newest image waits as well.`,
  },
  prune: {
    title: (service: string, counts: string) =>
      counts === '' ? say`Prune ${service}` : say`Prune ${service}: ${counts}`,
    final: {
      run: 'Delete',
      ask: 'Delete for good?',
      text: 'What is deleted cannot be brought back.',
      yes: 'Delete',
      attention: say`${bold('Not everything could be deleted.')} No group and no instance was touched.`,
    },
  },
  provision: {
    title: (service: string) => say`Build the fleet of ${service}`,
    done: (service: Phrase, version: Phrase, address: Phrase) =>
      say`${bold('Built.')} ${service} serves${version.length > 0 ? say` ${version}` : nothing}${address.length > 0 ? say` at ${address}` : nothing}, every instance healthy.`,
    fixed: (service: Phrase, version: Phrase, address: Phrase) =>
      say`${bold('It is as rollcall.yaml says now.')} ${service} serves${version.length > 0 ? say` ${version}` : nothing}${address.length > 0 ? say` at ${address}` : nothing}, every instance healthy.`,
    failed: (service: Phrase) => ({
      restored: say`${bold('It failed, and what it had made was removed.')} Nothing else of ${service} was touched.`,
      kept: say`${bold('It failed, and what it made is kept, as was said.')} Provision ${service} again and it goes on from there.`,
      attention: say`${bold('It failed, and not all of what it had made could be removed.')} See what is left of ${service}.`,
    }),
  },
  teardown: {
    title: (service: string) => say`Take down the fleet of ${service}`,
    done: (service: Phrase) =>
      say`${bold('Taken down.')} Nothing that was built for ${service} is left in AWS.`,
    but: (service: Phrase) =>
      say`${bold('Taken down.')} What was built for ${service} is gone. What is left:`,
    kept: (name: Phrase, id: Phrase, snapshots: number) =>
      say`• the image ${name} (${id})${snapshots > 0 ? ` with ${snapshots === 1 ? '1 snapshot' : `${snapshots} snapshots`}` : ''}: it costs storage until it is deleted`,
    foreign: (what: string, name: Phrase) =>
      say`• the ${what} ${name}: it does not carry the tag of the service`,
    logs: 'Log groups in CloudWatch are not touched either.',
    final: {
      run: 'Take down…',
      ask: 'Take it down for good?',
      text: 'What is deleted cannot be brought back.',
      yes: 'Take down',
      attention: say`${bold('Not everything could be taken down.')} What is gone stays gone, and nothing was put back.`,
      cancelled: words('What was deleted by then is gone, and nothing was put back.'),
    },
  },
  swap: {
    title: (service: string, colors: string) =>
      colors === '' ? say`Swap the colors of ${service}` : say`Swap the colors of ${service}: ${colors}`,
    done: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('Done.')} ${service} serves ${version} as before, on ${color} now.`,
  },
  finish: {
    title: (service: string, color: string) =>
      color === '' ? say`Finish ${service}` : say`Finish ${service}: end the Standby of ${color}`,
    titleOfWeights: (service: string, color: string) => say`Finish ${service}: take ${color} to zero`,
    done: (service: Phrase, color: Phrase) =>
      say`${bold('Finished.')} Nothing stands by any more; ${color} of ${service} is idle, at zero.`,
    doneByWeights: (service: Phrase, color: Phrase) =>
      say`${bold('Finished.')} Nothing is kept at weight 0 any more; ${color} of ${service} is idle, at zero.`,
  },
  scale: {
    title: (service: string, desired: string) => say`Scale ${service} to ${desired}`,
    done: (service: Phrase, sizes: Phrase) =>
      say`${bold('Done.')} ${service} is at ${sizes}, every instance healthy.`,
    back: (desired: number) => `Back to ${desired}`,
    ask: 'Scale back?',
    yes: 'Scale back',
    backText: (service: string, { min, desired, max }: Capacity, more: number) =>
      say`${code(service)} goes back to ${desired === 1 ? '1 instance' : `${desired} instances`} (min ${min}, max ${max})${
        more > 0
          ? `: ${more} more.`
          : more < 0
            ? '. What is beyond that ends once its connections are drained.'
            : '.'
      }`,
  },
  schedule: {
    title: (service: string, name: string) =>
      name === '' ? say`Schedule an event for ${service}` : say`Schedule ${name} for ${service}`,
    done: (service: Phrase, id: Phrase) =>
      say`${bold('Scheduled.')} AWS itself scales ${service} out and in again, even while Rollcall is down. The event is ${id}.`,
    change: 'Change…',
    cancel: 'Cancel event…',
  },
  reschedule: {
    title: (service: string, name: string) => say`Change ${name} of ${service}`,
    done: (id: Phrase) => say`${bold('Changed.')} ${id} stands as follows.`,
  },
  unschedule: {
    title: (service: string, name: string) => say`Take ${name} of ${service} off the schedule`,
    done: (id: Phrase) => say`${bold('Taken off the schedule.')} ${id} asks for nothing any more.`,
  },
  monitorEvent: {
    title: (service: string, name: string) => say`${name} on ${service}`,
    done: (what: Phrase) => say`${bold('Done.')} ${what} is over.`,
  },
  detectDrift: {
    lostTitle: (service: string) => say`Left by lost operations of ${service}`,
    title: (service: string) => say`Scheduled actions of ${service}`,
    done: words('Compared with what was scheduled.'),
  },
  monitorWindow: {
    title: (service: string, version: string, kept: string) =>
      version === ''
        ? say`What customers meet of ${service}`
        : say`What customers meet of ${service} ${version}, while ${kept} is kept`,
    done: words('It was looked at until the window was closed.'),
    noticed: words('Customers notice it: nothing more is looked at.'),
  },
}
