/** Tags of a thing, by key. */
export type Tags = Map<string, string>
