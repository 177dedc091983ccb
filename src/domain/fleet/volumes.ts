import type { TemplateVersion } from './fleet'
import { canonicalJson } from '../json'

interface Mapping {
  readonly DeviceName?: string
  readonly Ebs?: { readonly SnapshotId?: string }
}
interface Data {
  readonly BlockDeviceMappings?: readonly Mapping[]
}

/**
 * The block device mappings of a template version as one of another image is to have them, in JSON: volumes of snapshots
 * keep theirs, but for the root device, whose snapshot is the image's. Undefined where there is no snapshot to keep.
 */
export const keptVolumes = (
  version: Pick<TemplateVersion, 'data'>,
  rootDevice: string | undefined,
): string | undefined => {
  const { BlockDeviceMappings: mappings = [] } = JSON.parse(version.data) as Data
  if (!mappings.some(({ Ebs }) => Ebs?.SnapshotId !== undefined)) return undefined
  return canonicalJson(
    mappings.map((mapping) => {
      if (mapping.DeviceName !== rootDevice || !mapping.Ebs) return mapping
      const { SnapshotId: _, ...Ebs } = mapping.Ebs
      return { ...mapping, Ebs }
    }),
  )
}

/** A version's data with these mappings in place of its own. */
export const withVolumes = (data: string, volumes: string | undefined): string =>
  volumes === undefined
    ? data
    : canonicalJson({ ...(JSON.parse(data) as object), BlockDeviceMappings: JSON.parse(volumes) as unknown })
