import type { Capacity } from '../../domain/catalogue/catalogue'
import type { ProcedureName } from '../../domain/operation/request'
import { josa } from '../text/josa'
import { bold, code, nothing, say, words, type Phrase } from '../text/phrase'
import type { en } from './copy.en'

/** What each procedure says of itself, in Korean. */
export const ko: typeof en = {
  deploy: {
    title: (service: string, version: string) => say`${service} ${version} 배포`,
    done: (service: Phrase, version: Phrase) =>
      say`${bold('배포를 완료했습니다.')} ${service}: 현재 ${version} 서비스 중입니다.`,
    doneOn: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('배포를 완료했습니다.')} ${service}: 현재 ${color} 색상에서 ${version} 서비스 중입니다.`,
  },
  bake: {
    title: (service: string, version: string) => say`${service} ${version} 이미지 생성`,
    done: (name: Phrase) => say`${bold('이미지를 만들었습니다.')} ${name} 이미지를 사용할 수 있습니다.`,
  },
  roll: {
    title: (service: string, version: string) =>
      version === ''
        ? say`${service} 템플릿 최신 버전으로 교체`
        : say`${service} 템플릿 버전 ${version}${josa(version, '으로')} 교체`,
    done: (service: Phrase, version: Phrase) =>
      say`${bold('교체를 완료했습니다.')} ${service}: 현재 ${version} 실행 중입니다.`,
  },
  rollback: {
    title: (service: string, version: string) =>
      version === '' ? say`${service} 되돌리기` : say`${service} ${version}${josa(version, '으로')} 되돌리기`,
    done: (service: Phrase, version: Phrase) =>
      say`${bold('되돌렸습니다.')} ${service}: 현재 ${version} 서비스 중입니다.`,
  },
  no: '아니요',
  previousVersion: '이전 버전',
  updateImage: {
    title: (service: string, image: string) =>
      image === '' ? say`${service} 최신 이미지로 갱신` : say`${service} 최신 이미지로 갱신: ${image}`,
    titleOfFix: (service: string) => say`${service} 보안 그룹을 ID로 지정`,
    done: (service: Phrase, image: Phrase) =>
      say`${bold('갱신했습니다.')} ${service}: 새 인스턴스는 ${image} 이미지로 시작하며, 실행 중인 인스턴스는 변경하지 않았습니다.`,
    fixed: (service: Phrase) =>
      say` ${service}의 시작 템플릿이 보안 그룹을 ID로 지정하므로 서브넷에서 인스턴스를 시작할 수 있습니다.`,
    rollback: (service: string, to: string) =>
      say`${code(service)}의 새 인스턴스를 다시 ${code(to)} 이미지로 시작합니다. 새 이미지로 시작된 인스턴스는 교체하며, 매일 하는 이미지 갱신도 보류됩니다.`,
  },
  prune: {
    title: (service: string, counts: string) =>
      counts === '' ? say`${service} 정리` : say`${service} 정리: ${counts}`,
    final: {
      run: '삭제',
      ask: '완전히 삭제하시겠습니까?',
      text: '삭제한 항목은 되살릴 수 없습니다.',
      yes: '삭제',
      attention: say`${bold('일부를 삭제하지 못했습니다.')} 그룹과 인스턴스는 변경하지 않았습니다.`,
    },
  },
  provision: {
    title: (service: string) => say`${service} 리소스 구성`,
    done: (service: Phrase, version: Phrase, address: Phrase) =>
      say`${bold('구성했습니다.')} ${service}: ${version.length > 0 ? say`현재 ${version} 서비스 중이며 ` : nothing}모든 인스턴스가 정상입니다.${address.length > 0 ? say` 주소: ${address}` : nothing}`,
    fixed: (service: Phrase, version: Phrase, address: Phrase) =>
      say`${bold('rollcall.yaml과 같아졌습니다.')} ${service}: ${version.length > 0 ? say`현재 ${version} 서비스 중이며 ` : nothing}모든 인스턴스가 정상입니다.${address.length > 0 ? say` 주소: ${address}` : nothing}`,
    failed: (service: Phrase) => ({
      restored: say`${bold('작업이 실패하여 만든 것을 삭제했습니다.')} ${service}의 다른 항목은 변경하지 않았습니다.`,
      kept: say`${bold('작업이 실패했고, 요청대로 만든 것을 남겨 두었습니다.')} ${service} 서비스를 다시 구성하면 이어서 진행합니다.`,
      attention: say`${bold('작업이 실패했고, 만든 것을 모두 삭제하지는 못했습니다.')} ${service}의 남은 항목을 확인하십시오.`,
    }),
  },
  teardown: {
    title: (service: string) => say`${service} 리소스 철거`,
    done: (service: Phrase) =>
      say`${bold('철거했습니다.')} ${service}용으로 구성한 것은 AWS에 남아 있지 않습니다.`,
    but: (service: Phrase) =>
      say`${bold('철거했습니다.')} ${service}용으로 구성한 것을 삭제했습니다. 남아 있는 항목:`,
    kept: (name: Phrase, id: Phrase, snapshots: number) =>
      say`• 이미지 ${name}(${id})${snapshots > 0 ? `, 스냅샷 ${snapshots}개` : ''}: 삭제할 때까지 저장 비용 발생`,
    foreign: (what: string, name: Phrase) => say`• ${what} ${name}: 서비스 태그가 없어 그대로 둠`,
    logs: 'CloudWatch 로그 그룹도 그대로 둡니다.',
    final: {
      run: '철거…',
      ask: '완전히 철거하시겠습니까?',
      text: '삭제한 항목은 되살릴 수 없습니다.',
      yes: '철거',
      attention: say`${bold('일부를 철거하지 못했습니다.')} 이미 삭제한 것은 되돌리지 않았습니다.`,
      cancelled: words('그때까지 삭제한 것은 되돌리지 않았습니다.'),
    },
  },
  swap: {
    title: (service: string, colors: string) =>
      colors === '' ? say`${service} 색상 전환` : say`${service} 색상 전환: ${colors}`,
    done: (service: Phrase, version: Phrase, color: Phrase) =>
      say`${bold('색상을 전환했습니다.')} ${service}: 이제 ${color} 색상에서 ${version} 서비스 중이며, 버전은 그대로입니다.`,
  },
  finish: {
    title: (service: string, color: string) =>
      color === '' ? say`${service} 마무리` : say`${service} 마무리: ${color} 대기 종료`,
    titleOfWeights: (service: string, color: string) => say`${service} 마무리: ${color} 색상을 0대로`,
    done: (service: Phrase, color: Phrase) =>
      say`${bold('마무리했습니다.')} ${service}: 대기 중이던 ${color} 인스턴스를 모두 종료했고, ${color} 색상은 0대입니다.`,
    doneByWeights: (service: Phrase, color: Phrase) =>
      say`${bold('마무리했습니다.')} ${service}: 가중치 0으로 유지하던 ${color} 인스턴스를 모두 종료했고, ${color} 색상은 0대입니다.`,
  },
  scale: {
    title: (service: string, desired: string) => say`${service} 용량을 ${desired}대로 조정`,
    done: (service: Phrase, sizes: Phrase) =>
      say`${bold('용량을 조정했습니다.')} ${service}: ${sizes}, 모든 인스턴스가 정상입니다.`,
    back: (desired: number) => `${desired}대로 되돌리기`,
    ask: '용량을 되돌리시겠습니까?',
    yes: '되돌리기',
    backText: (service: string, { min, desired, max }: Capacity, more: number) =>
      say`${code(service)} 서비스를 인스턴스 ${desired}대(최소 ${min}, 최대 ${max})로 되돌립니다.${
        more > 0
          ? ` ${more}대를 새로 시작합니다.`
          : more < 0
            ? ' 그보다 많은 인스턴스는 연결을 정리한 뒤 종료합니다.'
            : ''
      }`,
  },
  schedule: {
    title: (service: string, name: string) =>
      name === '' ? say`${service} 일정 등록` : say`${service} 일정 등록: ${name}`,
    done: (service: Phrase, id: Phrase) =>
      say`${bold('일정을 등록했습니다.')} Rollcall이 멈춰 있어도 AWS가 직접 ${service} 용량을 늘리고 되돌립니다. 일정 ID: ${id}`,
    change: '변경…',
    cancel: '일정 취소…',
  },
  reschedule: {
    title: (service: string, name: string) => say`${service} 일정 변경: ${name}`,
    done: (id: Phrase) => say`${bold('일정을 변경했습니다.')} ${id} 일정은 다음과 같습니다.`,
  },
  unschedule: {
    title: (service: string, name: string) => say`${service} 일정 취소: ${name}`,
    done: (id: Phrase) => say`${bold('일정을 취소했습니다.')} ${id} 일정은 더 이상 적용되지 않습니다.`,
  },
  monitorEvent: {
    title: (service: string, name: string) => say`${service} 일정: ${name}`,
    done: (what: Phrase) => say`${bold('일정이 끝났습니다.')} ${what}`,
  },
  detectDrift: {
    lostTitle: (service: string) => say`${service} 유실된 작업이 남긴 항목`,
    title: (service: string) => say`${service} 예약 작업 점검`,
    done: words('등록된 일정과 비교했습니다.'),
  },
  monitorWindow: {
    title: (service: string, version: string, kept: string) =>
      version === ''
        ? say`${service} 사용자 응답 확인`
        : say`${service} ${version} 사용자 응답 확인(${kept} 유지 중)`,
    done: words('유지 시간이 끝날 때까지 확인했습니다.'),
    noticed: words('사용자에게 영향이 있어 확인을 마쳤습니다.'),
  },
}

/** What people call each procedure in Korean; in English the commands' own names will do. */
export const koreanProcedures: Readonly<Record<ProcedureName, string>> = {
  deploy: '배포',
  bake: '이미지 생성',
  roll: '템플릿 버전 교체',
  swap: '색상 전환',
  rollback: '되돌리기',
  finish: '마무리',
  scale: '용량 조정',
  schedule: '일정 등록',
  reschedule: '일정 변경',
  unschedule: '일정 취소',
  'monitor-event': '일정 추적',
  'detect-drift': '일정 점검',
  'monitor-window': '사용자 응답 확인',
  'update-image': '이미지 갱신',
  prune: '오래된 이미지 정리',
  provision: '구성',
  teardown: '철거',
}
