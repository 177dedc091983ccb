import { canonicalJson } from '../json'
import type { Blueprint } from './blueprint'
import type { Difference } from './planned'

/** What a launch template needs that the blueprint alone does not say. */
export interface TemplateParts {
  readonly image: string
  readonly securityGroup: string
  /** Device name of the image's root volume. */
  readonly rootDevice: string
}

type Instances = Blueprint['instances']

/** The part of LaunchTemplateData that a blueprint speaks of (EC2 API reference, RequestLaunchTemplateData). */
interface TemplateData {
  readonly ImageId?: string
  readonly InstanceType?: string
  readonly SecurityGroupIds?: readonly string[]
  readonly KeyName?: string
  readonly IamInstanceProfile?: { readonly Name?: string; readonly Arn?: string }
  readonly UserData?: string
  readonly MetadataOptions?: { readonly HttpTokens?: string; readonly State?: string }
  readonly TagSpecifications?: readonly {
    readonly ResourceType?: string
    readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[]
  }[]
  readonly BlockDeviceMappings?: readonly {
    readonly DeviceName?: string
    readonly Ebs?: { readonly VolumeSize?: number; readonly VolumeType?: string }
  }[]
}

const base64 = (text: string): string => {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
}

const tagged = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** All of a blueprint's instances but their image and their security group. */
const ofBlueprint = (instances: Instances, rootDevice: string): TemplateData => {
  const { type, tags, keyPair, profile, userData, volume, metadata } = instances
  return {
    InstanceType: type,
    MetadataOptions: { HttpTokens: metadata },
    ...(keyPair !== undefined && { KeyName: keyPair }),
    ...(profile !== undefined && { IamInstanceProfile: { Name: profile } }),
    ...(userData !== undefined && { UserData: base64(userData) }),
    ...(Object.keys(tags).length > 0 && {
      TagSpecifications: ['instance', 'volume'].map((ResourceType) => ({ ResourceType, Tags: tagged(tags) })),
    }),
    ...(volume && {
      BlockDeviceMappings: [
        {
          DeviceName: rootDevice,
          Ebs: { VolumeSize: volume.sizeGiB, ...(volume.type !== undefined && { VolumeType: volume.type }) },
        },
      ],
    }),
  }
}

/** The data of a blueprint's first template version, as JSON. */
export const templateData = ({ instances }: Blueprint, parts: TemplateParts): string =>
  canonicalJson({
    ...ofBlueprint(instances, parts.rootDevice),
    ImageId: parts.image,
    SecurityGroupIds: [parts.securityGroup],
  })

const rootOf = (data: TemplateData): string => data.BlockDeviceMappings?.[0]?.DeviceName ?? '/dev/xvda'

/** The data of a version that is there with all in it as the blueprint has it; its image is the deploys', and stays. */
export const fixedData = ({ instances }: Blueprint, securityGroup: string, data: string): string => {
  const { MetadataOptions, ...is } = JSON.parse(data) as TemplateData
  // What AWS tells of the options' state no request takes.
  const { State: _state, ...options } = MetadataOptions ?? {}
  const wanted = ofBlueprint(instances, rootOf(is))
  return canonicalJson({
    ...is,
    ...wanted,
    MetadataOptions: { ...options, ...wanted.MetadataOptions },
    SecurityGroupIds: [securityGroup],
  })
}

const tagText = (data: TemplateData, type: string): string => {
  const tags = data.TagSpecifications?.find(({ ResourceType }) => ResourceType === type)?.Tags ?? []
  return tags
    .map(({ Key = '', Value = '' }) => `${Key}=${Value}`)
    .toSorted()
    .join(', ')
}

/** What of a blueprint is comparable in a version, attribute by attribute. */
const attributes = (data: TemplateData): Readonly<Record<string, string>> => ({
  type: data.InstanceType ?? '',
  'key pair': data.KeyName ?? '',
  profile: data.IamInstanceProfile?.Name ?? data.IamInstanceProfile?.Arn?.replace(/^.*\//, '') ?? '',
  metadata: data.MetadataOptions?.HttpTokens ?? 'optional',
  'tags of instances': tagText(data, 'instance'),
  'tags of volumes': tagText(data, 'volume'),
})

/** What a version that is there has otherwise than the blueprint; `securityGroup` is absent while it is still to be made. */
export const templateDifferences = (
  { instances }: Blueprint,
  securityGroup: string | undefined,
  data: string,
): readonly Difference[] => {
  const is = JSON.parse(data) as TemplateData
  const wanted = ofBlueprint(instances, rootOf(is))
  const [has, wants] = [attributes(is), attributes(wanted)]
  const differs = (attribute: string, was: string, shall: string): readonly Difference[] =>
    was === shall ? [] : [{ attribute, is: was, wanted: shall, fixed: true }]
  const volume = (one: TemplateData) => {
    const { VolumeSize = '', VolumeType } = one.BlockDeviceMappings?.[0]?.Ebs ?? {}
    return `${VolumeSize} GiB${instances.volume?.type === undefined ? '' : ` ${VolumeType ?? ''}`}`
  }
  return [
    ...Object.keys(wants).flatMap((attribute) =>
      differs(attribute, has[attribute] ?? '', wants[attribute] ?? ''),
    ),
    ...(is.UserData === wanted.UserData ? [] : differs('user data', 'another', "the file's")),
    ...(instances.volume ? differs('volume', volume(is), volume(wanted)) : []),
    ...differs(
      'security group',
      (is.SecurityGroupIds ?? []).join(', '),
      securityGroup ?? instances.securityGroup.name,
    ),
  ]
}
