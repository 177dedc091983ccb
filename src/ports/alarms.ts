/** CloudWatch's words for how an alarm is. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** CloudWatch's alarms, those of metrics and composite ones. All methods throw AwsFailure. */
export interface Alarms {
  /** How the alarms of these names are now; one that does not exist is left out. */
  states(names: readonly string[]): Promise<ReadonlyMap<string, AlarmState>>
}
