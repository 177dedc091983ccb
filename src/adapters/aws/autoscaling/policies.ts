import {
  type AutoScalingClient,
  DescribePoliciesCommand,
  type PutScalingPolicyCommandInput,
  type ScalingPolicy as AwsPolicy,
} from '@aws-sdk/client-auto-scaling'
import type { PolicyAlarm, ScalingPolicy } from '../../../domain/fleet/fleet'
import type { AwsClient } from '../client/client'
import { pages } from '../client/pages'
import { canonicalJson } from '../../../domain/json'

/** DescribePolicies gives 50 policies unless asked for more, at most 100 (EC2 Auto Scaling API reference). */
const policiesPerPage = 100
const predictive = 'PredictiveScaling'

/** The scaling policies of a group, of all kinds. */
export const loadPolicies = async (
  client: AutoScalingClient,
  aws: AwsClient,
  group: string,
): Promise<readonly ScalingPolicy[]> => (await describePolicies(client, aws, group)).map(fromPolicy)

/** The alarms that call them. */
export const loadPolicyAlarms = async (
  client: AutoScalingClient,
  aws: AwsClient,
  group: string,
): Promise<readonly PolicyAlarm[]> =>
  (await describePolicies(client, aws, group)).flatMap((policy) =>
    (policy.Alarms ?? []).flatMap(({ AlarmName: name }) =>
      name === undefined ? [] : { name, policy: fromPolicy(policy) },
    ),
  )

const describePolicies = (
  client: AutoScalingClient,
  aws: AwsClient,
  group: string,
): Promise<readonly AwsPolicy[]> =>
  pages(async (NextToken) => {
    const page = await aws.read('DescribePolicies', () =>
      client.send(
        new DescribePoliciesCommand({ AutoScalingGroupName: group, MaxRecords: policiesPerPage, NextToken }),
      ),
    )
    return { items: page.ScalingPolicies, next: page.NextToken }
  })

/**
 * What PutScalingPolicy takes, and nothing that AWS adds (its ARN, its alarms). A predictive policy is not disabled,
 * but told to forecast only (EC2 Auto Scaling user guide, "Disable a scaling policy").
 */
const fromPolicy = (policy: AwsPolicy): ScalingPolicy => {
  const {
    PolicyName = '',
    PolicyType = 'SimpleScaling',
    Enabled = true,
    AutoScalingGroupName: _group,
    PolicyARN: _arn,
    Alarms: _alarms,
    StepAdjustments = [],
    PredictiveScalingConfiguration: forecast,
    ...rest
  } = policy
  const enabled = PolicyType === predictive ? forecast?.Mode === 'ForecastAndScale' : Enabled
  const { Mode: _mode, ...forecasting } = forecast ?? {}
  return {
    name: PolicyName,
    type: PolicyType,
    enabled,
    settings: canonicalJson({
      ...rest,
      ...(StepAdjustments.length > 0 && { StepAdjustments }),
      ...(forecast && { PredictiveScalingConfiguration: forecasting }),
    }),
  }
}

/** A policy as PutScalingPolicy takes it. */
export const toPolicy = (group: string, policy: ScalingPolicy): PutScalingPolicyCommandInput => {
  const settings = JSON.parse(policy.settings) as Partial<PutScalingPolicyCommandInput>
  const named = { AutoScalingGroupName: group, PolicyName: policy.name, PolicyType: policy.type, ...settings }
  if (policy.type !== predictive) return { ...named, Enabled: policy.enabled }
  return {
    ...named,
    PredictiveScalingConfiguration: {
      MetricSpecifications: [],
      ...settings.PredictiveScalingConfiguration,
      Mode: policy.enabled ? 'ForecastAndScale' : 'ForecastOnly',
    },
  }
}
