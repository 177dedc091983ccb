import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2'
import type { Simulation } from '../engine/simulation'
import type { Template, TemplateVersion } from './state'

export function createTemplate(
  sim: Simulation,
  name: string,
  tags: Map<string, string>,
  data: RequestLaunchTemplateData,
  description: string | undefined,
): Template {
  const template: Template = {
    id: sim.newId('lt'),
    name,
    createdAt: sim.now,
    visibleAt: sim.now + sim.draw('visibility'),
    default: 1,
    formerDefault: 1,
    defaultSeenAt: sim.now,
    latest: 0,
    versions: new Map(),
    tags,
  }
  sim.world.templates.set(template.id, template)
  addVersion(sim, template, data, description)
  return template
}

export function addVersion(
  sim: Simulation,
  template: Template,
  data: RequestLaunchTemplateData,
  description: string | undefined,
): TemplateVersion {
  template.latest += 1
  const version: TemplateVersion = {
    number: template.latest,
    description,
    createdAt: sim.now,
    visibleAt: Math.max(template.visibleAt, sim.now + sim.draw('visibility')),
    data,
  }
  template.versions.set(version.number, version)
  return version
}
