import { readFileSync } from 'node:fs'
import type { PolicyDocument } from '../../src/policy/statements'
import type { Moto } from '../support/moto'

/** Keys of a user of moto's IAM. */
export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** One of the policies in `deploy`. */
export const policyFile = (name: string): PolicyDocument =>
  JSON.parse(readFileSync(`deploy/iam-policy.${name}.json`, 'utf8')) as PolicyDocument

/** A policy without the right to an action. */
export const without = (policy: PolicyDocument, action: string): PolicyDocument => ({
  ...policy,
  Statement: policy.Statement.map((one) => ({
    ...one,
    Action: [one.Action].flat().filter((name) => name !== action),
  })).filter((one) => one.Action.length > 0),
})

/**
 * What moto 5.2.1 can judge of a policy (`moto/iam/access_control.py`): its actions. Of most calls it knows no resource but
 * `*`, and it takes a statement whose condition it cannot fill in for a denial. Resources and conditions are for
 * test/support/iam.ts.
 */
const actionsOnly = ({ Version, Statement }: PolicyDocument) => ({
  Version,
  Statement: Statement.map(({ Effect, Action }) => ({ Effect, Action, Resource: '*' })),
})

/** A call of IAM's, which has no client here: its Query API (IAM API reference, "Making query requests"). */
const iam = async ({ endpoint }: Moto, action: string, parameters: Readonly<Record<string, string>>) => {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      // moto knows a service by the scope of the credential.
      authorization:
        'AWS4-HMAC-SHA256 Credential=moto/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }),
  })
  const said = await answer.text()
  if (!answer.ok) throw new Error(`${action}: ${said}`)
  return (name: string): string => {
    const [, value] = new RegExp(`<${name}>([^<]+)</${name}>`).exec(said) ?? []
    if (value === undefined) throw new Error(`${action} gave no ${name}`)
    return value
  }
}

/** Makes a user who has these rights and no others. */
export const userWith = async (moto: Moto, policies: readonly PolicyDocument[]): Promise<Keys> => {
  const UserName = `worker-${policies.length}`
  await iam(moto, 'CreateUser', { UserName })
  for (const [at, policy] of policies.entries())
    await iam(moto, 'PutUserPolicy', {
      UserName,
      PolicyName: `policy-${at}`,
      PolicyDocument: JSON.stringify(actionsOnly(policy)),
    })
  const key = await iam(moto, 'CreateAccessKey', { UserName })
  return { accessKeyId: key('AccessKeyId'), secretAccessKey: key('SecretAccessKey') }
}

/** From now on moto asks its IAM about each call, and about its signature; or about none any more. */
export const enforce = async ({ endpoint }: Moto, on: boolean): Promise<void> => {
  // The number of calls that are let pass before (moto's documentation, "IAM-like Access Control").
  await fetch(`${endpoint}/moto-api/reset-auth`, { method: 'POST', body: on ? '0' : 'inf' })
}
