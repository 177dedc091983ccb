import {
  CancelInstanceRefreshCommand,
  CreateOrUpdateTagsCommand,
  DeletePolicyCommand,
  DeleteScheduledActionCommand,
  DeleteTagsCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  PutScalingPolicyCommand,
  PutScheduledUpdateGroupActionCommand,
  ResumeProcessesCommand,
  RollbackInstanceRefreshCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  StartInstanceRefreshCommand,
  SuspendProcessesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import { second } from '../../../domain/time/time'
import type { GroupChange, Groups, RefreshPreferences } from '../../../ports/groups'
import type { SdkClients } from '../client/sdk-clients'
import { allGroups, configurationImages, loadHooks, loadTagged } from './group-reads'
import { createGroupLifecycle } from './group-lifecycle'
import { type Launching, launching } from './launch-template'
import type { AwsClient } from '../client/client'
import type { CachedReads } from '../reads/cached-reads'
import { loadPolicies, loadPolicyAlarms, toPolicy } from './policies'
import { loadScheduled, toAction } from './scheduled-actions'
import { defined } from '../../../domain/defined'

/** SetInstanceProtection takes at most 50 instances (EC2 Auto Scaling API reference). */
const maxProtectedPerCall = 50

/** Auto Scaling groups: reads by the batching reader, changes each sent once. */
export function createGroups(clients: SdkClients, aws: AwsClient, reads: CachedReads): Groups {
  const { autoScaling } = clients
  const change = <T>(name: string, action: string, call: () => Promise<T>): Promise<T> =>
    reads.changing(name, () => aws.change(action, call))

  const templateFor = async (name: string, id: string, version: string): Promise<Launching> =>
    launching((await reads.group(name))?.mixed, { LaunchTemplateId: id, Version: version })

  return {
    ...createGroupLifecycle(clients, aws, reads),

    describe: async (name, freshness) => (await reads.group(name, freshness))?.group,
    all: () => allGroups(autoScaling, aws),
    configurationImages: (names) => configurationImages(autoScaling, aws, names),
    tagged: (tags) => loadTagged(autoScaling, aws, tags),
    refreshes: (name, freshness) => reads.refreshes(name, freshness),
    activities: (name, freshness) => reads.activities(name, freshness),

    hooks: (name) => loadHooks(autoScaling, aws, name),
    scheduled: (name) => loadScheduled(autoScaling, aws, name),

    schedule: async (name, action) => {
      const input = { AutoScalingGroupName: name, ...toAction(action) }
      await change(name, 'PutScheduledUpdateGroupAction', () =>
        autoScaling.send(new PutScheduledUpdateGroupActionCommand(input)),
      )
    },

    unschedule: async (name, action) => {
      const input = { AutoScalingGroupName: name, ScheduledActionName: action }
      await change(name, 'DeleteScheduledAction', () =>
        autoScaling.send(new DeleteScheduledActionCommand(input)),
      )
    },

    update: async (name, wanted) => {
      const template =
        wanted.template === undefined
          ? {}
          : await templateFor(name, wanted.template.id, String(wanted.template.pin))
      const input = { AutoScalingGroupName: name, ...fields(wanted), ...template }
      await change(name, 'UpdateAutoScalingGroup', () =>
        autoScaling.send(new UpdateAutoScalingGroupCommand(input)),
      )
    },

    setDesired: async (name, desired, { afterCooldown = false } = {}) => {
      const input = { AutoScalingGroupName: name, DesiredCapacity: desired, HonorCooldown: afterCooldown }
      await change(name, 'SetDesiredCapacity', () => autoScaling.send(new SetDesiredCapacityCommand(input)))
    },

    terminate: async (instance, { decrement }) => {
      const input = { InstanceId: instance, ShouldDecrementDesiredCapacity: decrement }
      await reads.changingGroupOf(instance, () =>
        aws.change('TerminateInstanceInAutoScalingGroup', () =>
          autoScaling.send(new TerminateInstanceInAutoScalingGroupCommand(input)),
        ),
      )
    },

    protect: async (name, instances, on) => {
      for (let start = 0; start < instances.length; start += maxProtectedPerCall) {
        const input = {
          AutoScalingGroupName: name,
          InstanceIds: instances.slice(start, start + maxProtectedPerCall),
          ProtectedFromScaleIn: on,
        }
        await change(name, 'SetInstanceProtection', () =>
          autoScaling.send(new SetInstanceProtectionCommand(input)),
        )
      }
    },

    suspend: async (name, processes) => {
      // Without a list AWS suspends all processes.
      if (processes.length === 0) return
      const input = { AutoScalingGroupName: name, ScalingProcesses: [...processes] }
      await change(name, 'SuspendProcesses', () => autoScaling.send(new SuspendProcessesCommand(input)))
    },

    resume: async (name, processes) => {
      if (processes.length === 0) return
      const input = { AutoScalingGroupName: name, ScalingProcesses: [...processes] }
      await change(name, 'ResumeProcesses', () => autoScaling.send(new ResumeProcessesCommand(input)))
    },

    tag: async (name, tags, { propagate }) => {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({
        ResourceId: name,
        ResourceType: 'auto-scaling-group',
        Key,
        Value,
        PropagateAtLaunch: propagate,
      }))
      if (Tags.length === 0) return
      await change(name, 'CreateOrUpdateTags', () =>
        autoScaling.send(new CreateOrUpdateTagsCommand({ Tags })),
      )
    },

    untag: async (name, keys) => {
      const Tags = keys.map((Key) => ({ ResourceId: name, ResourceType: 'auto-scaling-group', Key }))
      if (Tags.length === 0) return
      await change(name, 'DeleteTags', () => autoScaling.send(new DeleteTagsCommand({ Tags })))
    },

    policies: (name) => loadPolicies(autoScaling, aws, name),
    policyAlarms: (name) => loadPolicyAlarms(autoScaling, aws, name),

    putPolicy: async (name, policy) => {
      const input = toPolicy(name, policy)
      await change(name, 'PutScalingPolicy', () => autoScaling.send(new PutScalingPolicyCommand(input)))
    },

    deletePolicy: async (name, policy) => {
      const input = { AutoScalingGroupName: name, PolicyName: policy }
      await change(name, 'DeletePolicy', () => autoScaling.send(new DeletePolicyCommand(input)))
    },

    enterStandby: async (name, instances, { decrement } = { decrement: true }) => {
      const input = {
        AutoScalingGroupName: name,
        InstanceIds: [...instances],
        ShouldDecrementDesiredCapacity: decrement,
      }
      await change(name, 'EnterStandby', () => autoScaling.send(new EnterStandbyCommand(input)))
    },

    exitStandby: async (name, instances) => {
      const input = { AutoScalingGroupName: name, InstanceIds: [...instances] }
      await change(name, 'ExitStandby', () => autoScaling.send(new ExitStandbyCommand(input)))
    },

    startRefresh: async (name, preferences) => {
      const launching = await templateFor(name, preferences.templateId, String(preferences.version))
      const started = await change(name, 'StartInstanceRefresh', () =>
        autoScaling.send(
          new StartInstanceRefreshCommand({
            AutoScalingGroupName: name,
            Strategy: 'Rolling',
            // Written to the group only when the refresh succeeds, and what AutoRollback and Rollback need.
            DesiredConfiguration: launching,
            Preferences: toPreferences(preferences),
          }),
        ),
      )
      return started.InstanceRefreshId ?? ''
    },

    cancelRefresh: async (name) => {
      const input = { AutoScalingGroupName: name }
      await change(name, 'CancelInstanceRefresh', () =>
        autoScaling.send(new CancelInstanceRefreshCommand(input)),
      )
    },

    rollbackRefresh: async (name) => {
      const input = { AutoScalingGroupName: name }
      await change(name, 'RollbackInstanceRefresh', () =>
        autoScaling.send(new RollbackInstanceRefreshCommand(input)),
      )
    },
  }
}

/** All of a change but its template. A warm-up is taken off by -1 (API reference, UpdateAutoScalingGroup). */
const fields = (change: GroupChange) =>
  defined({
    MinSize: change.min,
    DesiredCapacity: change.desired,
    MaxSize: change.max,
    DefaultCooldown: change.cooldown,
    TerminationPolicies: change.terminationPolicies && [...change.terminationPolicies],
    HealthCheckType: change.healthCheck?.types.join(','),
    HealthCheckGracePeriod: change.healthCheck?.graceSeconds,
    DefaultInstanceWarmup: change.warmup === 'none' ? -1 : change.warmup,
    VPCZoneIdentifier: change.subnets?.join(','),
  })

/** Warm-up and bake time are whole seconds to AWS; a started one counts (EC2 Auto Scaling API, RefreshPreferences). */
const toPreferences = (preferences: RefreshPreferences) =>
  defined({
    MinHealthyPercentage: preferences.minHealthy,
    MaxHealthyPercentage: preferences.maxHealthy,
    InstanceWarmup: preferences.warmup === undefined ? undefined : Math.ceil(preferences.warmup / second),
    BakeTime: Math.ceil(preferences.bake / second),
    AutoRollback: preferences.autoRollback,
    SkipMatching: preferences.skipMatching,
    StandbyInstances: preferences.standby,
    ScaleInProtectedInstances: preferences.scaleInProtected,
  })
