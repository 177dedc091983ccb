import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'

/** The codes by which EC2 says that there is no such template or version (Amazon EC2 API reference, Error codes). */
export const unknownTemplate =
  /^InvalidLaunchTemplate(Id|Name|Version)\.(NotFound|NotFoundException|VersionNotFound)$/

/** Data as it was told, to be sent again: an instant was written as text. What no request takes, the SDK leaves out. */
export const requestData = (json: string): RequestLaunchTemplateData => {
  const data = JSON.parse(json) as RequestLaunchTemplateData
  const { SpotOptions: spot } = data.InstanceMarketOptions ?? {}
  if (spot?.ValidUntil === undefined) return data
  const SpotOptions = { ...spot, ValidUntil: new Date(spot.ValidUntil) }
  return { ...data, InstanceMarketOptions: { ...data.InstanceMarketOptions, SpotOptions } }
}
