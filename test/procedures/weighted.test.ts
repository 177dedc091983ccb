import { carryOut, colorOf } from '../support/shop'
import { deployPay, finishPay, rehearsePay, rollBackPay, weightsOf } from '../support/pay'

test('explore', async () => {
  const rehearsal = rehearsePay()
  const deploy = await carryOut(rehearsal, deployPay())
  console.log(JSON.stringify(deploy.ending), deploy.plan?.calls, JSON.stringify(deploy.plan?.colors?.weights))
  console.log(deploy.steps.map(({ key, startedAt, endedAt = 0 }) => `${key} ${(startedAt-(deploy.startedAt ?? 0))/1000} ${(endedAt - startedAt)/1000}`).join('\n'))
  console.log(weightsOf(rehearsal.aws), colorOf(rehearsal, 'pay-blue'), colorOf(rehearsal, 'pay-green'), rehearsal.violations)
  const back = await carryOut(rehearsal, rollBackPay)
  console.log(JSON.stringify(back.ending))
  console.log(back.steps.map(({ key, startedAt, endedAt = 0 }) => `${key} ${(startedAt-(back.startedAt ?? 0))/1000} ${(endedAt - startedAt)/1000}`).join('\n'))
  console.log(weightsOf(rehearsal.aws), colorOf(rehearsal, 'pay-blue'), colorOf(rehearsal, 'pay-green'), rehearsal.violations)
  const again = await carryOut(rehearsal, deployPay([100], 'v3'))
  console.log(JSON.stringify(again.ending))
  const end = await carryOut(rehearsal, finishPay)
  console.log(JSON.stringify(end.ending))
  console.log(end.steps.map(({ key, startedAt, endedAt = 0 }) => `${key} ${(startedAt-(end.startedAt ?? 0))/1000} ${(endedAt - startedAt)/1000}`).join('\n'))
  console.log(weightsOf(rehearsal.aws), colorOf(rehearsal, 'pay-blue'), colorOf(rehearsal, 'pay-green'), rehearsal.violations)
})
