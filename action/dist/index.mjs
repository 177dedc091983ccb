// src/cli/this-process.ts
import { randomBytes } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
var thisProcess = {
  environment: process.env,
  print: (text3) => void process.stdout.write(text3),
  warn: (text3) => void process.stderr.write(text3),
  fetch,
  elapsed: () => performance.now(),
  today: () => /* @__PURE__ */ new Date(),
  sleep: (milliseconds, signal) => pause(milliseconds, void 0, { signal }).catch(() => void 0),
  onInterrupt(listener) {
    for (const name of ["SIGINT", "SIGTERM"]) process.on(name, listener);
    return () => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, listener);
    };
  },
  chance: Math.random,
  readFile: (path) => readFile(path, "utf8"),
  filesIn: async (path) => {
    if (!(await stat(path).catch(() => void 0))?.isDirectory()) return void 0;
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    return found.filter((one) => one.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
  },
  randomBytes
};

// src/cli/copy/copy.en.ts
var english = {
  usage: "Usage",
  examples: "Examples",
  optionsHead: "Options",
  commandsHead: "Commands",
  intro: "rollcall asks the Rollcall of your team for a change as you would in Slack: same rules, locks and approvals, same message in the channel.",
  environmentHead: "Environment",
  environment: {
    ROLLCALL_URL: "address of the door, https://rollcall.example.com",
    ROLLCALL_TOKEN: "an OIDC token of the job, or a token of `rollcall token create`"
  },
  exitHead: "Exit codes",
  exit: "0 succeeded (without --wait: recorded) · 1 rolled back or failed clean · 2 wrong use · 3 refused · 4 needs attention · 5 cancelled · 6 still going at the time-out · 7 not reached or not known",
  more: "`rollcall help <command>` explains one.",
  commands: {
    deploy: "Replaces the fleet with a version, step by step, with a way back.",
    "update-image": "Moves the launch template to the newest image.",
    rollback: "Takes the fleet back to what it served before its last deploy.",
    scale: "Sets the sizes of the group now and waits until every instance is healthy.",
    schedule: "Schedules a scale-out for a live event, once or again and again.",
    cancel: "Stops what runs at the next safe point.",
    lock: "Holds back every change of a service; rollbacks still pass.",
    unlock: "Clears the lock on a service.",
    status: "What serves, how healthy it is, what runs, who holds a lock.",
    show: "One operation; with --wait until its end.",
    history: "What was done lately.",
    "audit export": "The record as JSON lines, or as a table for people.",
    "audit verify": "Recomputes the chain of a part of the record, and names the first line that differs.",
    "webhooks list": "Who is told of what by HTTP, whether they take it, and the newest attempts.",
    "webhooks replay": "Sends again what a webhook did not take, at once.",
    "token create": "Makes a token for a machine that has no OIDC, and the line of the catalogue for it."
  },
  options: {
    wait: "wait for the ending; the exit code says which it was",
    timeout: "give up waiting after so long (60m); the operation goes on",
    json: "one JSON object a line",
    "cancel-on-interrupt": "an interrupt (Ctrl-C, a cancelled job) cancels the operation",
    "idempotency-key": "the same key again is the same operation (else a random one a call)",
    url: "address of the door, instead of ROLLCALL_URL",
    help: "this text",
    "dry-run": "show the plan, change nothing",
    reason: "why; shown with the operation",
    override: "why a closed window is overridden; somebody else has to agree",
    "wait-for-window": "where a window is closed, wait in line until it opens",
    strategy: "how the fleet is replaced, for once",
    weights: "shares of the traffic, one after the other, for canary",
    from: "bake from this instance, or use this image",
    standby: "what a refresh does with instances in Standby",
    desired: "desired capacity",
    min: "minimum capacity",
    max: "maximum capacity",
    "after-cooldown": "wait for the group's cooldown first",
    "security-groups-by-id": "give security groups that the template names by their ids",
    name: "what people call the event",
    every: "weekday, daily, mon,wed,fri or cron",
    for: "how long the lock holds",
    head: "where the record ended by a head that was kept elsewhere; proves the last lines, too",
    since: "from then on",
    until: "up to then",
    csv: "a table for people, which proves nothing",
    limit: "how many at the most (20)",
    expires: "when the token ends: in a year at the latest, and unless said"
  },
  states: {
    planning: "is planned",
    awaiting_confirmation: "waits for a confirmation",
    awaiting_approval: "waits for an approval in the channel",
    queued: "waits in line",
    running: "runs",
    held: "is held",
    finishing: "finishes",
    returning: "goes back",
    ended: "has ended"
  },
  endings: {
    succeeded: "succeeded",
    rolled_back: "rolled back",
    failed_clean: "failed clean: nothing left changed",
    needs_attention: "needs attention",
    refused: "refused",
    cancelled: "cancelled"
  },
  missing: (what) => `${what} is missing.`,
  badValue: (what, value, allowed) => `${what}: "${value}" will not do. It takes ${allowed}.`,
  extra: (word) => `"${word}" is one word too many. A text of several words stands in quotes.`,
  unknownCommand: (word, near) => near === void 0 ? `There is no command "${word}". \`rollcall help\` lists them.` : `There is no command "${word}". Did you mean "${near}"?`,
  unknownOption: (word, near) => near === void 0 ? `There is no option ${word} here.` : `There is no option ${word} here. Did you mean ${near}?`,
  noValue: (what, allowed) => `${what} wants a value: ${allowed}.`,
  flagWithValue: (what) => `${what} takes no value.`,
  tokenInSight: "A token is never given in the line, where others on the machine can read it: set ROLLCALL_TOKEN.",
  timeoutWithoutWait: "--timeout belongs to --wait.",
  noUrl: "ROLLCALL_URL is missing: the address of the door, for example https://rollcall.example.com.",
  badUrl: (value) => `ROLLCALL_URL: "${value}" is no address. It takes http://… or https://…, without user and password.`,
  noToken: "ROLLCALL_TOKEN is missing: an OIDC token of the job, or one that `rollcall token create` made.",
  badToken: "ROLLCALL_TOKEN holds signs that no token has: a line break or a space, perhaps.",
  inTheClear: (host) => `The token travels to ${host} unencrypted: prefer https://.`,
  again: (why, wait) => `Not answered (${why}); again in ${wait}.`,
  notReached: (url, why) => `${url} was not reached: ${why}.`,
  notADoor: (url, why) => `What answers at ${url} is no door of Rollcall (${why}): check ROLLCALL_URL.`,
  unsure: (key) => `Whether it was recorded is not known. The same line with --idempotency-key ${key} asks for the same operation.`,
  notKnown: (detail) => `Not let in: ${detail} Check ROLLCALL_TOKEN.`,
  refused: (detail) => `Refused: ${detail}`,
  wrongUse: (detail) => `Not understood: ${detail}`,
  lost: (id) => `${id} goes on, unless it has ended meanwhile: \`rollcall show ${id} --wait\` follows it.`,
  recorded: (id, state) => `${id} is recorded and ${state}.`,
  followed: (url) => `Followed at ${url}`,
  stillGoing: (id, timeout) => `${id} is still going after ${timeout}. \`rollcall show ${id} --wait\` follows it, \`rollcall cancel ${id}\` stops it.`,
  leftRunning: (id) => `${id} goes on. \`rollcall show ${id} --wait\` follows it, \`rollcall cancel ${id}\` stops it.`,
  cancelling: (id) => `${id} is asked to stop at the next safe point. Interrupt again to leave.`,
  cancelFailed: (id, why) => `${id} could not be cancelled: ${why}`,
  left: (what) => `Left: ${what}`,
  warning: (what) => `Note: ${what}`,
  nothing: "Nothing to show.",
  noWebhooks: "rollcall.yaml has no webhooks.",
  webhookStates: {
    well: "takes what it is sent",
    failing: "takes nothing now",
    off: "is off: it answered 410"
  },
  webhookWaits: (waiting2, notTaken) => `${waiting2} waiting, ${notTaken} not taken`,
  webhookAgain: (at) => `again at ${at}`,
  webhookOutcomes: {
    delivered: "delivered",
    failed: "failed",
    refused: "refused",
    gone: "wants no more"
  },
  webhookTry: (tries) => `attempt ${tries}`,
  webhookNotTaken: "not taken",
  done: "Done.",
  exported: (lines, head) => `${lines} ${lines === 1 ? "line" : "lines"}. The record ends at ${head} now: keep that elsewhere.`,
  verified: (lines, first, head) => `Unaltered: ${lines} ${lines === 1 ? "line" : "lines"} from number ${first} on. The chain ends at ${head}.`,
  headMissing: "That the last line is as it was proves only a head that was kept elsewhere: --head. The log of the worker has one each hour.",
  headsAgree: (count2) => count2 === 1 ? "It agrees with the head that was given." : `It agrees with all ${count2} heads that were kept.`,
  headDiffers: (given) => `ALTERED: the record does not hold the head that was given, ${given}. Lines were altered or taken away.`,
  headNotInside: (given) => `The head that was given, ${given}, is of a line that this file does not have.`,
  alteredBefore: (line) => `ALTERED: line ${line} does not fit to the one before it: line ${line - 1} was altered, or lines were put in or taken away there.`,
  outOfOrder: (line) => `ALTERED: at line ${line} lines are missing, doubled or out of order.`,
  notALine: (line) => `Line ${line} is no line of the record. A table (CSV) cannot be verified, only JSON lines.`,
  otherSchema: (line) => `Line ${line} is of another version of the record than this program knows.`,
  emptyFile: "There is no line in it.",
  notRead: (file, why) => `${file} cannot be read: ${why}.`,
  token: (name) => `Token for ${name}, shown this once. Keep it where your pipeline keeps secrets:`,
  tokenLine: "For the catalogue, under `machines:`:",
  tokenRotation: "A machine may have two tokens at once: add the new one, move the pipeline, take the old one out.",
  badExpiry: (value) => `--expires: "${value}" will not do. It takes 90d or a date, a year ahead at most.`
};

// src/messages/text/josa.ts
var pairs = {
  은는: ["은", "는", "은(는)"],
  이가: ["이", "가", "이(가)"],
  을를: ["을", "를", "을(를)"],
  과와: ["과", "와", "와(과)"],
  으로: ["으로", "로", "(으)로"]
};
var digits = [
  "consonant",
  "rieul",
  "vowel",
  "consonant",
  "vowel",
  "vowel",
  "consonant",
  "rieul",
  "rieul",
  "vowel"
];
function latin(word) {
  const tail = word.slice(-2);
  const last = word.slice(-1).toLowerCase();
  if (/^[A-Z]{1,2}$/.test(tail))
    return /[MN]$/.test(tail) ? "consonant" : /[LR]$/.test(tail) ? "rieul" : "vowel";
  if (last === "l") return "rieul";
  if (/[mnb]$/i.test(word) || /ng$/i.test(word) || /[aeiou][pkt]$/i.test(word)) return "consonant";
  if (/[sdfhrxzjvaiouyw]$/i.test(word) || /[^aeiou][pkt]$/i.test(word)) return "vowel";
  return "unsure";
}
function ending(word) {
  const end = /[\p{L}\p{N}]+(?=[^\p{L}\p{N}]*$)/u.exec(word)?.[0];
  if (end === void 0) return "unsure";
  const last = end.slice(-1);
  const syllable = last.charCodeAt(0) - 44032;
  if (syllable >= 0 && syllable < 11172) {
    const final = syllable % 28;
    return final === 0 ? "vowel" : final === 8 ? "rieul" : "consonant";
  }
  if (/\d/.test(last)) return digits[Number(last)] ?? "unsure";
  return /[a-z]/i.test(last) ? latin(/[a-z]+$/i.exec(end)?.[0] ?? last) : "unsure";
}
function josa(word, pair) {
  const [consonant, vowel, either] = pairs[pair];
  const end = ending(String(word));
  if (end === "unsure") return either;
  if (end === "rieul") return pair === "으로" ? vowel : consonant;
  return end === "consonant" ? consonant : vowel;
}

// src/cli/copy/copy.ko.ts
var korean = {
  usage: "사용법",
  examples: "예",
  optionsHead: "옵션",
  commandsHead: "명령",
  intro: "Slack에서 하듯이 Rollcall에 변경을 요청합니다. 규칙, 잠금, 승인이 그대로 적용되고 채널에도 같은 메시지가 올라갑니다.",
  environmentHead: "환경 변수",
  environment: {
    ROLLCALL_URL: "API 주소, https://rollcall.example.com",
    ROLLCALL_TOKEN: "작업의 OIDC 토큰 또는 `rollcall token create`로 만든 토큰"
  },
  exitHead: "종료 코드",
  exit: "0 성공(--wait 없이는 접수됨) · 1 되돌려졌거나 변경 없이 실패 · 2 잘못된 사용 · 3 거절 · 4 확인 필요 · 5 취소 · 6 제한 시간까지 진행 중 · 7 연결되지 않거나 알 수 없음",
  more: "`rollcall help <명령>`으로 자세히 볼 수 있습니다.",
  commands: {
    deploy: "인스턴스를 새 버전으로 차례로 교체합니다. 언제든 되돌릴 수 있습니다.",
    "update-image": "시작 템플릿을 최신 이미지로 바꿉니다.",
    rollback: "마지막 배포 이전 버전으로 되돌립니다.",
    scale: "그룹의 용량을 지금 바꾸고 모든 인스턴스가 정상이 될 때까지 확인합니다.",
    schedule: "라이브 이벤트를 위한 용량 확대를 한 번 또는 반복 일정으로 등록합니다.",
    cancel: "진행 중인 작업을 다음 안전 지점에서 멈춥니다.",
    lock: "서비스 변경을 막습니다. 되돌리기는 막지 않습니다.",
    unlock: "서비스의 잠금을 해제합니다.",
    status: "제공 중인 버전, 상태, 진행 중인 작업, 잠금을 보여 줍니다.",
    show: "작업 하나를 보여 줍니다. --wait를 주면 끝날 때까지 기다립니다.",
    history: "최근에 한 일을 보여 줍니다.",
    "audit export": "감사 기록을 JSON 줄로, 또는 사람이 볼 표로 내보냅니다.",
    "audit verify": "감사 기록 파일의 해시 체인을 다시 계산해, 처음으로 어긋나는 줄을 알려 줍니다.",
    "webhooks list": "웹훅 수신 측과 전송 상태, 최근 전송 시도를 보여 줍니다.",
    "webhooks replay": "웹훅이 받지 못한 이벤트를 바로 다시 전송합니다.",
    "token create": "OIDC를 쓸 수 없는 시스템을 위한 토큰과 카탈로그에 넣을 줄을 만듭니다."
  },
  options: {
    wait: "끝날 때까지 기다립니다. 결과는 종료 코드로 알 수 있습니다",
    timeout: "이 시간이 지나면 기다리기를 멈춥니다(60m). 작업은 계속됩니다",
    json: "한 줄에 JSON 객체 하나",
    "cancel-on-interrupt": "중단 신호(Ctrl-C, 작업 취소)를 받으면 작업도 취소합니다",
    "idempotency-key": "같은 키는 같은 작업입니다(없으면 매번 새로 만듭니다)",
    url: "ROLLCALL_URL 대신 쓸 API 주소",
    help: "이 도움말",
    "dry-run": "계획만 보여 주고 아무것도 바꾸지 않습니다",
    reason: "이유. 작업과 함께 표시됩니다",
    override: "변경 금지 기간인데도 진행하는 이유. 다른 사람의 동의가 필요합니다",
    "wait-for-window": "변경 금지 기간이면 끝날 때까지 순서를 기다립니다",
    strategy: "이번에만 쓸 교체 방식",
    weights: "canary에서 차례로 옮길 트래픽 비율",
    from: "이 인스턴스로 이미지를 만들거나 이 이미지를 씁니다",
    standby: "교체할 때 Standby 인스턴스를 어떻게 할지",
    desired: "원하는 용량",
    min: "최소 용량",
    max: "최대 용량",
    "after-cooldown": "그룹의 휴지 기간이 끝난 뒤에 시작합니다",
    "security-groups-by-id": "템플릿이 이름으로 가리키는 보안 그룹을 ID로 바꿉니다",
    name: "이벤트 이름",
    every: "weekday, daily, mon,wed,fri 또는 cron",
    for: "잠금이 유지되는 시간",
    head: "다른 곳에 보관해 둔 체인의 끝. 마지막 줄까지 확인합니다",
    since: "이때부터",
    until: "이때까지",
    csv: "사람이 볼 표. 증거로는 쓸 수 없습니다",
    limit: "최대 몇 건(20)",
    expires: "토큰 만료 시점. 지정하지 않으면 1년이며, 1년을 넘을 수 없습니다"
  },
  states: {
    planning: "계획 중",
    awaiting_confirmation: "확인을 기다리는 중",
    awaiting_approval: "채널에서 승인을 기다리는 중",
    queued: "순서를 기다리는 중",
    running: "진행 중",
    held: "멈춰 있음",
    finishing: "마무리 중",
    returning: "되돌리는 중",
    ended: "끝남"
  },
  endings: {
    succeeded: "성공",
    rolled_back: "되돌려짐",
    failed_clean: "실패, 바뀐 것 없음",
    needs_attention: "확인 필요",
    refused: "거절됨",
    cancelled: "취소됨"
  },
  missing: (what) => `필요한 값이 빠졌습니다: ${what}`,
  badValue: (what, value, allowed) => `${what}: "${value}"${josa(value, "은는")} 쓸 수 없습니다. ${allowed} 형식이어야 합니다.`,
  extra: (word) => `"${word}"${josa(word, "은는")} 불필요한 단어입니다. 여러 단어로 된 글은 따옴표로 묶어 주세요.`,
  unknownCommand: (word, near) => near === void 0 ? `"${word}" 명령은 없습니다. \`rollcall help\`로 목록을 볼 수 있습니다.` : `"${word}" 명령은 없습니다. "${near}"${josa(near, "을를")} 찾으셨나요?`,
  unknownOption: (word, near) => near === void 0 ? `${word} 옵션은 여기서 쓸 수 없습니다.` : `${word} 옵션은 여기서 쓸 수 없습니다. ${near}${josa(near, "을를")} 찾으셨나요?`,
  noValue: (what, allowed) => `${what}에는 값이 필요합니다: ${allowed}`,
  flagWithValue: (what) => `${what}에는 값을 줄 수 없습니다.`,
  tokenInSight: "명령줄의 토큰은 다른 사용자가 볼 수 있습니다. ROLLCALL_TOKEN 환경 변수로 지정해 주세요.",
  timeoutWithoutWait: "--timeout은 --wait와 함께 써야 합니다.",
  noUrl: "ROLLCALL_URL이 필요합니다. API 주소입니다. 예: https://rollcall.example.com",
  badUrl: (value) => `ROLLCALL_URL: "${value}"${josa(value, "은는")} 주소가 아닙니다. 사용자 이름과 암호가 없는 http://… 또는 https://… 주소여야 합니다.`,
  noToken: "ROLLCALL_TOKEN이 필요합니다. 작업의 OIDC 토큰이나 `rollcall token create`로 만든 토큰입니다.",
  badToken: "ROLLCALL_TOKEN에 토큰에 쓸 수 없는 문자가 있습니다. 줄바꿈이나 공백이 들어갔는지 확인해 주세요.",
  inTheClear: (host) => `토큰이 암호화되지 않은 채 ${host}${josa(host, "으로")} 전송됩니다. https://를 쓰는 것이 좋습니다.`,
  again: (why, wait) => `응답이 없습니다(${why}). ${wait} 뒤에 다시 시도합니다.`,
  notReached: (url, why) => `${url}에 연결하지 못했습니다: ${why}`,
  notADoor: (url, why) => `${url}${josa(url, "은는")} Rollcall API가 아닙니다(${why}). ROLLCALL_URL을 확인해 주세요.`,
  unsure: (key) => `접수되었는지 알 수 없습니다. 같은 명령을 --idempotency-key ${key} 옵션과 함께 실행하면 같은 작업으로 처리됩니다.`,
  notKnown: (detail) => `인증되지 않았습니다: ${detail} ROLLCALL_TOKEN을 확인해 주세요.`,
  refused: (detail) => `거절되었습니다: ${detail}`,
  wrongUse: (detail) => `이해하지 못했습니다: ${detail}`,
  lost: (id) => `그사이 끝나지 않았다면 ${id} 작업은 계속됩니다. \`rollcall show ${id} --wait\`로 확인할 수 있습니다.`,
  recorded: (id, state) => `${id} 작업이 접수되었습니다(${state}).`,
  followed: (url) => `진행 상황: ${url}`,
  stillGoing: (id, timeout) => `${timeout}이 지났지만 ${id} 작업이 아직 진행 중입니다. \`rollcall show ${id} --wait\`로 확인하고 \`rollcall cancel ${id}\`로 멈출 수 있습니다.`,
  leftRunning: (id) => `${id} 작업은 계속됩니다. \`rollcall show ${id} --wait\`로 확인하고 \`rollcall cancel ${id}\`로 멈출 수 있습니다.`,
  cancelling: (id) => `${id} 작업을 다음 안전 지점에서 멈추도록 요청했습니다. 기다리지 않으려면 한 번 더 중단하세요.`,
  cancelFailed: (id, why) => `${id} 작업을 취소하지 못했습니다: ${why}`,
  left: (what) => `남은 것: ${what}`,
  warning: (what) => `참고: ${what}`,
  noWebhooks: "rollcall.yaml에 웹훅이 없습니다.",
  webhookStates: {
    well: "정상 수신 중",
    failing: "현재 수신하지 못함",
    off: "중단됨(410 응답)"
  },
  webhookWaits: (waiting2, notTaken) => `대기 ${waiting2}건, 미수신 ${notTaken}건`,
  webhookAgain: (at) => `다음 시도 ${at}`,
  webhookOutcomes: {
    delivered: "전송됨",
    failed: "실패",
    refused: "거부됨",
    gone: "수신 중단"
  },
  webhookTry: (tries) => `${tries}번째 시도`,
  webhookNotTaken: "미수신",
  nothing: "표시할 것이 없습니다.",
  done: "완료했습니다.",
  exported: (lines, head) => `${lines}줄. 지금 체인의 끝은 ${head}입니다. 다른 곳에 보관해 주세요.`,
  verified: (lines, first, head) => `변조되지 않았습니다. ${first}번부터 ${lines}줄, 체인의 끝은 ${head}입니다.`,
  headMissing: "마지막 줄은 다른 곳에 보관해 둔 체인의 끝(--head)과 비교해야 확인됩니다. 워커 로그에 한 시간마다 남습니다.",
  headsAgree: (count2) => count2 === 1 ? "지정한 체인의 끝과 일치합니다." : `보관된 체인의 끝 ${count2}개와 모두 일치합니다.`,
  headDiffers: (given) => `변조됨: 지정한 체인의 끝 ${given}과 다릅니다. 줄이 바뀌었거나 삭제되었습니다.`,
  headNotInside: (given) => `지정한 체인의 끝 ${given}에 해당하는 줄이 이 파일에 없습니다.`,
  alteredBefore: (line) => `변조됨: ${line}번째 줄이 앞줄과 이어지지 않습니다. ${line - 1}번째 줄이 바뀌었거나 그 자리에 줄이 추가 또는 삭제되었습니다.`,
  outOfOrder: (line) => `변조됨: ${line}번째 줄에서 줄이 빠졌거나 겹쳤거나 순서가 바뀌었습니다.`,
  notALine: (line) => `${line}번째 줄은 감사 기록이 아닙니다. CSV는 확인할 수 없고 JSON 줄 파일만 확인할 수 있습니다.`,
  otherSchema: (line) => `${line}번째 줄은 이 프로그램이 모르는 버전의 감사 기록입니다.`,
  emptyFile: "파일에 줄이 없습니다.",
  notRead: (file, why) => `${file}${josa(file, "을를")} 읽을 수 없습니다: ${why}`,
  token: (name) => `${name}의 토큰입니다. 지금 한 번만 표시됩니다. 파이프라인의 비밀 저장소에 보관해 주세요.`,
  tokenLine: "카탈로그의 `machines:` 아래에 넣을 줄입니다.",
  tokenRotation: "시스템마다 토큰을 두 개까지 둘 수 있습니다. 새 토큰을 추가하고, 파이프라인을 바꾼 다음, 이전 토큰을 지우세요.",
  badExpiry: (value) => `--expires: "${value}"${josa(value, "은는")} 쓸 수 없습니다. 90d 같은 기간이나 1년 이내의 날짜여야 합니다.`
};

// src/cli/copy/copy.ts
var languageOf = (environment) => {
  const said = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return /^ko(?![a-z])/i.test(said) ? { code: "ko", copy: korean } : { code: "en", copy: english };
};

// src/cli/door/json.ts
var isFields = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
var textIn = (fields, name) => {
  const value = fields[name];
  return typeof value === "string" && value !== "" ? value : void 0;
};
var textsIn = (fields, name) => {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
};
var listIn = (fields, name) => {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : void 0;
};
var fieldsIn = (fields, name) => {
  const value = fields[name];
  return isFields(value) ? value : void 0;
};

// src/domain/defined.ts
var defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== void 0));

// src/cli/door/operation.ts
var readOperation = (fields) => {
  if (!isFields(fields)) return void 0;
  const id = textIn(fields, "id");
  const state = textIn(fields, "state");
  if (id === void 0 || state === void 0) return void 0;
  return {
    id,
    state,
    left: textsIn(fields, "left"),
    warnings: textsIn(fields, "warnings"),
    tasks: (listIn(fields, "progress") ?? []).map(taskOf),
    whole: withoutToken(fields),
    ...defined({
      ending: textIn(fields, "ending"),
      code: textIn(fields, "code"),
      says: textIn(fields, "says"),
      url: textIn(fields, "url")
    })
  };
};
var taskOf = (fields) => ({
  title: textIn(fields, "title") ?? textIn(fields, "task") ?? "",
  state: textIn(fields, "state") ?? "",
  ...defined({ detail: textIn(fields, "detail") })
});
var readTokenIn = (answer) => isFields(answer) ? textIn(answer, "readToken") : void 0;
var withoutToken = (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => name !== "readToken"));

// src/cli/exit-code.ts
var exitCode = {
  succeeded: 0,
  failed: 1,
  wrongUse: 2,
  refused: 3,
  needsAttention: 4,
  cancelled: 5,
  stillGoing: 6,
  notReached: 7
};
var ofEnding = {
  succeeded: exitCode.succeeded,
  rolled_back: exitCode.failed,
  failed_clean: exitCode.failed,
  needs_attention: exitCode.needsAttention,
  refused: exitCode.refused,
  cancelled: exitCode.cancelled
};
var exitOfEnding = (ending2) => Object.hasOwn(ofEnding, ending2) ? ofEnding[ending2] : exitCode.notReached;
var exitOfStatus = (status, asked) => {
  if (status === 403 || status === 409 || status === 423) return exitCode.refused;
  if (status === 404 && asked === "read") return exitCode.notReached;
  if (status === 400 || status === 404 || status === 405 || status === 413 || status === 415 || status === 422)
    return exitCode.wrongUse;
  return exitCode.notReached;
};

// src/cli/arguments/read.ts
import { parseArgs } from "node:util";

// src/domain/interaction/nearest.ts
function distance(from, to) {
  const a = Array.from(from);
  const b = Array.from(to);
  let twoAgo = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (twoAgo[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    twoAgo = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
var tolerance = (length) => length < 3 ? 0 : length < 6 ? 1 : length < 9 ? 2 : 3;
var plain = (word) => word.normalize("NFD").toLowerCase();
function nearest(word, known) {
  const typed = plain(word);
  if (typed.length > 64) return void 0;
  let best;
  const begun = [];
  for (const candidate of known) {
    const whole = plain(candidate);
    if (typed.length >= 2 && whole.startsWith(typed)) begun.push(candidate);
    const limit = Math.min(tolerance(Math.max(typed.length, whole.length)), (best?.edits ?? 4) - 1);
    if (Math.abs(typed.length - whole.length) > limit) continue;
    const edits = distance(typed, whole);
    if (edits <= limit) best = { word: candidate, edits };
  }
  return best?.word ?? (begun.length === 1 ? begun[0] : void 0);
}

// src/domain/time/time.ts
var second = 1e3;
var minute = 60 * second;
var hour = 60 * minute;

// src/domain/time/duration.ts
var units = [
  [24 * hour, ["d", "day", "days", "일"]],
  [hour, ["h", "hr", "hrs", "hour", "hours", "시간"]],
  [minute, ["m", "min", "mins", "minute", "minutes", "분"]],
  [second, ["s", "sec", "secs", "second", "seconds", "초"]]
];
var unitOf = new Map(units.flatMap(([span, names]) => names.map((name) => [name, span])));
var part = /(\d{1,6}(?:\.\d{1,3})?)\s*([a-z]+|일|시간|분|초)/gy;
function parseDuration(text3) {
  const plain3 = text3.trim().toLowerCase();
  let total = 0;
  let end = 0;
  let last = Number.POSITIVE_INFINITY;
  part.lastIndex = 0;
  for (let match = part.exec(plain3); match; match = part.exec(plain3)) {
    const unit = unitOf.get(match[2] ?? "");
    if (unit === void 0 || unit >= last) return void 0;
    total += Number(match[1]) * unit;
    last = unit;
    end = part.lastIndex;
    while (plain3[end] === " ") end += 1;
    part.lastIndex = end;
  }
  return end > 0 && end === plain3.length ? Math.round(total) : void 0;
}
function writeDuration(span) {
  let remaining = Math.max(0, Math.round(span / second)) * second;
  let text3 = "";
  for (const [unit, [name]] of units) {
    const count2 = Math.floor(remaining / unit);
    if (count2 > 0) text3 += `${count2}${name}`;
    remaining -= count2 * unit;
  }
  return text3 || "0s";
}

// src/domain/operation/id.ts
var operationId = /^([a-z0-9][a-z0-9-]*)-[a-z0-9]{5}$/;
var isOperationId = (text3) => operationId.test(text3);

// src/cli/arguments/commands.ts
var count = { takes: "<count>", valid: (value) => /^\d{1,4}$/.test(value) };
var text = (most) => ({
  takes: '"…"',
  valid: (value) => value.trim() !== "" && value.trim().length <= most
});
var duration = {
  takes: "<duration: 90s, 30m, 2h>",
  valid: (value) => (parseDuration(value) ?? 0) > 0
};
var moment = {
  takes: "<duration: 30d|date: 2026-11-01>",
  valid: (value) => (parseDuration(value) ?? 0) > 0 || /^\d{4}-\d\d-\d\d(T\S+)?$/.test(value) && !Number.isNaN(Date.parse(value))
};
var options = {
  // how the answer is waited for and shown
  wait: {},
  timeout: duration,
  json: {},
  "cancel-on-interrupt": {},
  "idempotency-key": { takes: "<key>", valid: (value) => /^[\x21-\x7e]{1,200}$/.test(value) },
  url: { takes: "<address>", valid: (value) => /^https?:\/\//.test(value) && URL.canParse(value) },
  help: {},
  // what is asked for
  "dry-run": {},
  reason: text(300),
  override: text(300),
  "wait-for-window": {},
  strategy: { takes: "refresh|replace|surge|blue-green|canary" },
  weights: { takes: "10,50,100", valid: (value) => /^\d{1,3}(,\d{1,3})*$/.test(value) },
  from: { takes: "<instance|image>", valid: (value) => /^(i|ami)-[0-9a-f]+$/i.test(value) },
  standby: { takes: "ignore|terminate", valid: (value) => /^(ignore|terminate)$/.test(value) },
  desired: count,
  min: count,
  max: count,
  "after-cooldown": {},
  "security-groups-by-id": {},
  name: text(80),
  every: text(80),
  for: duration,
  // what is read
  since: moment,
  until: moment,
  csv: {},
  head: { takes: "<number>:<hash>", valid: (value) => /^\d+:[0-9a-f]{64}$/.test(value) },
  limit: { takes: "1–200", valid: (value) => Number(value) >= 1 && Number(value) <= 200 },
  expires: {
    takes: "<duration: 90d|date: 2027-06-01>",
    valid: (value) => /^\d{4}-\d\d-\d\d$/.test(value) || (parseDuration(value) ?? 0) > 0
  }
};
var waiting = ["wait", "timeout", "json", "cancel-on-interrupt", "url"];
var changing = [...waiting, "idempotency-key", "reason", "dry-run", "override", "wait-for-window"];
var reading = ["json", "url"];
var serviceName = /^[a-z0-9][a-z0-9-]*$/;
var missing = (what) => ({ wrong: "missing", what });
var badService = (value) => ({ wrong: "value", what: "service", value, allowed: "web" });
var numberOf = (value) => typeof value === "string" ? Number(value) : void 0;
var textOf = (value) => typeof value === "string" ? value.trim() : void 0;
var change = (action, service, values, more = {}) => {
  if (service === void 0) return missing("service");
  if (service !== "*" && !serviceName.test(service)) return badService(service);
  return {
    kind: "change",
    body: {
      action,
      service,
      ...more,
      reason: textOf(values.reason),
      dryRun: values["dry-run"],
      override: textOf(values.override),
      waitForWindow: values["wait-for-window"]
    }
  };
};
var sizes = (values) => ({
  desired: numberOf(values.desired),
  min: numberOf(values.min),
  max: numberOf(values.max)
});
var commands = {
  deploy: {
    usage: "deploy <service> <version>",
    words: 2,
    options: [...changing, "strategy", "weights", "from", "standby"],
    read: ([service, version], values) => service !== void 0 && version === void 0 ? missing("version") : change("deploy", service, values, {
      version,
      strategy: values.strategy,
      weights: textOf(values.weights)?.split(",").map(Number),
      from: values.from,
      standby: values.standby
    })
  },
  "update-image": {
    usage: "update-image <service>",
    words: 1,
    options: [...changing, "security-groups-by-id"],
    read: ([service], values) => change("update-image", service, values, { securityGroupsById: values["security-groups-by-id"] })
  },
  rollback: {
    usage: "rollback <service> [<operation>]",
    words: 2,
    options: changing,
    read: ([service, operation], values) => operation !== void 0 && !isOperationId(operation) ? { wrong: "value", what: "operation", value: operation, allowed: `${service ?? "web"}-k7f3q` } : change("rollback", service, values, { operation })
  },
  scale: {
    usage: "scale <service> <count>",
    words: 2,
    options: [...changing, "desired", "min", "max", "after-cooldown"],
    read([service, bare], values) {
      if (bare !== void 0 && (!/^\d{1,4}$/.test(bare) || values.desired !== void 0))
        return { wrong: "value", what: "desired", value: bare, allowed: "4" };
      const desired = numberOf(bare ?? values.desired);
      if (service !== void 0 && desired === void 0) return missing("count");
      return change("scale", service, values, {
        ...sizes(values),
        desired,
        afterCooldown: values["after-cooldown"]
      });
    }
  },
  schedule: {
    usage: "schedule <service> <start> <duration|end> --desired <count>",
    options: [...changing, "desired", "min", "max", "name", "every"],
    read([service, ...when], values) {
      if (service !== void 0 && when.length === 0) return missing("start");
      if (service !== void 0 && values.desired === void 0) return missing("--desired");
      return change("schedule", service, values, {
        when: when.join(" "),
        ...sizes(values),
        name: textOf(values.name),
        every: textOf(values.every)
      });
    }
  },
  cancel: {
    usage: "cancel <service|operation>",
    words: 1,
    options: [...waiting, "idempotency-key"],
    read: ([target]) => target === void 0 ? missing("service|operation") : isOperationId(target) ? { kind: "change", body: { action: "cancel", operation: target } } : change("cancel", target, {})
  },
  lock: {
    usage: 'lock <service|*> "<reason>"',
    words: 2,
    options: ["json", "url", "idempotency-key", "reason", "for"],
    read([service, word], values) {
      if (word !== void 0 && values.reason !== void 0) return { wrong: "extra", word };
      const reason = word ?? textOf(values.reason);
      if (service !== void 0 && (reason === void 0 || reason === "")) return missing("reason");
      return change("lock", service, { ...values, ...reason && { reason } }, { for: values.for });
    }
  },
  unlock: {
    usage: "unlock <service|*>",
    words: 1,
    options: ["json", "url", "idempotency-key"],
    read: ([service], values) => change("unlock", service, values)
  },
  status: {
    usage: "status [<service>]",
    words: 1,
    options: reading,
    read: ([service]) => service !== void 0 && !serviceName.test(service) ? badService(service) : { kind: "status", ...service !== void 0 && { service } }
  },
  show: {
    usage: "show <operation>",
    words: 1,
    options: waiting,
    read: ([operation]) => operation === void 0 ? missing("operation") : isOperationId(operation) ? { kind: "show", operation } : { wrong: "value", what: "operation", value: operation, allowed: "web-k7f3q" }
  },
  history: {
    usage: "history [<service>]",
    words: 1,
    options: [...reading, "limit"],
    read: ([service]) => service !== void 0 && !serviceName.test(service) ? badService(service) : { kind: "history", ...service !== void 0 && { service } }
  },
  "audit export": {
    usage: "audit export",
    words: 0,
    options: ["since", "until", "csv", "url"],
    read: () => ({ kind: "export" })
  },
  "audit verify": {
    usage: "audit verify <file or folder>",
    words: 1,
    options: ["head", "json"],
    read: ([file]) => file === void 0 ? missing("file") : { kind: "verify", file }
  },
  "webhooks list": {
    usage: "webhooks list",
    words: 0,
    options: reading,
    read: () => ({ kind: "webhooks" })
  },
  "webhooks replay": {
    usage: "webhooks replay <webhook>",
    words: 1,
    options: reading,
    read: ([webhook]) => webhook === void 0 ? missing("webhook") : /^[a-z0-9][a-z0-9.-]{0,62}$/.test(webhook) ? { kind: "replay", webhook } : { wrong: "value", what: "webhook", value: webhook, allowed: "hooks.example.com" }
  },
  "token create": {
    usage: "token create <name>",
    words: 1,
    options: ["expires", "json"],
    read: ([name]) => name === void 0 ? missing("name") : /^[a-z0-9][a-z0-9-]{0,40}$/.test(name) ? { kind: "token", name } : { wrong: "value", what: "name", value: name, allowed: "web-pipeline" }
  }
};

// src/cli/arguments/read.ts
var spec = options;
var isOption = (name) => Object.hasOwn(options, name);
var fromChat = (word) => {
  const name = /^([a-z-]+)=/.exec(word)?.[1];
  return name !== void 0 && isOption(name) ? `--${word}` : word;
};
var inTwoWords = /* @__PURE__ */ new Set(["token", "audit", "webhooks"]);
var readLine = (given) => {
  const end = given.includes("--") ? given.indexOf("--") : given.length;
  const words = given.map((word, at) => at < end ? fromChat(word) : word);
  const { tokens } = parseArgs({
    args: words,
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        Object.entries(spec).map(([name, { takes }]) => [
          name,
          { type: takes === void 0 ? "boolean" : "string" }
        ])
      ),
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" }
    }
  });
  const positionals = tokens.flatMap((token) => token.kind === "positional" ? [token.value] : []);
  const [first, second2] = positionals;
  const named = first !== void 0 && inTwoWords.has(first) ? `${first} ${second2 ?? ""}`.trim() : first;
  const rest = positionals.slice(named === first ? 1 : 2);
  const given_ = tokens.flatMap((token) => token.kind === "option" ? [token] : []);
  if (first === "help")
    return { kind: "help", ...second2 !== void 0 && { topic: positionals.slice(1).join(" ") } };
  if (given_.some(({ name }) => name === "help") || first === void 0)
    return given_.some(({ name }) => name === "version") ? { kind: "version" } : { kind: "help", ...named !== void 0 && { topic: named } };
  const command = named !== void 0 && Object.hasOwn(commands, named) ? commands[named] : void 0;
  if (!command || named === void 0) {
    const near = nearest(named ?? first, Object.keys(commands));
    return { kind: "wrong", wrong: { wrong: "command", word: named ?? first, ...near && { near } } };
  }
  const wrong = (why) => ({ kind: "wrong", command: named, wrong: why });
  const values = {};
  for (const { name, rawName, value, inlineValue } of given_) {
    if (name === "token") return wrong({ wrong: "token in sight" });
    if (!isOption(name) || !command.options.includes(name)) {
      const near = nearest(name, command.options);
      return wrong({ wrong: "option", word: rawName, ...near && { near: `--${near}` } });
    }
    const { takes, valid } = spec[name];
    if (takes === void 0) {
      if (value !== void 0) return wrong({ wrong: "flag", what: rawName });
      values[name] = true;
      continue;
    }
    if (value === void 0 || !inlineValue && value.startsWith("-"))
      return wrong({ wrong: "no value", what: rawName, allowed: takes });
    if (valid && !valid(value)) return wrong({ wrong: "value", what: rawName, value, allowed: takes });
    values[name] = value;
  }
  if (values["timeout"] !== void 0 && values["wait"] === void 0)
    return wrong({ wrong: "timeout without wait" });
  const extra = command.words === void 0 ? void 0 : rest[command.words];
  if (extra !== void 0) return wrong({ wrong: "extra", word: extra });
  const wish = command.read(rest, values);
  return "wrong" in wish ? wrong(wish) : { kind: "wish", command: named, wish, values };
};

// src/domain/record/csv.ts
var columns = [
  "sequence",
  "at",
  "kind",
  "service",
  "operation",
  "by",
  "action",
  "version",
  "before",
  "reason",
  "approved by",
  "ending",
  "code",
  "left",
  "created at",
  "started at"
];
var byteOrderMark = "\uFEFF";
var cell = (value) => {
  const text3 = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  const safe = /^[=+\-@\t\r]/.test(text3) ? `'${text3}` : text3;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
var recordCsv = (lines) => `${byteOrderMark}${[columns.map(cell), ...lines.map(rowOf)].map((cells) => `${cells.join(",")}\r
`).join("")}`;
var rowOf = (line) => {
  const entry = asObject(JSON.parse(line));
  const request = asObject(entry["request"]);
  const plan = asObject(entry["plan"]);
  const said = Array.isArray(entry["said"]) ? entry["said"].map(asObject) : [];
  const left = Array.isArray(entry["left"]) ? entry["left"].map(asObject) : [];
  const values = {
    sequence: entry["sequence"],
    at: entry["at"],
    kind: entry["kind"],
    service: entry["service"],
    operation: entry["operation"],
    by: asObject(entry["by"])["user"],
    action: request["procedure"],
    version: plan["version"] ?? request["version"],
    before: plan["before"],
    reason: entry["reason"],
    "approved by": said.filter(({ kind }) => kind === "approve").map(({ by }) => String(by)).join(" "),
    ending: entry["ending"],
    code: entry["code"],
    left: left.map(({ code }) => String(code)).join(" "),
    "created at": entry["createdAt"],
    "started at": entry["startedAt"]
  };
  return columns.map((column) => cell(values[column]));
};
var asObject = (value) => typeof value === "object" && value !== null ? value : {};

// src/cli/door/client.ts
var passing = /* @__PURE__ */ new Set([429, 500, 502, 503, 504]);
var inProgress = "key_in_progress";
var firstPause = 500;
var longestPause = 15e3;
var longestRetryAfter = 6e4;
var doorClient = (base, language, surroundings) => ({
  async ask(question) {
    const { signal } = question;
    const until = surroundings.elapsed() + question.retryFor;
    for (let pause2 = firstPause; ; pause2 = Math.min(pause2 * 2, longestPause)) {
      const tried = await tryOnce(base, language, surroundings, question);
      if (signal.aborted) return { ok: false, interrupted: true };
      if ("answer" in tried || !tried.passing) return tried;
      const wait = tried.retryAfter ?? pause2 * (0.5 + surroundings.chance() / 2);
      if (surroundings.elapsed() + wait > until) return tried;
      question.again(tried.problem.detail, wait);
      await surroundings.sleep(wait, signal);
      if (signal.aborted) return { ok: false, interrupted: true };
    }
  }
});
var tryOnce = async (base, language, { fetch: fetch2 }, question) => {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), question.answerWithin);
  timer.unref();
  try {
    const response = await fetch2(`${base}/v1${question.path}`, {
      method: question.method,
      // A redirect would take the token to an address that nobody has named.
      redirect: "manual",
      signal: AbortSignal.any([question.signal, limit.signal]),
      headers: headersOf(question, language),
      ...question.body && { body: JSON.stringify(question.body) }
    });
    const text3 = await response.text();
    return readAnswer(response, text3);
  } catch (error) {
    const { code, detail, mayPass } = networkError(error, limit.signal.aborted);
    return { ok: false, problem: { code, detail }, passing: mayPass };
  } finally {
    clearTimeout(timer);
  }
};
var headersOf = ({ token, body, key, etag }, language) => ({
  accept: "application/json, application/problem+json",
  "accept-language": language,
  "user-agent": "rollcall-cli",
  ...token !== void 0 && { authorization: `Bearer ${token}` },
  ...body && { "content-type": "application/json" },
  // A structured field of the type String stands in quotes (RFC 8941, 3.3.3).
  ...key !== void 0 && { "idempotency-key": `"${key.replaceAll(/["\\]/g, "")}"` },
  ...etag !== void 0 && { "if-none-match": etag }
});
var readAnswer = (response, text3) => {
  const { status } = response;
  const body = parseJson(text3);
  const etag = response.headers.get("etag");
  if (response.ok || status === 304) {
    if (status !== 304 && body === void 0)
      return {
        ok: false,
        passing: false,
        problem: { status, code: "not_a_door", detail: `${status}, not JSON` }
      };
    return { ok: true, answer: { status, body, ...etag !== null && { etag } } };
  }
  const fields = isFields(body) ? body : void 0;
  const code = fields && textIn(fields, "code");
  const detail = fields && (textIn(fields, "detail") ?? textIn(fields, "title"));
  const location = response.headers.get("location");
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    ok: false,
    passing: passing.has(status) || code === inProgress,
    ...Number.isFinite(retryAfter) && { retryAfter: Math.min(retryAfter * 1e3, longestRetryAfter) },
    problem: {
      status,
      detail: detail ?? (location === null ? `HTTP ${status}` : `HTTP ${status} → ${location}`),
      ...code !== void 0 && { code },
      ...fields && { whole: fields }
    }
  };
};
var parseJson = (text3) => {
  try {
    const value = JSON.parse(text3);
    return value;
  } catch {
    return void 0;
  }
};
var ofCertificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;
var networkError = (error, late) => {
  if (late) return { code: "not_reached", detail: "no answer in time", mayPass: true };
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = isFields(cause) || cause instanceof Error ? textIn(cause, "code") : void 0;
  const message = cause instanceof Error ? cause.message : String(cause);
  return {
    code: "not_reached",
    detail: code !== void 0 && !message.includes(code) ? `${code}: ${message}` : message || (code ?? "fetch failed"),
    mayPass: !ofCertificate.test(code ?? "")
  };
};

// src/cli/session.ts
var sessionOf = (surroundings, { code, copy }, printer, values) => {
  const { environment } = surroundings;
  const given = (typeof values.url === "string" ? values.url : environment["ROLLCALL_URL"])?.trim();
  const token = environment["ROLLCALL_TOKEN"]?.trim();
  const wrong = (sentence) => {
    printer.note(sentence);
    printer.object({ code: "wrong_use", detail: sentence });
    return void 0;
  };
  if (!given) return wrong(copy.noUrl);
  const url = addressIn(given);
  if (!url) return wrong(copy.badUrl(given.replace(/\/\/[^/]*@/, "//…@")));
  if (!token) return wrong(copy.noToken);
  if (!/^[\x21-\x7e]+$/.test(token)) return wrong(copy.badToken);
  if (url.protocol === "http:" && !isLoopback(url.hostname)) printer.note(copy.inTheClear(url.host));
  const base = `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\/v1$/, "")}`;
  return {
    surroundings,
    copy,
    printer,
    url: base,
    token,
    door: doorClient(base, code, surroundings),
    again: (why, pause2) => printer.note(copy.again(why, writeDuration(Math.max(1e3, pause2))))
  };
};
var addressIn = (text3) => {
  if (!URL.canParse(text3)) return void 0;
  const url = new URL(text3);
  const fits = /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  return fits ? url : void 0;
};
var isLoopback = (host) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);
var tellProblem = ({ copy, printer, url }, problem, asked) => {
  const { status, code, detail } = problem;
  printer.object(problem.whole ?? { code, detail, ...status !== void 0 && { status } });
  if (code === "not_a_door" || status !== void 0 && status >= 300 && status < 400) {
    printer.note(copy.notADoor(url, detail));
    return exitCode.notReached;
  }
  if (status === void 0) {
    printer.note(copy.notReached(url, detail));
    return exitCode.notReached;
  }
  const exit = exitOfStatus(status, asked);
  const says = code === void 0 ? detail : `${detail} (${code})`;
  printer.note(
    status === 401 ? copy.notKnown(says) : exit === exitCode.refused ? copy.refused(says) : exit === exitCode.wrongUse ? copy.wrongUse(says) : copy.notReached(url, says)
  );
  for (const line of pointersIn(problem)) printer.note(line);
  return exit;
};
var pointersIn = ({ whole }) => {
  const errors = whole?.["errors"];
  if (!Array.isArray(errors)) return [];
  return errors.flatMap(
    (error) => typeof error === "object" && error !== null && "detail" in error && typeof error.detail === "string" ? [
      `  ${"pointer" in error && typeof error.pointer === "string" ? `${error.pointer}: ` : ""}${error.detail}`
    ] : []
  );
};

// src/cli/audit-export.ts
var page = 1e3;
var auditExport = async (session, values) => {
  const { surroundings, copy, printer, url } = session;
  const pages = [];
  let head = "";
  for (let before; ; ) {
    const query = new URLSearchParams({ limit: String(page) });
    for (const name of ["since", "until"]) {
      const at = instantOf(values[name], surroundings.today());
      if (at !== void 0) query.set(name, at);
    }
    if (typeof before === "number") query.set("before", String(before));
    const asked = await session.door.ask({
      method: "GET",
      path: `/audit?${query.toString()}`,
      token: session.token,
      retryFor: 1e4,
      answerWithin: 6e4,
      signal: new AbortController().signal,
      again: session.again
    });
    if (!asked.ok)
      return "problem" in asked ? tellProblem(session, asked.problem, "read") : exitCode.notReached;
    const { body } = asked.answer;
    if (!isFields(body) || !Array.isArray(body["lines"])) {
      printer.note(copy.notADoor(url, "/v1/audit"));
      return exitCode.notReached;
    }
    pages.unshift(textsIn(body, "lines"));
    const end = fieldsIn(body, "head");
    head ||= end ? `${String(end["sequence"])}:${String(end["hash"])}` : "";
    before = body["before"];
    if (typeof before !== "number") break;
  }
  const lines = pages.flat();
  surroundings.print(values.csv === true ? recordCsv(lines) : lines.map((line) => `${line}
`).join(""));
  printer.note(copy.exported(lines.length, head));
  return exitCode.succeeded;
};
var instantOf = (given, today) => {
  if (typeof given !== "string") return void 0;
  const span = parseDuration(given);
  return new Date(span === void 0 ? Date.parse(given) : today.getTime() - span).toISOString();
};

// src/domain/record/chain.ts
import { createHash } from "node:crypto";
var schema = "rollcall.audit/1";
var beginning = { sequence: 0, hash: "" };
var hashOf = (line) => createHash("sha256").update(line, "utf8").digest("hex");
var verify = (lines) => {
  let head;
  let first = 0;
  for (const [at, line] of lines.entries()) {
    const read = readLine2(line);
    const wrong = (problem) => ({
      ok: false,
      line: at + 1,
      problem
    });
    if (!read) return wrong("not a line");
    if (read.schema !== schema) return wrong("other schema");
    if (head ? read.sequence !== head.sequence + 1 : read.sequence < 1) return wrong("out of order");
    if (head ? read.previous !== head.hash : read.sequence === 1 && read.previous !== "")
      return wrong("altered before");
    first ||= read.sequence;
    head = { sequence: read.sequence, hash: hashOf(line) };
  }
  return { ok: true, lines: lines.length, first, head: head ?? beginning };
};
var readLine2 = (line) => {
  try {
    const value = JSON.parse(line);
    if (typeof value !== "object" || value === null) return void 0;
    const { schema: schema2, sequence, previous, service } = value;
    return Number.isInteger(sequence) && typeof previous === "string" ? {
      schema: schema2,
      sequence,
      previous,
      ...typeof service === "string" && { service }
    } : void 0;
  } catch {
    return void 0;
  }
};

// src/cli/audit-verify.ts
var headIn = (text3) => {
  try {
    const { sequence, hash } = JSON.parse(text3);
    return Number.isInteger(sequence) && typeof hash === "string" ? { sequence, hash } : void 0;
  } catch {
    return void 0;
  }
};
var nameOf = (path) => path.split("/").at(-1) ?? "";
var partsOf = async ({ readFile: readFile2, filesIn }, path) => {
  const files = await filesIn(path);
  if (files === void 0) return { text: await readFile2(path), heads: [] };
  const named = (ending2) => files.filter((file) => file.endsWith(ending2)).toSorted((one, other) => nameOf(one) < nameOf(other) ? -1 : 1);
  const parts = await Promise.all(named(".jsonl").map((file) => readFile2(file)));
  const heads = await Promise.all(named(".json").map(async (file) => headIn(await readFile2(file)) ?? []));
  return { text: parts.map((part2) => part2.replace(/\n?$/, "\n")).join(""), heads: heads.flat() };
};
var auditVerify = async (surroundings, printer, copy, path, given) => {
  let parts;
  try {
    parts = await partsOf(surroundings, path);
  } catch (error) {
    printer.note(copy.notRead(path, error instanceof Error ? error.message : String(error)));
    return exitCode.wrongUse;
  }
  const lines = parts.text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const verified = verify(lines);
  printer.object(verified);
  if (!verified.ok) {
    printer.note(sentenceOf(copy, verified));
    return verified.problem === "other schema" || verified.problem === "not a line" && verified.line === 1 ? exitCode.wrongUse : exitCode.failed;
  }
  if (verified.lines === 0) {
    printer.note(copy.emptyFile);
    return exitCode.wrongUse;
  }
  const { first, head } = verified;
  printer.line(copy.verified(verified.lines, first, `${head.sequence}:${head.hash}`));
  const [sequence = "", hash = ""] = given?.split(":") ?? [];
  const asked = given === void 0 ? [] : [{ sequence: Number(sequence), hash }];
  const kept = [...asked, ...parts.heads.filter((one) => one.sequence >= first)];
  if (kept.length === 0) {
    printer.note(copy.headMissing);
    return exitCode.succeeded;
  }
  for (const one of kept) {
    const said = `${one.sequence}:${one.hash}`;
    const line = lines[one.sequence - first];
    if (line === void 0) {
      printer.note(one.sequence > head.sequence ? copy.headDiffers(said) : copy.headNotInside(said));
      return one.sequence > head.sequence ? exitCode.failed : exitCode.wrongUse;
    }
    if (hashOf(line) !== one.hash) {
      printer.note(copy.headDiffers(said));
      return exitCode.failed;
    }
  }
  printer.line(copy.headsAgree(kept.length));
  return exitCode.succeeded;
};
var sentenceOf = (copy, { line, problem }) => {
  switch (problem) {
    case "altered before":
      return copy.alteredBefore(line);
    case "out of order":
      return copy.outOfOrder(line);
    case "not a line":
      return copy.notALine(line);
    case "other schema":
      return copy.otherSchema(line);
  }
};

// src/cli/help.ts
var spec2 = options;
var table = (rows) => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}
`).join("");
};
var helpText = (copy, topic) => {
  const command = topic === void 0 || !Object.hasOwn(commands, topic) ? void 0 : commands[topic];
  if (topic === void 0 || !command) {
    return [
      `${copy.intro}
`,
      `${copy.commandsHead}
${table(
        Object.entries(commands).map(([name, { usage }]) => [usage, copy.commands[name] ?? ""])
      )}`,
      `${copy.environmentHead}
${table(Object.entries(copy.environment))}`,
      `${copy.exitHead}
  ${copy.exit}
`,
      `${copy.more}
`
    ].join("\n");
  }
  const rows = command.options.map((name) => {
    const { takes } = spec2[name];
    return [`--${name}${takes === void 0 ? "" : ` ${takes}`}`, copy.options[name] ?? ""];
  });
  return [
    `${copy.usage}: rollcall ${command.usage} [--…]
`,
    `${copy.commands[topic] ?? ""}
`,
    `${copy.optionsHead}
${table(rows)}`
  ].join("\n");
};

// src/cli/door/wait.ts
var longestWait = 25;
var answerMargin = 15e3;
var retryFor = 5 * 6e4;
var shortestRound = 1e3;
var waitFor = async (wait) => {
  let operation = wait.from;
  let etag;
  const tokens = [...wait.tokens];
  for (; ; ) {
    if (operation.ending !== void 0) return { kind: "ended", operation };
    if (wait.signal.aborted) return { kind: "interrupted", operation };
    const left = wait.until - wait.elapsed();
    if (left <= 0) return { kind: "still going", operation };
    const seconds = Math.min(longestWait, Math.max(1, Math.ceil(left / 1e3)));
    const asked = wait.elapsed();
    const answer = await wait.door.ask({
      method: "GET",
      path: `/operations/${encodeURIComponent(operation.id)}?wait=${seconds}`,
      token: tokens[0],
      ...etag !== void 0 && { etag },
      retryFor: Math.min(retryFor, left),
      answerWithin: seconds * 1e3 + answerMargin,
      signal: wait.signal,
      again: wait.again
    });
    if (!answer.ok) {
      if ("interrupted" in answer) return { kind: "interrupted", operation };
      if (answer.problem.status === 401 && tokens.length > 1) {
        tokens.shift();
        continue;
      }
      return { kind: "lost", operation, problem: answer.problem };
    }
    const next = readOperation(answer.answer.body);
    if (next) {
      operation = next;
      etag = answer.answer.etag ?? etag;
      wait.seen(operation);
    } else if (answer.answer.status !== 304) {
      return {
        kind: "lost",
        operation,
        problem: { status: answer.answer.status, code: "not_a_door", detail: "no operation in the answer" }
      };
    }
    const round = wait.elapsed() - asked;
    if (operation.ending === void 0 && round < shortestRound)
      await wait.sleep(Math.min(shortestRound - round, Math.max(0, wait.until - wait.elapsed())), wait.signal);
  }
};

// src/cli/show/operation.ts
var progressOf = (copy, operation) => {
  const { id, state, ending: ending2, says, tasks } = operation;
  if (ending2 !== void 0) return resultOf(copy, operation);
  const at = tasks.findIndex((task2) => task2.state === "running");
  const task = tasks[at];
  const what = task ? `${at + 1}/${tasks.length} ${task.title}${task.detail === void 0 ? "" : `: ${task.detail}`}` : says;
  return joined([`${id} ${copy.states[state] ?? state}`, what]);
};
var resultOf = (copy, { id, ending: ending2 = "", says, code }) => {
  const word = Object.hasOwn(copy.endings, ending2) ? copy.endings[ending2] ?? ending2 : ending2;
  return `${joined([`${id} ${word}`, says])}${code === void 0 ? "" : ` (${code})`}`;
};
var joined = (parts) => parts.filter((part2) => part2 !== void 0).join(" · ");

// src/cli/change.ts
var usualTimeout = "60m";
var retryFor2 = { change: 6e4, read: 1e4 };
var answerWithin = 3e4;
var follow = async (session, wish, values) => {
  const { surroundings, copy, printer } = session;
  const timeout = parseDuration(typeof values.timeout === "string" ? values.timeout : usualTimeout) ?? 0;
  const started = surroundings.elapsed();
  const interrupts = interruptsOf(session);
  try {
    const key = typeof values["idempotency-key"] === "string" ? values["idempotency-key"] : randomKey(session);
    const limit = values.wait === true ? Math.min(timeout, retryFor2[wish.kind === "change" ? "change" : "read"]) : retryFor2.change;
    const asked = await askFor(session, wish, key, limit, interrupts.signal);
    if (!asked.ok) {
      if ("interrupted" in asked) {
        if (wish.kind === "change") printer.note(copy.unsure(key));
        return exitCode.notReached;
      }
      const exit = tellProblem(session, asked.problem, wish.kind === "change" ? "change" : "read");
      if (wish.kind === "change" && exit === exitCode.notReached && asked.problem.status !== 401)
        printer.note(copy.unsure(key));
      return exit;
    }
    const operation = readOperation(asked.answer.body);
    if (!operation) return tellOther(session, asked.answer.body);
    printer.object(operation.whole);
    if (operation.ending !== void 0 || values.wait !== true)
      return tellNow(session, wish, operation, values.wait === true);
    const readToken = readTokenIn(asked.answer.body);
    return await stay(session, {
      operation,
      tokens: [...readToken === void 0 ? [] : [readToken], session.token],
      started,
      timeout,
      cancelOnInterrupt: values["cancel-on-interrupt"] === true,
      interrupts
    });
  } finally {
    interrupts.stop();
  }
};
var askFor = (session, wish, key, limit, signal) => {
  const common = { token: session.token, retryFor: limit, answerWithin, signal, again: session.again };
  return wish.kind === "change" ? session.door.ask({ ...common, method: "POST", path: "/operations", body: wish.body, key }) : session.door.ask({
    ...common,
    method: "GET",
    path: `/operations/${encodeURIComponent(wish.operation)}`
  });
};
var tellNow = (session, wish, operation, waits) => {
  const { copy, printer } = session;
  if (operation.ending !== void 0) {
    tellEnd(session, operation);
    return looks(wish) && !waits ? exitCode.succeeded : exitOfEnding(operation.ending);
  }
  if (wish.kind === "show") printer.line(progressOf(copy, operation));
  else printer.line(copy.recorded(operation.id, copy.states[operation.state] ?? operation.state));
  if (operation.url !== void 0) printer.line(copy.followed(operation.url));
  return exitCode.succeeded;
};
var looks = (wish) => wish.kind === "show" || wish.kind === "change" && wish.body.action === "cancel";
var tellEnd = ({ copy, printer }, operation) => {
  printer.line(resultOf(copy, operation));
  for (const one of operation.left) printer.line(copy.left(one));
};
var tellOther = ({ copy, printer }, body) => {
  printer.object(body);
  printer.line((isFields(body) ? textIn(body, "says") : void 0) ?? copy.done);
  return exitCode.succeeded;
};
var stay = async (session, stay2) => {
  const { surroundings, copy, printer, door } = session;
  const { operation: from, interrupts, started, timeout } = stay2;
  const warned = /* @__PURE__ */ new Set();
  const warnOf = ({ warnings }) => {
    for (const one of warnings.filter((warning) => !warned.has(warning))) {
      warned.add(one);
      printer.line(copy.warning(one));
    }
  };
  const seen = (operation2) => {
    printer.object(operation2.whole);
    warnOf(operation2);
    if (operation2.ending === void 0)
      printer.progress(progressOf(copy, operation2), clockOf(surroundings.elapsed() - started));
  };
  printer.progress(progressOf(copy, from), clockOf(surroundings.elapsed() - started));
  if (from.url !== void 0) printer.line(copy.followed(from.url));
  warnOf(from);
  const common = {
    door,
    elapsed: surroundings.elapsed,
    sleep: surroundings.sleep,
    until: started + timeout,
    tokens: stay2.tokens,
    again: session.again,
    seen
  };
  let waited = await waitFor({ ...common, from, signal: interrupts.signal });
  if (waited.kind === "interrupted" && stay2.cancelOnInterrupt) {
    await cancel(session, waited.operation);
    waited = await waitFor({ ...common, from: waited.operation, signal: interrupts.next() });
  }
  const { operation } = waited;
  switch (waited.kind) {
    case "ended":
      tellEnd(session, operation);
      return exitOfEnding(operation.ending ?? "");
    case "still going":
      printer.note(copy.stillGoing(operation.id, writeDuration(timeout)));
      return exitCode.stillGoing;
    case "interrupted":
      printer.note(copy.leftRunning(operation.id));
      return exitCode.stillGoing;
    case "lost": {
      tellProblem(session, waited.problem, "read");
      printer.note(copy.lost(operation.id));
      return exitCode.notReached;
    }
  }
};
var cancel = async (session, { id }) => {
  const { copy, printer, surroundings } = session;
  const asked = await session.door.ask({
    method: "POST",
    path: "/operations",
    body: { action: "cancel", operation: id },
    token: await surroundings.anotherToken?.() ?? session.token,
    key: `cancel-${id}-${randomKey(session)}`,
    retryFor: retryFor2.read,
    answerWithin,
    signal: new AbortController().signal,
    again: session.again
  });
  if (asked.ok) printer.note(copy.cancelling(id));
  else if ("problem" in asked) printer.note(copy.cancelFailed(id, asked.problem.detail));
};
var interruptsOf = ({ surroundings }) => {
  let controller = new AbortController();
  const { signal } = controller;
  const stop = surroundings.onInterrupt(() => controller.abort());
  return {
    signal,
    stop,
    next() {
      controller = new AbortController();
      return controller.signal;
    }
  };
};
var randomKey = ({ surroundings }) => Buffer.from(surroundings.randomBytes(16)).toString("base64url");
var clockOf = (milliseconds) => {
  const seconds = Math.floor(milliseconds / 1e3);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

// src/cli/look.ts
var look = async (session, wish, values) => {
  const { copy, printer } = session;
  const asked = await session.door.ask({
    method: "GET",
    path: pathOf(wish, values),
    token: session.token,
    retryFor: 1e4,
    answerWithin: 3e4,
    signal: new AbortController().signal,
    again: session.again
  });
  if (!asked.ok) return "problem" in asked ? tellProblem(session, asked.problem, "read") : exitCode.notReached;
  const { body } = asked.answer;
  const found = itemsIn(body);
  for (const item of found) {
    printer.object(item);
    const operation = wish.kind === "history" ? readOperation(item) : void 0;
    printer.line(operation ? progressOf(copy, operation) : serviceLine(item));
  }
  if (found.length === 0) printer.line(copy.nothing);
  return exitCode.succeeded;
};
var pathOf = (wish, { limit }) => {
  if (wish.kind === "status")
    return wish.service === void 0 ? "/services" : `/services/${encodeURIComponent(wish.service)}`;
  const query = new URLSearchParams({
    ...wish.service !== void 0 && { service: wish.service },
    ...typeof limit === "string" && { limit }
  }).toString();
  return query === "" ? "/history" : `/history?${query}`;
};
var itemsIn = (body) => {
  if (Array.isArray(body)) return body.filter(isFields);
  if (!isFields(body)) return [];
  return listIn(body, "services") ?? listIn(body, "operations") ?? [body];
};
var serviceLine = (service) => {
  const name = textIn(service, "name") ?? "";
  const says = textIn(service, "says") ?? textIn(service, "version") ?? "";
  return says.startsWith(name) ? says : `${name} · ${says}`;
};

// src/cli/webhooks.ts
var once = { retryFor: 1e4, answerWithin: 3e4 };
var numberIn = (fields, name) => {
  const value = fields[name];
  return typeof value === "number" ? value : 0;
};
var listWebhooks = async (session) => {
  const { copy, printer } = session;
  const asked = await session.door.ask({
    ...once,
    method: "GET",
    path: "/webhooks",
    token: session.token,
    signal: new AbortController().signal,
    again: session.again
  });
  if (!asked.ok) return "problem" in asked ? tellProblem(session, asked.problem, "read") : exitCode.notReached;
  const { body } = asked.answer;
  const webhooks = isFields(body) ? listIn(body, "webhooks") ?? [] : [];
  for (const webhook of webhooks) {
    printer.object(webhook);
    printer.line(stateLine(session, webhook));
    for (const event of listIn(webhook, "undelivered") ?? [])
      printer.line(eventLine(session, event, copy.webhookNotTaken));
    for (const event of listIn(webhook, "deliveries") ?? []) {
      const outcome = textIn(event, "outcome") ?? "";
      printer.line(eventLine(session, event, copy.webhookOutcomes[outcome] ?? outcome));
    }
  }
  if (webhooks.length === 0) printer.line(copy.noWebhooks);
  return exitCode.succeeded;
};
var stateLine = ({ copy }, webhook) => {
  const state = textIn(webhook, "state") ?? "";
  const next = textIn(webhook, "nextAttemptAt");
  return [
    textIn(webhook, "name") ?? "",
    copy.webhookStates[state] ?? state,
    copy.webhookWaits(numberIn(webhook, "waiting"), numberIn(webhook, "notTaken")),
    ...next === void 0 ? [] : [copy.webhookAgain(next)]
  ].join(" · ");
};
var eventLine = ({ copy }, event, outcome) => {
  const [status, tries] = [numberIn(event, "status"), numberIn(event, "tries")];
  const answer = status > 0 ? String(status) : textIn(event, "why") ?? "";
  return `  ${[
    textIn(event, "at") ?? "",
    textIn(event, "type") ?? "",
    textIn(event, "operation") ?? textIn(event, "service") ?? "",
    answer === "" ? outcome : `${outcome} (${answer})`,
    ...tries > 1 ? [copy.webhookTry(tries)] : []
  ].join(" · ")}`;
};
var replayWebhook = async (session, webhook) => {
  const asked = await session.door.ask({
    ...once,
    method: "POST",
    path: `/webhooks/${encodeURIComponent(webhook)}/replay`,
    token: session.token,
    signal: new AbortController().signal,
    again: session.again
  });
  if (!asked.ok)
    return "problem" in asked ? tellProblem(session, asked.problem, "change") : exitCode.notReached;
  const { body } = asked.answer;
  session.printer.object(body);
  session.printer.line((isFields(body) ? textIn(body, "says") : void 0) ?? session.copy.done);
  return exitCode.succeeded;
};

// src/cli/show/plain.ts
var plain2 = (text3) => text3.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ").trimEnd();
var wide = new RegExp("[\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uff60\\uffe0-\\uffe6]|\\p{Extended_Pictographic}", "u");
var fit = (text3, columns2) => {
  let used = 0;
  let fitting = "";
  for (const sign of text3) {
    used += wide.test(sign) ? 2 : 1;
    if (used > columns2 - 2) return `${fitting}…`;
    fitting += sign;
  }
  return fitting;
};

// src/cli/show/printer.ts
var printerOf = ({ print, warn, columns: columns2, saw }, json) => {
  let moving = false;
  let last = "";
  const settle = () => {
    if (moving) print("\n");
    moving = false;
  };
  return {
    line(text3) {
      if (json) return;
      settle();
      for (const line of text3.split("\n")) print(`${plain2(line)}
`);
    },
    progress(text3, elapsed) {
      if (json) return;
      const shown = plain2(text3);
      if (columns2) {
        print(`\r\x1B[2K${fit(`${elapsed}  ${shown}`, columns2())}`);
        moving = true;
        return;
      }
      if (shown !== last) print(`${elapsed}  ${shown}
`);
      last = shown;
    },
    object(value) {
      saw?.(value);
      if (json) print(`${JSON.stringify(value)}
`);
    },
    note(text3) {
      settle();
      warn(`${plain2(text3)}
`);
    }
  };
};

// src/cli/token.ts
import { createHash as createHash2 } from "node:crypto";
import { crc32 } from "node:zlib";
var day = 864e5;
var longest = 366 * day;
var usual = 365 * day;
var alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
var base58 = (bytes) => {
  let number = BigInt(`0x0${Buffer.from(bytes).toString("hex")}`);
  let text3 = "";
  for (; number > 0n; number /= 58n) text3 = `${alphabet[Number(number % 58n)]}${text3}`;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return alphabet[0]?.repeat(zeros < 0 ? bytes.length : zeros) + text3;
};
var newToken = (random, expires) => {
  const body = `rc_${base58(random(6))}_${base58(random(32))}`;
  const token = `${body}_${crc32(body).toString(16).padStart(8, "0")}`;
  return { token, sha256: createHash2("sha256").update(token).digest("hex"), expires };
};
var expiryOf = (given, today) => {
  const span = given === void 0 ? usual : parseDuration(given);
  const at = span === void 0 ? Date.parse(`${given}T00:00:00Z`) : today.getTime() + span;
  if (!(at > today.getTime()) || at - today.getTime() > longest) return void 0;
  return new Date(at).toISOString().slice(0, 10);
};

// src/cli/token-create.ts
var createToken = ({ randomBytes: randomBytes2, today }, printer, copy, name, { expires: given }) => {
  const said = typeof given === "string" ? given : void 0;
  const expires = expiryOf(said, today());
  if (expires === void 0) {
    printer.note(copy.badExpiry(said ?? ""));
    return exitCode.wrongUse;
  }
  const { token, sha256 } = newToken(randomBytes2, expires);
  printer.object({ name, token, sha256, expires });
  printer.line(copy.token(name));
  printer.line("");
  printer.line(token);
  printer.line("");
  printer.line(copy.tokenLine);
  printer.line(`  ${name}: { token: { sha256: "${sha256}", expires: ${expires} } }`);
  printer.line("");
  printer.line(copy.tokenRotation);
  return exitCode.succeeded;
};

// src/cli/run.ts
var run = async (surroundings, version) => {
  const language = languageOf(surroundings.environment);
  const { copy } = language;
  const line = readLine(surroundings.words);
  if (line.kind === "version") {
    surroundings.print(`rollcall ${version}
`);
    return exitCode.succeeded;
  }
  if (line.kind === "help") {
    surroundings.print(helpText(copy, line.topic));
    return exitCode.succeeded;
  }
  if (line.kind === "wrong") return wrongUse(surroundings, copy, line);
  const { wish, values } = line;
  const printer = printerOf(surroundings, values.json === true);
  if (wish.kind === "token") return createToken(surroundings, printer, copy, wish.name, values);
  if (wish.kind === "verify") {
    const head = typeof values.head === "string" ? values.head : void 0;
    return auditVerify(surroundings, printer, copy, wish.file, head);
  }
  const session = sessionOf(surroundings, language, printer, values);
  if (session === void 0) return exitCode.wrongUse;
  if (wish.kind === "export") return auditExport(session, values);
  if (wish.kind === "webhooks") return listWebhooks(session);
  if (wish.kind === "replay") return replayWebhook(session, wish.webhook);
  return wish.kind === "change" || wish.kind === "show" ? follow(session, wish, values) : look(session, wish, values);
};
var wrongUse = ({ warn }, copy, { wrong, command }) => {
  warn(`${sentenceOf2(copy, wrong)}

${helpText(copy, command)}`);
  return exitCode.wrongUse;
};
var sentenceOf2 = (copy, wrong) => {
  switch (wrong.wrong) {
    case "command":
      return copy.unknownCommand(wrong.word, wrong.near);
    case "option":
      return copy.unknownOption(wrong.word, wrong.near);
    case "no value":
      return copy.noValue(wrong.what, wrong.allowed);
    case "flag":
      return copy.flagWithValue(wrong.what);
    case "missing":
      return copy.missing(wrong.what);
    case "value":
      return copy.badValue(wrong.what, wrong.value, wrong.allowed);
    case "extra":
      return copy.extra(wrong.word);
    case "token in sight":
      return copy.tokenInSight;
    case "timeout without wait":
      return copy.timeoutWithoutWait;
  }
};

// src/action/copy.ts
var english2 = {
  noIdToken: "The job has no id token. Give it `permissions: { id-token: write }`, or give this step the input `token`.",
  idTokenFailed: (why) => `GitHub gave no id token: ${why}.`,
  notShown: (why) => `GitHub does not show this deployment: ${why}.`,
  deploymentsRight: "give the job `permissions: { deployments: write }`",
  seeLog: "Why stands in the log.",
  task: "Task"
};
var korean2 = {
  noIdToken: "작업에 ID 토큰이 없습니다. `permissions: { id-token: write }`를 추가하거나 이 단계에 `token` 입력을 지정해 주세요.",
  idTokenFailed: (why) => `GitHub에서 ID 토큰을 받지 못했습니다: ${why}`,
  notShown: (why) => `GitHub에 이 배포를 표시하지 못했습니다: ${why}`,
  deploymentsRight: "작업에 `permissions: { deployments: write }`를 추가해 주세요",
  seeLog: "이유는 로그에 있습니다.",
  task: "단계"
};
var actionCopyOf = (variables) => languageOf(variables).code === "ko" ? korean2 : english2;

// src/action/deployment.ts
var states = {
  succeeded: "success",
  rolled_back: "failure",
  failed_clean: "failure",
  needs_attention: "failure",
  refused: "error",
  cancelled: "inactive"
};
var longestDescription = 140;
var deploymentOn = (variables, { environment, token, version }, ask, copy, warn) => {
  const { GITHUB_API_URL: api = "https://api.github.com", GITHUB_REPOSITORY: repository = "" } = variables;
  const logUrl = `${variables["GITHUB_SERVER_URL"] ?? "https://github.com"}/${repository}/actions/runs/${variables["GITHUB_RUN_ID"] ?? ""}`;
  const post = async (path, body) => {
    const response = await ask(`${api}/repos/${repository}/deployments${path}`, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(2e4),
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "user-agent": "rollcall-action",
        "x-github-api-version": "2022-11-28"
      },
      body: JSON.stringify(body)
    });
    if (response.ok) return response.json();
    const hint = response.status === 403 ? `; ${copy.deploymentsRight}` : "";
    throw new Error(`HTTP ${response.status}${hint}`);
  };
  const statusOf = (state, { id, says }) => ({
    state,
    environment,
    log_url: logUrl,
    description: `${id}${says === void 0 ? "" : `: ${says}`}`.slice(0, longestDescription)
  });
  let made;
  const make = async (operation) => {
    const created = await post("", {
      ref: variables["GITHUB_SHA"],
      environment,
      // The commit is deployed as it is, whatever else is still checked: Rollcall's rules decide.
      auto_merge: false,
      required_contexts: [],
      description: `Rollcall ${operation.id}`,
      payload: { operation: operation.id, ...version !== void 0 && { version } }
    });
    const id = typeof created === "object" && created !== null && "id" in created && typeof created.id === "number" ? created.id : void 0;
    if (id === void 0) throw new Error("no id in the answer");
    await post(`/${id}/statuses`, statusOf("in_progress", operation));
    return id;
  };
  const failed = (error) => {
    warn(copy.notShown(error instanceof Error ? error.message : String(error)));
    return void 0;
  };
  return {
    begun(operation) {
      made ??= make(operation).catch(failed);
    },
    async ended(operation) {
      const id = await made;
      const state = operation.ending === void 0 ? void 0 : states[operation.ending];
      if (id === void 0 || state === void 0) return;
      await post(`/${id}/statuses`, statusOf(state, operation)).catch(failed);
    }
  };
};

// src/action/id-token.ts
var requestIdToken = async (variables, audience, ask, copy) => {
  const address = variables["ACTIONS_ID_TOKEN_REQUEST_URL"];
  const bearer = variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
  if (!address || !bearer) return { ok: false, why: copy.noIdToken };
  const url = new URL(address);
  url.searchParams.set("audience", audience);
  try {
    const response = await ask(url, {
      headers: { authorization: `bearer ${bearer}`, accept: "application/json" },
      signal: AbortSignal.timeout(2e4)
    });
    const body = response.ok ? await response.json() : void 0;
    const token = typeof body === "object" && body !== null && "value" in body && typeof body.value === "string" ? body.value : void 0;
    return token === void 0 ? { ok: false, why: copy.idTokenFailed(`HTTP ${response.status}`) } : { ok: true, token };
  } catch (error) {
    return { ok: false, why: copy.idTokenFailed(error instanceof Error ? error.message : String(error)) };
  }
};
var hasEnvironment = (token) => {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof claims === "object" && claims !== null && "environment" in claims && typeof claims.environment === "string" && claims.environment !== "";
  } catch {
    return false;
  }
};

// src/action/inputs.ts
import { createHash as createHash3 } from "node:crypto";
var input = (variables, name) => {
  const text3 = variables[`INPUT_${name.toUpperCase()}`]?.trim();
  return text3 === "" ? void 0 : text3;
};
var isOn = (variables, name, otherwise) => {
  const text3 = input(variables, name)?.toLowerCase();
  return text3 === void 0 ? otherwise : ["true", "yes", "on", "1"].includes(text3);
};
var doneAtOnce = /* @__PURE__ */ new Set(["lock", "unlock"]);
var readInputs = (variables) => {
  const action = input(variables, "action") ?? "deploy";
  const service = input(variables, "service");
  const version = input(variables, "version");
  const dryRun = isOn(variables, "dry-run", false);
  const reason = input(variables, "reason");
  const waits = isOn(variables, "wait", true) && !dryRun && !doneAtOnce.has(action);
  const more = (input(variables, "args") ?? "").split("\n").map((line2) => line2.trim()).filter((line2) => line2 !== "");
  const options2 = [
    ...waits ? ["--wait", `--timeout=${input(variables, "timeout") ?? "60m"}`] : [],
    ...waits && isOn(variables, "cancel-on-interrupt", false) ? ["--cancel-on-interrupt"] : [],
    ...dryRun ? ["--dry-run"] : [],
    ...reason === void 0 ? [] : [`--reason=${reason}`],
    ...more.filter((line2) => line2.startsWith("-"))
  ];
  const positionals = [service, version, ...more.filter((line2) => !line2.startsWith("-"))].flatMap(
    (word) => word === void 0 ? [] : [word]
  );
  const line = [action, ...options2];
  return {
    url: input(variables, "url"),
    token: input(variables, "token"),
    audience: input(variables, "audience") ?? "rollcall",
    environment: input(variables, "environment"),
    githubToken: input(variables, "github-token"),
    action,
    dryRun,
    service,
    version,
    words: [
      ...line,
      `--idempotency-key=${keyOf(variables, [...line, ...positionals])}`,
      "--",
      ...positionals
    ]
  };
};
var keyOf = (variables, line) => {
  const step = [variables["GITHUB_JOB"] ?? "", variables["GITHUB_ACTION"] ?? "", ...line];
  const hash = createHash3("sha256").update(JSON.stringify(step)).digest("hex").slice(0, 16);
  const run2 = ["REPOSITORY_ID", "RUN_ID", "RUN_ATTEMPT"].map((name) => variables[`GITHUB_${name}`] ?? "0");
  return `gh-${run2.join("-")}-${hash}`;
};

// src/action/runner.ts
import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
var escaped = (text3) => text3.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
var escapedProperty = (text3) => escaped(text3).replaceAll(":", "%3A").replaceAll(",", "%2C");
var runnerOf = (variables, print) => {
  const append = async (name, text3) => {
    const file = variables[name];
    if (file) await appendFile(file, text3, "utf8");
  };
  return {
    // A delimiter that nobody can guess: a value cannot end itself and go on as another one.
    outputs: (values) => append(
      "GITHUB_OUTPUT",
      Object.entries(values).map(([name, value]) => {
        const end = `end-${randomUUID()}`;
        return `${name}<<${end}
${value}
${end}
`;
      }).join("")
    ),
    summary: (markdown) => append("GITHUB_STEP_SUMMARY", markdown),
    mask: (secret) => print(`::add-mask::${escaped(secret)}
`),
    error: (title, message) => print(`::error title=${escapedProperty(title)}::${escaped(message)}
`),
    warning: (message) => print(`::warning title=Rollcall::${escaped(message)}
`),
    asText() {
      const end = `stop-${randomUUID()}`;
      print(`::stop-commands::${end}
`);
      return () => print(`::${end}::
`);
    }
  };
};

// src/action/summary.ts
var text2 = (outside) => plain2(outside).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replace(/[\\`*_{}[\]()#+!|~>-]/g, "\\$&");
var marks = { done: "✅", failed: "❌", running: "⏳", pending: "·" };
var endingMarks = {
  succeeded: "✅",
  rolled_back: "↩️",
  failed_clean: "❌",
  needs_attention: "🚨",
  refused: "⛔",
  cancelled: "✋"
};
var summaryOf = ({ copy, task }, title, operation, problem) => {
  const lines = [`### ${text2(title)}`, ""];
  if (!operation) {
    if (problem !== void 0) lines.push(`⛔ ${text2(problem)}`);
    return `${lines.join("\n")}

`;
  }
  const { id, ending: ending2, state, says, code, url, tasks, left, warnings } = operation;
  const name = url === void 0 || !/^https:\/\/[^\s()<>]+$/.test(url) ? `\`${id}\`` : `[\`${id}\`](${url})`;
  const word = ending2 === void 0 ? `⏳ ${text2(copy.states[state] ?? state)}` : `${endingMarks[ending2] ?? ""} ${text2(copy.endings[ending2] ?? ending2)}`;
  lines.push(`**${word}** · ${name}${code === void 0 ? "" : ` · \`${code.replaceAll("`", "")}\``}`, "");
  if (says !== void 0) lines.push(text2(says), "");
  for (const warning of warnings) lines.push(`- ${text2(copy.warning(warning))}`);
  for (const one of left) lines.push(`- ${text2(copy.left(one))}`);
  if (tasks.length > 0) {
    lines.push("", `| | ${task} | |`, "|---|---|---|");
    for (const one of tasks)
      lines.push(`| ${marks[one.state] ?? ""} | ${text2(one.title)} | ${text2(one.detail ?? "")} |`);
  }
  return `${lines.join("\n")}

`;
};

// src/action/run.ts
var runAction = async (surroundings) => {
  const { environment: variables, print } = surroundings;
  const inputs = readInputs(variables);
  const copy = actionCopyOf(variables);
  const runner = runnerOf(variables, print);
  const idToken = async () => {
    const asked = await requestIdToken(variables, inputs.audience, surroundings.fetch, copy);
    if (!asked.ok) runner.error("Rollcall", asked.why);
    else runner.mask(asked.token);
    return asked.ok ? asked.token : void 0;
  };
  const token = inputs.token ?? await idToken();
  if (token === void 0) return exitCode.notReached;
  const { environment, githubToken, version } = inputs;
  const shown = environment !== void 0 && githubToken !== void 0 && !inputs.dryRun && !hasEnvironment(token);
  const deployment = shown ? deploymentOn(
    variables,
    { environment, token: githubToken, version },
    surroundings.fetch,
    copy,
    runner.warning
  ) : void 0;
  let operation;
  let problem;
  let last;
  const end = runner.asText();
  const exit = await run(
    {
      ...surroundings,
      words: inputs.words,
      environment: {
        ...variables,
        ...inputs.url !== void 0 && { ROLLCALL_URL: inputs.url },
        ROLLCALL_TOKEN: token
      },
      // What goes wrong is told in the log in its place: the runner mixes the two streams up.
      warn: print,
      saw(object) {
        last = object;
        const seen = readOperation(object);
        if (seen) {
          operation = seen;
          if (seen.ending === void 0) deployment?.begun(seen);
        } else if (isFields(object)) problem = textIn(object, "detail");
      },
      ...inputs.token === void 0 && {
        async anotherToken() {
          const another = await requestIdToken(variables, inputs.audience, surroundings.fetch, copy);
          return another.ok ? another.token : void 0;
        }
      }
    },
    ""
  );
  end();
  if (operation) await deployment?.ended(operation);
  await runner.outputs(outputsOf(exit, operation, last));
  await runner.summary(
    summaryOf({ copy: languageOf(variables).copy, task: copy.task }, titleOf(inputs), operation, problem)
  );
  if (exit !== exitCode.succeeded)
    runner.error(titleOf(inputs), failureOf(operation) ?? problem ?? copy.seeLog);
  return exit;
};
var titleOf = ({ action, service, version }) => ["Rollcall:", action, service, version].filter((word) => word !== void 0).join(" ");
var failureOf = (operation) => operation && [`${operation.id} ${operation.ending ?? operation.state}`, operation.says, ...operation.left].filter((part2) => part2 !== void 0).join("\n");
var outputsOf = (exit, operation, last) => ({
  operation: operation?.id ?? "",
  ending: operation?.ending ?? "",
  "reason-code": operation?.code ?? (isFields(last) ? textIn(last, "code") ?? "" : ""),
  url: operation?.url ?? "",
  result: JSON.stringify({ version: 1, exit, answer: operation?.whole ?? last ?? null })
});

// src/action/main.ts
process.exitCode = await runAction(thisProcess);
