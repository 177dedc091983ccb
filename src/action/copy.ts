import { languageOf } from '../cli/copy/copy'

/** The sentences of the action beside those of the command line. */
const english = {
  noIdToken:
    'The job has no id token. Give it `permissions: { id-token: write }`, or give this step the input `token`.',
  idTokenFailed: (why: string) => `GitHub gave no id token: ${why}.`,
  notShown: (why: string) => `GitHub does not show this deployment: ${why}.`,
  deploymentsRight: 'give the job `permissions: { deployments: write }`',
  seeLog: 'Why stands in the log.',
  task: 'Task',
}

const korean: typeof english = {
  noIdToken:
    '작업에 ID 토큰이 없습니다. `permissions: { id-token: write }`를 추가하거나 이 단계에 `token` 입력을 지정해 주세요.',
  idTokenFailed: (why) => `GitHub에서 ID 토큰을 받지 못했습니다: ${why}`,
  notShown: (why) => `GitHub에 이 배포를 표시하지 못했습니다: ${why}`,
  deploymentsRight: '작업에 `permissions: { deployments: write }`를 추가해 주세요',
  seeLog: '이유는 로그에 있습니다.',
  task: '단계',
}

export type ActionCopy = typeof english

/** As the command line's: Korean where the runner's `LANG` says so. */
export const actionCopyOf = (variables: Readonly<Record<string, string | undefined>>): ActionCopy =>
  languageOf(variables).code === 'ko' ? korean : english
