import { josa } from '../../messages/text/josa'
import type { english } from './copy.en'

/** The command line's sentences in Korean. */
export const korean: typeof english = {
  usage: '사용법',
  examples: '예',
  optionsHead: '옵션',
  commandsHead: '명령',
  intro:
    'Slack에서 하듯이 Rollcall에 변경을 요청합니다. 규칙, 잠금, 승인이 그대로 적용되고 채널에도 같은 메시지가 올라갑니다.',
  environmentHead: '환경 변수',
  environment: {
    ROLLCALL_URL: 'API 주소, https://rollcall.example.com',
    ROLLCALL_TOKEN: '작업의 OIDC 토큰 또는 `rollcall token create`로 만든 토큰',
  },
  exitHead: '종료 코드',
  exit: '0 성공(--wait 없이는 접수됨) · 1 되돌려졌거나 변경 없이 실패 · 2 잘못된 사용 · 3 거절 · 4 확인 필요 · 5 취소 · 6 제한 시간까지 진행 중 · 7 연결되지 않거나 알 수 없음',
  more: '`rollcall help <명령>`으로 자세히 볼 수 있습니다.',
  commands: {
    deploy: '인스턴스를 새 버전으로 차례로 교체합니다. 언제든 되돌릴 수 있습니다.',
    'update-image': '시작 템플릿을 최신 이미지로 바꿉니다.',
    rollback: '마지막 배포 이전 버전으로 되돌립니다.',
    scale: '그룹의 용량을 지금 바꾸고 모든 인스턴스가 정상이 될 때까지 확인합니다.',
    schedule: '라이브 이벤트를 위한 용량 확대를 한 번 또는 반복 일정으로 등록합니다.',
    cancel: '진행 중인 작업을 다음 안전 지점에서 멈춥니다.',
    lock: '서비스 변경을 막습니다. 되돌리기는 막지 않습니다.',
    unlock: '서비스의 잠금을 해제합니다.',
    status: '제공 중인 버전, 상태, 진행 중인 작업, 잠금을 보여 줍니다.',
    show: '작업 하나를 보여 줍니다. --wait를 주면 끝날 때까지 기다립니다.',
    history: '최근에 한 일을 보여 줍니다.',
    'audit export': '감사 기록을 JSON 줄로, 또는 사람이 볼 표로 내보냅니다.',
    'audit verify': '감사 기록 파일의 해시 체인을 다시 계산해, 처음으로 어긋나는 줄을 알려 줍니다.',
    'webhooks list': '웹훅 수신 측과 전송 상태, 최근 전송 시도를 보여 줍니다.',
    'webhooks replay': '웹훅이 받지 못한 이벤트를 바로 다시 전송합니다.',
    'token create': 'OIDC를 쓸 수 없는 시스템을 위한 토큰과 카탈로그에 넣을 줄을 만듭니다.',
  },
  options: {
    wait: '끝날 때까지 기다립니다. 결과는 종료 코드로 알 수 있습니다',
    timeout: '이 시간이 지나면 기다리기를 멈춥니다(60m). 작업은 계속됩니다',
    json: '한 줄에 JSON 객체 하나',
    'cancel-on-interrupt': '중단 신호(Ctrl-C, 작업 취소)를 받으면 작업도 취소합니다',
    'idempotency-key': '같은 키는 같은 작업입니다(없으면 매번 새로 만듭니다)',
    url: 'ROLLCALL_URL 대신 쓸 API 주소',
    help: '이 도움말',
    'dry-run': '계획만 보여 주고 아무것도 바꾸지 않습니다',
    reason: '이유. 작업과 함께 표시됩니다',
    override: '변경 금지 기간인데도 진행하는 이유. 다른 사람의 동의가 필요합니다',
    'wait-for-window': '변경 금지 기간이면 끝날 때까지 순서를 기다립니다',
    strategy: '이번에만 쓸 교체 방식',
    weights: 'canary에서 차례로 옮길 트래픽 비율',
    from: '이 인스턴스로 이미지를 만들거나 이 이미지를 씁니다',
    standby: '교체할 때 Standby 인스턴스를 어떻게 할지',
    desired: '원하는 용량',
    min: '최소 용량',
    max: '최대 용량',
    'after-cooldown': '그룹의 휴지 기간이 끝난 뒤에 시작합니다',
    'security-groups-by-id': '템플릿이 이름으로 가리키는 보안 그룹을 ID로 바꿉니다',
    name: '이벤트 이름',
    every: 'weekday, daily, mon,wed,fri 또는 cron',
    for: '잠금이 유지되는 시간',
    head: '다른 곳에 보관해 둔 체인의 끝. 마지막 줄까지 확인합니다',
    since: '이때부터',
    until: '이때까지',
    csv: '사람이 볼 표. 증거로는 쓸 수 없습니다',
    limit: '최대 몇 건(20)',
    expires: '토큰 만료 시점. 지정하지 않으면 1년이며, 1년을 넘을 수 없습니다',
  },
  states: {
    planning: '계획 중',
    awaiting_confirmation: '확인을 기다리는 중',
    awaiting_approval: '채널에서 승인을 기다리는 중',
    queued: '순서를 기다리는 중',
    running: '진행 중',
    held: '멈춰 있음',
    finishing: '마무리 중',
    returning: '되돌리는 중',
    ended: '끝남',
  },
  endings: {
    succeeded: '성공',
    rolled_back: '되돌려짐',
    failed_clean: '실패, 바뀐 것 없음',
    needs_attention: '확인 필요',
    refused: '거절됨',
    cancelled: '취소됨',
  },
  missing: (what) => `필요한 값이 빠졌습니다: ${what}`,
  badValue: (what, value, allowed) =>
    `${what}: "${value}"${josa(value, '은는')} 쓸 수 없습니다. ${allowed} 형식이어야 합니다.`,
  extra: (word) =>
    `"${word}"${josa(word, '은는')} 불필요한 단어입니다. 여러 단어로 된 글은 따옴표로 묶어 주세요.`,
  unknownCommand: (word, near) =>
    near === undefined
      ? `"${word}" 명령은 없습니다. \`rollcall help\`로 목록을 볼 수 있습니다.`
      : `"${word}" 명령은 없습니다. "${near}"${josa(near, '을를')} 찾으셨나요?`,
  unknownOption: (word, near) =>
    near === undefined
      ? `${word} 옵션은 여기서 쓸 수 없습니다.`
      : `${word} 옵션은 여기서 쓸 수 없습니다. ${near}${josa(near, '을를')} 찾으셨나요?`,
  noValue: (what, allowed) => `${what}에는 값이 필요합니다: ${allowed}`,
  flagWithValue: (what) => `${what}에는 값을 줄 수 없습니다.`,
  tokenInSight: '명령줄의 토큰은 다른 사용자가 볼 수 있습니다. ROLLCALL_TOKEN 환경 변수로 지정해 주세요.',
  timeoutWithoutWait: '--timeout은 --wait와 함께 써야 합니다.',
  noUrl: 'ROLLCALL_URL이 필요합니다. API 주소입니다. 예: https://rollcall.example.com',
  badUrl: (value) =>
    `ROLLCALL_URL: "${value}"${josa(value, '은는')} 주소가 아닙니다. 사용자 이름과 암호가 없는 http://… 또는 https://… 주소여야 합니다.`,
  noToken: 'ROLLCALL_TOKEN이 필요합니다. 작업의 OIDC 토큰이나 `rollcall token create`로 만든 토큰입니다.',
  badToken: 'ROLLCALL_TOKEN에 토큰에 쓸 수 없는 문자가 있습니다. 줄바꿈이나 공백이 들어갔는지 확인해 주세요.',
  inTheClear: (host) =>
    `토큰이 암호화되지 않은 채 ${host}${josa(host, '으로')} 전송됩니다. https://를 쓰는 것이 좋습니다.`,
  again: (why, wait) => `응답이 없습니다(${why}). ${wait} 뒤에 다시 시도합니다.`,
  notReached: (url, why) => `${url}에 연결하지 못했습니다: ${why}`,
  notADoor: (url, why) =>
    `${url}${josa(url, '은는')} Rollcall API가 아닙니다(${why}). ROLLCALL_URL을 확인해 주세요.`,
  unsure: (key) =>
    `접수되었는지 알 수 없습니다. 같은 명령을 --idempotency-key ${key} 옵션과 함께 실행하면 같은 작업으로 처리됩니다.`,
  notKnown: (detail) => `인증되지 않았습니다: ${detail} ROLLCALL_TOKEN을 확인해 주세요.`,
  refused: (detail) => `거절되었습니다: ${detail}`,
  wrongUse: (detail) => `이해하지 못했습니다: ${detail}`,
  lost: (id) =>
    `그사이 끝나지 않았다면 ${id} 작업은 계속됩니다. \`rollcall show ${id} --wait\`로 확인할 수 있습니다.`,
  recorded: (id, state) => `${id} 작업이 접수되었습니다(${state}).`,
  followed: (url) => `진행 상황: ${url}`,
  stillGoing: (id, timeout) =>
    `${timeout}이 지났지만 ${id} 작업이 아직 진행 중입니다. \`rollcall show ${id} --wait\`로 확인하고 \`rollcall cancel ${id}\`로 멈출 수 있습니다.`,
  leftRunning: (id) =>
    `${id} 작업은 계속됩니다. \`rollcall show ${id} --wait\`로 확인하고 \`rollcall cancel ${id}\`로 멈출 수 있습니다.`,
  cancelling: (id) =>
    `${id} 작업을 다음 안전 지점에서 멈추도록 요청했습니다. 기다리지 않으려면 한 번 더 중단하세요.`,
  cancelFailed: (id, why) => `${id} 작업을 취소하지 못했습니다: ${why}`,
  left: (what) => `남은 것: ${what}`,
  warning: (what) => `참고: ${what}`,
  noWebhooks: 'rollcall.yaml에 웹훅이 없습니다.',
  webhookStates: {
    well: '정상 수신 중',
    failing: '현재 수신하지 못함',
    off: '중단됨(410 응답)',
  },
  webhookWaits: (waiting: number, notTaken: number) => `대기 ${waiting}건, 미수신 ${notTaken}건`,
  webhookAgain: (at: string) => `다음 시도 ${at}`,
  webhookOutcomes: {
    delivered: '전송됨',
    failed: '실패',
    refused: '거부됨',
    gone: '수신 중단',
  },
  webhookTry: (tries: number) => `${tries}번째 시도`,
  webhookNotTaken: '미수신',
  nothing: '표시할 것이 없습니다.',
  done: '완료했습니다.',
  exported: (lines, head) => `${lines}줄. 지금 체인의 끝은 ${head}입니다. 다른 곳에 보관해 주세요.`,
  verified: (lines, first, head) =>
    `변조되지 않았습니다. ${first}번부터 ${lines}줄, 체인의 끝은 ${head}입니다.`,
  headMissing:
    '마지막 줄은 다른 곳에 보관해 둔 체인의 끝(--head)과 비교해야 확인됩니다. 워커 로그에 한 시간마다 남습니다.',
  headsAgree: (count) =>
    count === 1 ? '지정한 체인의 끝과 일치합니다.' : `보관된 체인의 끝 ${count}개와 모두 일치합니다.`,
  headDiffers: (given) => `변조됨: 지정한 체인의 끝 ${given}과 다릅니다. 줄이 바뀌었거나 삭제되었습니다.`,
  headNotInside: (given) => `지정한 체인의 끝 ${given}에 해당하는 줄이 이 파일에 없습니다.`,
  alteredBefore: (line) =>
    `변조됨: ${line}번째 줄이 앞줄과 이어지지 않습니다. ${line - 1}번째 줄이 바뀌었거나 그 자리에 줄이 추가 또는 삭제되었습니다.`,
  outOfOrder: (line) => `변조됨: ${line}번째 줄에서 줄이 빠졌거나 겹쳤거나 순서가 바뀌었습니다.`,
  notALine: (line) =>
    `${line}번째 줄은 감사 기록이 아닙니다. CSV는 확인할 수 없고 JSON 줄 파일만 확인할 수 있습니다.`,
  otherSchema: (line) => `${line}번째 줄은 이 프로그램이 모르는 버전의 감사 기록입니다.`,
  emptyFile: '파일에 줄이 없습니다.',
  notRead: (file, why) => `${file}${josa(file, '을를')} 읽을 수 없습니다: ${why}`,
  token: (name) => `${name}의 토큰입니다. 지금 한 번만 표시됩니다. 파이프라인의 비밀 저장소에 보관해 주세요.`,
  tokenLine: '카탈로그의 `machines:` 아래에 넣을 줄입니다.',
  tokenRotation:
    '시스템마다 토큰을 두 개까지 둘 수 있습니다. 새 토큰을 추가하고, 파이프라인을 바꾼 다음, 이전 토큰을 지우세요.',
  badExpiry: (value) =>
    `--expires: "${value}"${josa(value, '은는')} 쓸 수 없습니다. 90d 같은 기간이나 1년 이내의 날짜여야 합니다.`,
}
