import { bilingual } from '../locale'
import { say, type Phrase } from '../text/phrase'
import type { Placeholders, ReasonText, SomeSentences } from './placeholders'

type Blanks = Placeholders<'aws_unanswered'>

/** What a code says of why there is no answer, first match first; beside `internal` and `silent`, which are the rest. */
const kinds = [
  ['none', /^CredentialsProviderError$/],
  ['expired', /^(ExpiredToken|RequestExpired)/],
  ['signature', /Signature|RequestTimeTooSkewed|RequestInTheFuture/],
  ['subscription', /^(OptInRequired|SubscriptionRequired)/],
  [
    'unknown',
    /^(AuthFailure|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId|MissingAuthentication)/,
  ],
  [
    'throttled',
    /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|PriorRequestNotComplete|ResourceContention/,
  ],
  ['page', /^HTTP \d+ ./],
  ['internal', /^(HTTP \d+|Internal(Failure|Error)|ServiceUnavailable|Unavailable)$/],
] as const
type Kind = (typeof kinds)[number][0] | 'silent'

const kindOf = (f: Blanks): Kind => kinds.find(([, codes]) => codes.test(f.text('awsCode')))?.[0] ?? 'silent'

const spanEn = (f: Blanks): Phrase =>
  f.has('since') ? say` since ${f.when('since')}` : f.known('after', () => say` for ${f.span('after')}`)
const spanKo = (f: Blanks): Phrase =>
  f.has('since') ? say`${f.when('since')}부터 ` : f.known('after', () => say`${f.span('after')} 동안 `)

const en: Readonly<Record<Kind, (f: Blanks) => ReasonText>> = {
  none: (f) => ({
    what: say`The worker has found no credentials for AWS${spanEn(f)}, so ${f.name('action', 'a call')} was not sent.`,
    todo: say`Check its role, profile or variables.`,
  }),
  expired: (f) => ({
    what: say`AWS has taken no call of the worker${spanEn(f)}: its credentials, or the request’s time, have run out${f.beside('awsCode')}.`,
    todo: say`Renew the credentials, and check the worker’s clock.`,
  }),
  signature: (f) => ({
    what: say`AWS has taken no call of the worker${spanEn(f)}: it does not accept the signature${f.beside('awsCode')}.`,
    todo: say`Check the worker’s secret key and its clock.`,
  }),
  subscription: (f) => ({
    what: say`AWS has not taken ${f.name('action', 'a call')}${spanEn(f)}: the account has no subscription for the service${f.beside('awsCode')}.`,
    todo: say`Enable the service for the account, in this region.`,
  }),
  unknown: (f) => ({
    what: say`AWS has taken no call of the worker${spanEn(f)}: it does not know the credentials in this region${f.beside('awsCode')}.`,
    todo: say`Check the worker’s credentials, and that the account has the region enabled.`,
  }),
  throttled: (f) => ({
    what: say`AWS has been slowing calls down${spanEn(f)}: ${f.name('action', 'a call')} was not answered${f.beside('awsCode')}.`,
    todo: say`Find out what else in the account calls AWS so often.`,
  }),
  page: (f) => ({
    what: say`What has answered ${f.name('action', 'a call')}${spanEn(f)} is not AWS${f.beside('awsCode')}.`,
    todo: say`Check the worker’s way to AWS: a proxy, or a page that wants a sign-in, answers in its place.`,
  }),
  internal: (f) => ({
    what: say`AWS has answered ${f.name('action', 'a call')} with an error of its own${spanEn(f)}${f.beside('awsCode')}.`,
    todo: say`Check the AWS Health Dashboard.`,
  }),
  silent: (f) => ({
    what: say`AWS has not answered ${f.name('action', 'a call')}${spanEn(f)}${f.beside('awsCode')}.`,
    todo: say`Check the worker’s way to AWS (network, DNS, proxy) and the AWS Health Dashboard.`,
  }),
}

const callKo = (f: Blanks): Phrase => f.known('action', () => say`${f.name('action', '')} `)

const ko: Readonly<Record<Kind, (f: Blanks) => ReasonText>> = {
  none: (f) => ({
    what: say`워커가 ${spanKo(f)}AWS 자격 증명을 찾지 못해 ${callKo(f)}호출을 보내지 못했습니다.`,
    todo: say`역할, 프로필, 환경 변수를 확인하십시오.`,
  }),
  expired: (f) => ({
    what: say`AWS가 ${spanKo(f)}워커의 호출을 받지 않습니다. 자격 증명이나 요청 시각이 만료되었습니다${f.beside('awsCode')}.`,
    todo: say`자격 증명을 갱신하고 워커의 시계를 확인하십시오.`,
  }),
  signature: (f) => ({
    what: say`AWS가 ${spanKo(f)}워커의 호출을 받지 않습니다. 서명이 인정되지 않았습니다${f.beside('awsCode')}.`,
    todo: say`워커의 비밀 키와 시계를 확인하십시오.`,
  }),
  subscription: (f) => ({
    what: say`AWS가 ${spanKo(f)}${callKo(f)}호출을 받지 않습니다. 계정에서 이 서비스를 사용하도록 설정하지 않았습니다${f.beside('awsCode')}.`,
    todo: say`계정의 이 리전에서 서비스를 활성화하십시오.`,
  }),
  unknown: (f) => ({
    what: say`AWS가 ${spanKo(f)}워커의 호출을 받지 않습니다. 이 리전에서 자격 증명을 확인할 수 없습니다${f.beside('awsCode')}.`,
    todo: say`워커의 자격 증명과, 계정에서 이 리전이 활성화되어 있는지 확인하십시오.`,
  }),
  throttled: (f) => ({
    what: say`AWS가 ${spanKo(f)}호출 속도를 제한하여 ${callKo(f)}응답을 받지 못했습니다${f.beside('awsCode')}.`,
    todo: say`계정에서 AWS를 지나치게 자주 호출하는 곳이 있는지 확인하십시오.`,
  }),
  page: (f) => ({
    what: say`${spanKo(f)}${callKo(f)}호출에 AWS가 아닌 곳에서 응답했습니다${f.beside('awsCode')}.`,
    todo: say`워커와 AWS 사이의 경로를 확인하십시오. 프록시나 로그인 페이지가 대신 응답하고 있습니다.`,
  }),
  internal: (f) => ({
    what: say`AWS가 ${spanKo(f)}${callKo(f)}호출에 내부 오류로 응답했습니다${f.beside('awsCode')}.`,
    todo: say`AWS Health 대시보드를 확인하십시오.`,
  }),
  silent: (f) => ({
    what: say`AWS가 ${spanKo(f)}${callKo(f)}호출에 응답하지 ${f.has('since') ? '않고 있습니다' : '않았습니다'}${f.beside('awsCode')}.`,
    todo: say`워커에서 AWS까지의 네트워크, DNS, 프록시와 AWS Health 대시보드를 확인하십시오.`,
  }),
}

/** AWS gave no answer to act on. */
export const unanswered = {
  aws_unanswered: bilingual({
    en: (f: Blanks) => en[kindOf(f)](f),
    ko: (f: Blanks) => ko[kindOf(f)](f),
  }),
} satisfies SomeSentences
