/** Requests that were carried out, known to all gateways, so that none is carried out twice. */
export interface Replays {
  /** Remembers a request for so many real milliseconds; false where it was remembered before. */
  isFirst(request: string, ms: number): Promise<boolean>
}
