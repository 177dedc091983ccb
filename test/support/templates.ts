import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Aws } from '../../src/sandbox/aws'
import { ids } from '../../src/sandbox/aws/seed-network'
import { addVersion } from '../../src/sandbox/aws/ec2/template-store'

/** Gives the template Web another default, made of whole data, as somebody in the console would. */
export const newDefault = (aws: Aws, data: RequestLaunchTemplateData): number => {
  const template = aws.world.templates.get(ids.webTemplate)
  if (!template) throw new Error('the seed has no template Web')
  const whole = { ImageId: ids.webImage, InstanceType: 't2.micro' as const, ...data }
  const made = addVersion(aws.simulation, template, whole, 'by hand')
  template.versions.set(made.number, { ...made, visibleAt: aws.simulation.now })
  template.default = made.number
  template.formerDefault = made.number
  return made.number
}

/** An available image, made by somebody else so long ago. */
export const imageByHand = (
  aws: Aws,
  name: string,
  { age = 0, tags = {} }: { readonly age?: number; readonly tags?: Readonly<Record<string, string>> } = {},
): string => {
  const known = aws.world.images.get(ids.webImage)
  if (!known) throw new Error('the seed has no image')
  const { newId, now } = aws.simulation
  const id = newId.call(aws.simulation, 'ami')
  const createdAt = now - age
  const image = {
    ...known,
    id,
    name,
    createdAt,
    visibleAt: createdAt,
    permissions: new Set<string>(),
    tags: new Map(Object.entries(tags)),
  }
  aws.world.images.set(id, { ...image, snapshots: [id.replace('ami-', 'snap-')] })
  return id
}

/** What Rollcall made for a service (`web` unless said otherwise) so long ago: an image of a version with its snapshot, and the template version of it. */
export const madeByRollcall = (
  aws: Aws,
  version: string,
  {
    age,
    operation,
    service = 'web',
    template: templateId = ids.webTemplate,
    image: imageName = 'Web Server',
  }: {
    readonly age: number
    readonly operation: string
    readonly service?: string
    readonly template?: string
    readonly image?: string
  },
): { readonly image: string; readonly snapshot: string; readonly number: number } => {
  const tags = {
    'rollcall:operation': operation,
    'rollcall:service': service,
    'rollcall:version': version,
  }
  const image = imageByHand(aws, `${imageName} ${version}`, { age, tags })
  const snapshot = image.replace('ami-', 'snap-')
  const createdAt = aws.simulation.now - age
  aws.world.snapshots.set(snapshot, {
    id: snapshot,
    volume: image.replace('ami-', 'vol-'),
    sizeGiB: 8,
    description: `Created by CreateImage for ${image}`,
    state: 'completed',
    startedAt: createdAt,
    endsAt: createdAt,
    visibleAt: createdAt,
    tags: new Map(Object.entries(tags)),
  })
  const template = aws.world.templates.get(templateId)
  if (!template) throw new Error(`the seed has no template ${templateId}`)
  const data = { ...template.versions.get(1)?.data, ImageId: image }
  const made = addVersion(aws.simulation, template, data, `${version} by rollcall ${operation} for U0ALICE`)
  template.versions.set(made.number, { ...made, createdAt, visibleAt: createdAt })
  return { image, snapshot, number: made.number }
}
