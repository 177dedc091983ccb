import { DateTime } from 'luxon'
import { bake } from './ec2/images'
import type { Simulation } from './engine/simulation'

/** One backup plan of AWS Backup: an image each night of an instance of the group. */
export interface BackupPlan {
  readonly group: string
  readonly hour: number
  readonly zone: string
}

/** The sandbox's: an hour before the refresh of its catalogue. */
const nightly: BackupPlan = { group: 'Web-ASG', hour: 1, zone: 'Asia/Seoul' }

/**
 * AWS Backup as far as a fleet meets it. Its first image is taken at once, the others each night; all of the instance
 * that has served longest, named by AWS Backup and with the instance's tags on them (AWS Backup developer guide,
 * "Copying tags onto backups"), where S4's function finds them.
 */
export class Backups {
  private next: { cancel(): void } | undefined

  constructor(
    private readonly sim: Simulation,
    private readonly plan: BackupPlan = nightly,
  ) {}

  get on(): boolean {
    return this.next !== undefined
  }

  start(): void {
    if (this.on) return
    this.take()
    this.appoint()
  }

  stop(): void {
    this.next?.cancel()
    this.next = undefined
  }

  private appoint(): void {
    const now = DateTime.fromMillis(this.sim.now, { zone: this.plan.zone })
    const today = now.startOf('day').set({ hour: this.plan.hour })
    const at = today > now ? today : today.plus({ days: 1 })
    this.next = this.sim.at(at.toMillis(), () => {
      this.take()
      this.appoint()
    })
  }

  private take(): void {
    const { world } = this.sim
    const members = [...(world.groups.get(this.plan.group)?.members.values() ?? [])]
    const [oldest] = members
      .filter(({ lifecycle }) => lifecycle === 'InService')
      .toSorted((a, b) => a.joinedAt - b.joinedAt)
    const instance = world.instances.get(oldest?.id ?? '')
    if (instance?.state !== 'running') return
    const job = this.sim.uuid()
    const tags = new Map([
      ...[...instance.tags].filter(([key]) => !key.startsWith('aws:')),
      ['aws:backup:source-resource', `${instance.id}:${job}`],
    ] as const)
    bake(this.sim, instance, {
      Name: `AWSBackup_${instance.id}_${job}`,
      Description: 'This image is created by the AWS Backup service.',
      tags,
      snapshotTags: new Map(tags),
      reboot: false,
    })
  }
}
