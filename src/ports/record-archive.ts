/** What cannot be altered or deleted for a time, outside of the store. All methods reject with AwsFailure. */
export interface RecordArchive {
  /** Keeps a text under a name; `there` where something of that name is kept already, which stays as it is. */
  keep(name: string, text: string): Promise<'kept' | 'there'>
  read(name: string): Promise<string>
}
