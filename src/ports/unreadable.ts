/** Records that were met lately and could not be read. */
export interface Unreadable {
  /** As people are told of them; those of a service, and those of which nobody can tell whose they are. */
  of(service: string): readonly string[]
}
