import { type AlarmState, evaluateAlarm } from '../../../../src/sandbox/aws/cloudwatch/evaluation'

const values = (points: string) =>
  points.split(' ').map((point) => (point === '-' ? undefined : point === 'X' ? 1 : 0))
const state = (
  points: string,
  treatMissingData: string,
  datapointsToAlarm: number,
  current: AlarmState = 'OK',
) =>
  evaluateAlarm(
    values(points),
    { evaluationPeriods: 3, datapointsToAlarm, treatMissingData, breaches: (value) => value > 0 },
    current,
  )

describe('the state of an alarm, as in the tables of the CloudWatch user guide', () => {
  test.each([
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT_DATA', 'retains', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'retains', 'ALARM', 'OK'],
  ])('3 out of 3 with %s', (points, missing, ignore, breaching, notBreaching) => {
    expect(state(points, 'missing', 3)).toBe(missing)
    for (const current of ['OK', 'ALARM'] as const)
      expect(state(points, 'ignore', 3, current)).toBe(ignore === 'retains' ? current : ignore)
    expect(state(points, 'breaching', 3)).toBe(breaching)
    expect(state(points, 'notBreaching', 3)).toBe(notBreaching)
  })

  test.each([
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', 'retains', 'ALARM', 'OK'],
  ])('2 out of 3 with %s', (points, missing, ignore, breaching, notBreaching) => {
    expect(state(points, 'missing', 2)).toBe(missing)
    for (const current of ['OK', 'ALARM'] as const)
      expect(state(points, 'ignore', 2, current)).toBe(ignore === 'retains' ? current : ignore)
    expect(state(points, 'breaching', 2)).toBe(breaching)
    expect(state(points, 'notBreaching', 2)).toBe(notBreaching)
  })

  test('one breaching value that has only just come rings no alarm yet', () => {
    expect(state('- - - - X', 'missing', 3)).toBe('OK')
    expect(state('- - - X -', 'missing', 3)).toBe('OK')
    expect(state('- - X X -', 'missing', 3)).toBe('ALARM')
  })
})
