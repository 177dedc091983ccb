import type { TemplateVersion } from '../domain/fleet/fleet'
import type { LaunchTemplate, NewLaunchTemplate } from '../domain/provision/resources'
import type { Answer } from './refusal'

/** A version that AWS did not delete, in its words. */
interface UndeletedVersion {
  readonly number: number
  readonly code: string
  readonly words: string
}

/** Launch templates. All methods throw AwsFailure. */
export interface Templates {
  /** One version, by number or as `$Default`, `$Latest`; undefined when there is none. */
  version(templateId: string, version: number | '$Default' | '$Latest'): Promise<TemplateVersion | undefined>
  /** All versions, newest first. */
  versions(templateId: string): Promise<readonly TemplateVersion[]>
  /** Id of the template of that name. */
  idOf(name: string): Promise<string | undefined>
  /** The template of that name, as the whole that it is. */
  named(name: string): Promise<LaunchTemplate | undefined>
  /** Those that carry this tag. */
  tagged(key: string, value: string): Promise<readonly LaunchTemplate[]>
  /** Whether it could be made, by EC2's dry run: nothing is. */
  mayCreate(template: NewLaunchTemplate): Promise<Answer<void, 'unauthorized' | 'exists'>>
  /**
   * CreateLaunchTemplate, its tags in the call: gives its id; its version 1 is its default. The same token gives the
   * template that it gave before. `exists`: the name is taken.
   */
  create(template: NewLaunchTemplate): Promise<Answer<string, 'exists'>>
  /** DeleteLaunchTemplate with all its versions; gone already is deleted. Groups that use it launch nothing any more. */
  delete(templateId: string): Promise<void>
  /** What `$Default` and `$Latest` mean in every template of the account and region. */
  everywhere(): Promise<readonly TemplateVersion[]>
  /**
   * A new version: from another, only the image changed, and its block device mappings given anew where `devices` has
   * them as JSON, for their snapshots are not inherited (API reference, CreateLaunchTemplateVersion); or of `data` alone (LaunchTemplateData as JSON), from which
   * something can be left out that a version from another would inherit. The same token gives the same version.
   */
  createVersion(
    version: {
      readonly templateId: string
      readonly description: string
      readonly token: string
    } & (
      | { readonly from: number; readonly imageId: string; readonly devices?: string }
      | { readonly data: string }
    ),
  ): Promise<TemplateVersion>
  /** Deletes one version that is not the default. */
  deleteVersion(templateId: string, version: number): Promise<void>
  /** Deletes at most 200 versions. Gives those that AWS did not delete, and why; gone already is deleted. */
  deleteVersions(templateId: string, versions: readonly number[]): Promise<readonly UndeletedVersion[]>
  setDefault(templateId: string, version: number, token: string): Promise<void>
  /** Whether the right to add a version is there, by EC2's dry run: none is made. */
  mayCreateVersion(templateId: string, from: number): Promise<boolean>
  /** Whether the right to move the default is there, by EC2's dry run: it stays. */
  maySetDefault(templateId: string, version: number): Promise<boolean>
}
