import type { TemplateVersion } from '../domain/fleet'

/** Launch templates. All methods throw AwsFailure. */
export interface Templates {
  /** One version, by number or as `$Default`, `$Latest`; undefined when there is none. */
  version(templateId: string, version: number | '$Default' | '$Latest'): Promise<TemplateVersion | undefined>
  /** All versions, newest first. */
  versions(templateId: string): Promise<readonly TemplateVersion[]>
  /** Id of the template of that name. */
  idOf(name: string): Promise<string | undefined>
  /** A new version from another, only the image changed. The same token gives the same version. */
  createVersion(version: {
    readonly templateId: string
    readonly from: number
    readonly imageId: string
    readonly description: string
    readonly token: string
  }): Promise<TemplateVersion>
  /** Deletes one version that is not the default. */
  deleteVersion(templateId: string, version: number): Promise<void>
  setDefault(templateId: string, version: number, token: string): Promise<void>
}
