import type { DoorProblemCode, DoorProblemFacts } from '../../domain/door/problem'
import { bilingual, type Bilingual } from '../locale'

type Sentence = (facts: DoorProblemFacts) => string
const after = {
  en: (wait = 1) => `Try again in ${wait} s.`,
  ko: (wait = 1) => `${wait}초 뒤에 다시 시도하십시오.`,
}

/** What the door says no to by itself, for who reads a pipeline's log. */
export const doorSentences: { readonly [code in DoorProblemCode]: Bilingual<Sentence> } = {
  no_token: bilingual({
    en: () => 'This call carries no token. Send "Authorization: Bearer <token>".',
    ko: () => '요청에 토큰이 없습니다. "Authorization: Bearer <토큰>" 헤더를 보내십시오.',
  }),
  bad_token: bilingual({
    en: () =>
      'This token is not known here. Check that it is whole, and that rollcall.yaml has its hash or its issuer.',
    ko: () =>
      '알 수 없는 토큰입니다. 토큰이 잘리지 않았는지, rollcall.yaml에 해시나 발급자가 등록되어 있는지 확인하십시오.',
  }),
  token_expired: bilingual({
    en: () => 'This token has expired, or is not valid yet. Take a new one; if it is new, check the clocks.',
    ko: () =>
      '토큰이 만료되었거나 아직 유효하지 않습니다. 새로 발급받으십시오. 새 토큰이라면 시계를 확인하십시오.',
  }),
  unknown_issuer: bilingual({
    en: () =>
      'No machine in rollcall.yaml trusts the issuer of this token. Add it under machines, with its claims.',
    ko: () => 'rollcall.yaml의 machines에 이 토큰의 발급자가 없습니다. 발급자와 클레임을 추가하십시오.',
  }),
  wrong_audience: bilingual({
    en: () =>
      'This token is for somebody else. Ask its issuer for one with the audience that rollcall.yaml names.',
    ko: () =>
      '다른 대상(audience)에게 발급된 토큰입니다. rollcall.yaml에 적힌 audience로 다시 발급받으십시오.',
  }),
  token_used: bilingual({
    en: () =>
      'This token has asked for something else already: it is good for one change. Take a new one for each.',
    ko: () => '이미 다른 요청에 사용한 토큰입니다. 변경 요청마다 새 토큰을 발급받으십시오.',
  }),
  no_machine: bilingual({
    en: () =>
      'The token is genuine, but its claims are no machine’s in rollcall.yaml. Compare repository, branch and environment.',
    ko: () =>
      '토큰은 유효하지만 클레임이 일치하는 machines 항목이 rollcall.yaml에 없습니다. 저장소, 브랜치, 환경을 비교해 보십시오.',
  }),
  read_token_only: bilingual({
    en: () => 'This token reads one operation and does nothing else.',
    ko: () => '이 토큰으로는 해당 작업 하나만 조회할 수 있습니다.',
  }),
  issuer_unreachable: bilingual({
    en: ({ wait }) =>
      `The issuer of this token cannot be reached to check it, so nobody was let in. ${after.en(wait)}`,
    ko: ({ wait }) => `토큰 발급자에 연결할 수 없어 확인하지 못했습니다. ${after.ko(wait)}`,
  }),
  too_many_requests: bilingual({
    en: ({ wait }) => `Too many calls from this machine. ${after.en(wait)}`,
    ko: ({ wait }) => `이 머신의 요청이 너무 많습니다. ${after.ko(wait)}`,
  }),
  too_many_changes: bilingual({
    en: ({ wait, most = 0 }) =>
      `This machine has asked for ${most} changes within an hour, and may ask for no more of them. ${after.en(wait)} A cancel, a rollback and a lock are let through; changes of the machine in rollcall.yaml sets the limit.`,
    ko: ({ wait, most = 0 }) =>
      `이 머신이 한 시간 동안 변경을 ${most}번 요청해 한도에 이르렀습니다. ${after.ko(wait)} cancel, rollback, lock은 계속 받습니다. 한도는 rollcall.yaml에서 해당 머신의 changes로 정합니다.`,
  }),
  store_unavailable: bilingual({
    en: ({ wait }) =>
      `Redis cannot be reached, so nothing was started and nothing was changed. ${after.en(wait)} With the same Idempotency-Key it counts once.`,
    ko: ({ wait }) =>
      `Redis에 연결할 수 없어 아무것도 시작하거나 변경하지 않았습니다. ${after.ko(wait)} 같은 Idempotency-Key를 쓰면 한 번만 처리됩니다.`,
  }),
  worker_silent: bilingual({
    en: ({ wait }) =>
      `No worker answered in time, so AWS could not be asked. Nothing was changed. ${after.en(wait)}`,
    ko: ({ wait }) =>
      `제한 시간 안에 응답한 워커가 없어 AWS를 조회하지 못했습니다. 변경된 것은 없습니다. ${after.ko(wait)}`,
  }),
  unknown_webhook: bilingual({
    en: () =>
      'rollcall.yaml has no webhook of this name. `rollcall webhooks list` names those that there are.',
    ko: () => 'rollcall.yaml에 이런 이름의 웹훅이 없습니다. `rollcall webhooks list`로 확인하십시오.',
  }),
  not_found: bilingual({
    en: () => 'Nothing is here. GET /v1/openapi.json lists what is.',
    ko: () => '없는 주소입니다. GET /v1/openapi.json에서 목록을 확인하십시오.',
  }),
  method_not_allowed: bilingual({
    en: ({ allowed = [] }) => `This address takes ${allowed.join(', ')}.`,
    ko: ({ allowed = [] }) => `이 주소에서 사용할 수 있는 메서드: ${allowed.join(', ')}`,
  }),
  not_json: bilingual({
    en: () => 'The body is not JSON.',
    ko: () => '본문이 JSON이 아닙니다.',
  }),
  invalid_request: bilingual({
    en: () => 'Something in the request is not as it should be; errors says what, field by field.',
    ko: () => '요청에 잘못된 항목이 있습니다. errors에서 항목별로 확인하십시오.',
  }),
  not_json_type: bilingual({
    en: () => 'Send the body as application/json.',
    ko: () => '본문을 application/json으로 보내십시오.',
  }),
  body_too_large: bilingual({
    en: () => 'The body is larger than 64 KiB.',
    ko: () => '본문이 64KiB를 넘습니다.',
  }),
  key_missing: bilingual({
    en: () =>
      'A call that changes something needs an Idempotency-Key: a text of its own for each wish, the same when it is sent again.',
    ko: () =>
      '변경 요청에는 Idempotency-Key가 필요합니다. 요청마다 다른 값을, 재전송할 때는 같은 값을 보내십시오.',
  }),
  key_invalid: bilingual({
    en: () =>
      'The Idempotency-Key is 1 to 200 printable ASCII signs, with or without quotation marks around it.',
    ko: () => 'Idempotency-Key는 출력 가능한 ASCII 문자 1~200자여야 합니다. 따옴표는 있어도 없어도 됩니다.',
  }),
  key_reused: bilingual({
    en: () =>
      'Something else was asked under this Idempotency-Key. Nothing was done; take a new key for a new wish.',
    ko: () =>
      '이 Idempotency-Key로 이미 다른 요청을 받았습니다. 아무것도 실행하지 않았습니다. 새 요청에는 새 키를 쓰십시오.',
  }),
  key_in_progress: bilingual({
    en: ({ wait }) => `The same call is being answered right now. ${after.en(wait)}`,
    ko: ({ wait }) => `같은 요청을 처리하는 중입니다. ${after.ko(wait)}`,
  }),
  door_busy: bilingual({
    en: ({ wait }) => `Too many calls wait here. ${after.en(wait)}`,
    ko: ({ wait }) => `대기 중인 요청이 너무 많습니다. ${after.ko(wait)}`,
  }),
  unexpected: bilingual({
    en: ({ reference }) =>
      `Rollcall hit a fault of its own. With the same Idempotency-Key it may be sent again.${reference === undefined ? '' : ` The log has it under ${reference}.`}`,
    ko: ({ reference }) =>
      `Rollcall 내부 오류가 발생했습니다. 같은 Idempotency-Key로 다시 보내도 됩니다.${reference === undefined ? '' : ` 로그 식별자: ${reference}`}`,
  }),
}
