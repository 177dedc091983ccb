import { parseLine } from '../../../src/commands/parse'
import { services } from './catalogue'
import { understood } from './understood'

/**
 * What is typed, and what is understood: a command and what it holds, or ✗ why not and ⇒ what was probably meant.
 * The services are `web` (one group), `shop` (two colors) and `payments-api`.
 */
const table = `
# in Korean
배포 web v2                                                  ⟶ deploy service=web version=v2
web에 v2 배포해줘                                               ⟶ deploy service=web version=v2
web v2 배포                                                  ⟶ deploy service=web version=v2
v2를 web에 배포해주세요                                            ⟶ deploy service=web version=v2
배포                                                         ⟶ form form=deploy
web 상태                                                     ⟶ status service=web
상태                                                         ⟶ status
롤백 web                                                     ⟶ rollback service=web
web 되돌리기                                                   ⟶ rollback service=web
되돌려줘 web                                                   ⟶ rollback service=web
취소 web                                                     ⟶ cancel target=web
web 배포 취소                                                  ⟶ cancel target=web
잠금 web "장애 대응" 2시간                                         ⟶ lock service=web why=“장애 대응” duration=2h
web 잠금 "점검 중" 2시간 동안                                       ⟶ lock service=web why=“점검 중” duration=2h
잠금 web 점검 중 30분                                            ⟶ lock service=web why=“점검 중” duration=30m
web 잠금 해제                                                  ⟶ unlock service=web
해제 web                                                     ⟶ unlock service=web
승인 web-k7f3q                                               ⟶ approve operation=web-k7f3q
도움말                                                        ⟶ help
도움말 배포                                                     ⟶ help topic=deploy
이력                                                         ⟶ history
web 이력                                                     ⟶ history service=web
배포 좀 해줘 web v2                                             ⟶ deploy service=web version=v2
web에 v2 배포 --dry-run                                       ⟶ deploy dryRun service=web version=v2
v2 web 배포                                                  ⟶ deploy service=web version=v2
굽기 web v2                                                  ⟶ bake service=web version=v2
교체 web                                                     ⟶ roll service=web
롤백 web-k7f3q                                               ⟶ rollback service=web operation=web-k7f3q
원복 web                                                     ⟶ rollback service=web
중단 web                                                     ⟶ cancel target=web
보여줘 web-k7f3q                                              ⟶ show operation=web-k7f3q
web-k7f3q 승인                                               ⟶ approve operation=web-k7f3q
잠금 전체 "연휴" 3일                                              ⟶ lock service=* why=“연휴” duration=3d
현황 web                                                     ⟶ status service=web
기록 shop                                                    ⟶ history service=shop
도움말 롤백                                                     ⟶ help topic=rollback
help 잠금                                                    ⟶ help topic=lock
web-k7f3q 취소                                               ⟶ cancel target=web-k7f3q
web-k7f3q 보여줘                                              ⟶ show operation=web-k7f3q

# deploy
deploy web v2                                              ⟶ deploy service=web version=v2
/asg deploy web v2                                         ⟶ deploy service=web version=v2
Deploy Web v2                                              ⟶ deploy service=web version=v2
deploy v2 to web                                           ⟶ deploy service=web version=v2
deploy web to v2                                           ⟶ deploy service=web version=v2
ship web v2                                                ⟶ deploy service=web version=v2
web v2 deploy                                              ⟶ deploy service=web version=v2
deploy web v2.                                             ⟶ deploy service=web version=v2
deploy web v2, please                                      ⟶ deploy service=web version=v2
deploy: web v2                                             ⟶ deploy service=web version=v2
deploy web v2 --strategy replace                           ⟶ deploy service=web version=v2 strategy=replace
deploy web v2 --strategy=replace                           ⟶ deploy service=web version=v2 strategy=replace
deploy --strategy replace web v2                           ⟶ deploy service=web version=v2 strategy=replace
deploy web v2 strategy=surge                               ⟶ deploy service=web version=v2 strategy=surge
deploy web v2 with replace                                 ⟶ deploy service=web version=v2 strategy=replace
deploy web v2 using surge                                  ⟶ deploy service=web version=v2 strategy=surge
deploy web v2 by surge                                     ⟶ deploy service=web version=v2 strategy=surge
deploy web v2 —strategy replace                            ⟶ deploy service=web version=v2 strategy=replace
deploy web v2 –dry-run                                     ⟶ deploy dryRun service=web version=v2
deploy web v2 —dry–run                                     ⟶ deploy dryRun service=web version=v2
deploy web v2 dry run                                      ⟶ deploy dryRun service=web version=v2
deploy web v2 dry-run                                      ⟶ deploy dryRun service=web version=v2
dry run deploy web v2                                      ⟶ deploy dryRun service=web version=v2
deploy web v2 --dry-run --reason “login fix”               ⟶ deploy why=“login fix” dryRun service=web version=v2
deploy web v2 --reason login fix for all                   ⟶ deploy why=“login fix for all” service=web version=v2
deploy web v2 because the login broke --dry-run            ⟶ deploy why=“the login broke” dryRun service=web version=v2
deploy web v2 -m 'hot fix'                                 ⟶ deploy why=“hot fix” service=web version=v2
deploy web v2 from ami-0123456789abcdef0                   ⟶ deploy service=web version=v2 from=ami-0123456789abcdef0
deploy web v2 --from i-0123456789abcdef0                   ⟶ deploy service=web version=v2 from=i-0123456789abcdef0
deploy web v2 --standby ignore                             ⟶ deploy service=web version=v2 standby=ignore
deploy　web　v2                                              ⟶ deploy service=web version=v2
ｄｅｐｌｏｙ ｗｅｂ ｖ２                                              ⟶ deploy service=web version=v2
\`deploy web v2\`                                            ⟶ deploy service=web version=v2
deploy web 2026-12-24_1                                    ⟶ deploy service=web version=2026-12-24_1
deploy web 1.4.0-rc.1                                      ⟶ deploy service=web version=1.4.0-rc.1
deploy payments-api v1+2                                   ⟶ deploy service=payments-api version=v1+2
deploy shop v2                                             ⟶ deploy service=shop version=v2
deploy "web" v2                                            ⟶ deploy service=web version=v2
deploy web v2 --dry-run=true                               ⟶ deploy dryRun service=web version=v2
deploy web v2?                                             ⟶ deploy dryRun service=web version=v2
deploy web v2 ?                                            ⟶ deploy dryRun service=web version=v2
deploy web v2 because of "x"                               ⟶ deploy why=“x” service=web version=v2
deploy web v2 --reason=hotfix --strategy=surge             ⟶ deploy why=“hotfix” service=web version=v2 strategy=surge
deploy web v2 reason="two words"                           ⟶ deploy why=“two words” service=web version=v2
deploy web v2 --plan                                       ⟶ deploy dryRun service=web version=v2
deploy web v2 -n                                           ⟶ deploy dryRun service=web version=v2
deploy web --dry-run v2                                    ⟶ deploy dryRun service=web version=v2
deploy WEB V2                                              ⟶ deploy service=web version=V2
deploy web 1                                               ⟶ deploy service=web version=1
deploy 3 web                                               ⟶ deploy service=web version=3
deploy web V2.1.                                           ⟶ deploy service=web version=V2.1
deploy web v2 !                                            ⟶ deploy service=web version=v2
deploy payments-api v2                                     ⟶ deploy service=payments-api version=v2
deploy web v2 --dryrun                                     ⟶ deploy dryRun service=web version=v2

deploy web v2 --preview                                    ⟶ deploy dryRun service=web version=v2
deploy? web v2                                             ⟶ deploy dryRun service=web version=v2
web v2 deploy?!                                            ⟶ deploy dryRun service=web version=v2
deploy web v2 --reason "why not?"                          ⟶ deploy why=“why not?” service=web version=v2

# bake
bake web v2                                                ⟶ bake service=web version=v2
bake web v2 --reboot                                       ⟶ bake service=web version=v2 reboot
bake v2 web                                                ⟶ bake service=web version=v2
bake web v2 --dry-run --reason "for tonight"               ⟶ bake why=“for tonight” dryRun service=web version=v2
bake web v2 —reboot                                        ⟶ bake service=web version=v2 reboot

# roll
roll web                                                   ⟶ roll service=web
roll web 3                                                 ⟶ roll service=web templateVersion=3
roll web v3                                                ⟶ roll service=web templateVersion=3
roll web --dry-run                                         ⟶ roll dryRun service=web

# weights
deploy shop v2 --strategy weighted                         ⟶ deploy service=shop version=v2 strategy=canary
deploy shop v2 --strategy weighted --weights 10,50,100     ⟶ deploy service=shop version=v2 strategy=canary weights=10,50,100
deploy shop v2 --strategy weighted --weights=25%,100%      ⟶ deploy service=shop version=v2 strategy=canary weights=25,100
deploy shop v2 --strategy weighted 가중치=10,100              ⟶ deploy service=shop version=v2 strategy=canary weights=10,100
deploy shop v2 --strategy weighted --weights "10 → 50 → 100" ⟶ deploy service=shop version=v2 strategy=canary weights=10,50,100
swap shop --strategy weighted --weights 50,100             ⟶ swap service=shop strategy=canary weights=50,100
swap shop --strategy refresh                               ⟶ ✗ bad_value strategy refresh
deploy shop v2 --weights 10,100                            ⟶ ✗ weights_unfit shop blue-green
deploy web v2 --weights 10,100                             ⟶ ✗ weights_unfit web refresh
swap shop --weights 10,100                                 ⟶ ✗ weights_unfit shop blue-green
deploy shop v2 --strategy weighted --weights 10,50         ⟶ ✗ bad_value weights 10,50 ⇒ deploy shop v2 --strategy weighted --weights 10,50,100
deploy shop v2 --strategy weighted --weights 50,10,100     ⟶ ✗ bad_value weights 50,10,100 ⇒ deploy shop v2 --strategy weighted --weights 10,50,100
deploy shop v2 --strategy weighted --weights 0,100         ⟶ ✗ bad_value weights 0,100 ⇒ deploy shop v2 --strategy weighted --weights 100
deploy shop v2 --strategy weighted --weights 10.5,100      ⟶ ✗ bad_value weights 10.5,100
deploy shop v2 --strategy weighted --weights soon          ⟶ ✗ bad_value weights soon
deploy shop v2 --strategy weighted --weights               ⟶ ✗ missing_value weights

# swap
swap shop                                                  ⟶ swap service=shop
swap shop --dry-run                                        ⟶ swap dryRun service=shop
flip shop because the hosts are old                        ⟶ swap why=“the hosts are old” service=shop
swap shop?                                                 ⟶ swap dryRun service=shop
shop 색상 전환                                                 ⟶ swap service=shop
전환 shop                                                    ⟶ swap service=shop
swap                                                       ⟶ form form=swap
swap --dry-run                                             ⟶ ✗ missing_argument service
swap shop v2                                               ⟶ ✗ too_many_words v2

# finish
finish shop                                                ⟶ finish service=shop
finish shop --dry-run --reason "all is well"               ⟶ finish why=“all is well” dryRun service=shop
shop 마무리                                                   ⟶ finish service=shop
finish                                                     ⟶ form form=finish
finish shpo                                                ⟶ ✗ unknown_service shpo ⇒ finish shop

# rollback
rollback web                                               ⟶ rollback service=web
roll back web                                              ⟶ rollback service=web
rollback web web-k7f3q                                     ⟶ rollback service=web operation=web-k7f3q
rollback web-k7f3q                                         ⟶ rollback service=web operation=web-k7f3q
rollback --dry-run web                                     ⟶ rollback dryRun service=web
undo web                                                   ⟶ rollback service=web
rollback web --reason "500s"                               ⟶ rollback why=“500s” service=web
rollback shop                                              ⟶ rollback service=shop
revert web                                                 ⟶ rollback service=web

# cancel
cancel web                                                 ⟶ cancel target=web
cancel web-k7f3q                                           ⟶ cancel target=web-k7f3q
cancel deploy web                                          ⟶ cancel target=web
stop web                                                   ⟶ cancel target=web
cancel web.                                                ⟶ cancel target=web
cancel shop-k7f3q                                          ⟶ cancel target=shop-k7f3q

# approve
approve web-k7f3q                                          ⟶ approve operation=web-k7f3q
approve web-K7F3Q!                                         ⟶ approve operation=web-k7f3q
lgtm web-k7f3q                                             ⟶ approve operation=web-k7f3q

# lock
lock web "incident 42"                                     ⟶ lock service=web why=“incident 42”
lock web "incident 42" for 2h                              ⟶ lock service=web why=“incident 42” duration=2h
lock web incident 42 for 2h                                ⟶ lock service=web why=“incident 42” duration=2h
lock web “incident 42” for 2 hours                         ⟶ lock service=web why=“incident 42” duration=2h
lock web because of the incident for 90 min                ⟶ lock service=web why=“the incident” duration=1h30m
lock web deploy takes 2h                                   ⟶ lock service=web why=“deploy takes 2h”
lock all "holidays" for 3d                                 ⟶ lock service=* why=“holidays” duration=3d
lock * "holidays"                                          ⟶ lock service=* why=“holidays”
lock web --reason "incident 42" --for 2h                   ⟶ lock service=web why=“incident 42” duration=2h
lock web because of the incident for 90 min --reason x     ⟶ lock service=web why=“x” duration=1h30m
lock web 'incident 42'                                     ⟶ lock service=web why=“incident 42”
lock web "he said \\"stop\\"" for 1h30m                      ⟶ lock service=web why=“he said "stop"” duration=1h30m
lock web for 2h "incident 42"                              ⟶ lock service=web why=“incident 42” duration=2h
for 2h lock web "incident 42"                              ⟶ lock service=web why=“incident 42” duration=2h
lock "incident 42" web                                     ⟶ lock service=web why=“incident 42”

# unlock
unlock web                                                 ⟶ unlock service=web
unlock all                                                 ⟶ unlock service=*
unlock web now                                             ⟶ unlock service=web
unfreeze web                                               ⟶ unlock service=web

# images, the newest, and what is old
images web                                                 ⟶ images service=web
web images                                                 ⟶ images service=web
amis of web                                                ⟶ images service=web
images                                                     ⟶ form form=images
image web                                                  ⟶ ✗ unknown_command image ⇒ images web
web 이미지 목록                                                ⟶ images service=web
버전 목록 web                                                  ⟶ images service=web
update-image web                                           ⟶ update-image service=web
update-image web --security-groups-by-id                   ⟶ update-image service=web securityGroupsById
update-image web --by-id --dry-run                         ⟶ update-image dryRun service=web securityGroupsById
update-image web?                                          ⟶ update-image dryRun service=web
update-image                                               ⟶ form form=update-image
update-image --by-id                                       ⟶ ✗ missing_argument service
web 이미지 갱신해줘                                              ⟶ update-image service=web
refresh web                                                ⟶ ✗ ambiguous_command refresh web roll web | update-image web
web refresh --dry-run                                      ⟶ ✗ ambiguous_command refresh web roll web --dry-run | update-image web --dry-run
refresh web 3                                              ⟶ ✗ ambiguous_command refresh web roll web 3
refresh web --by-id                                        ⟶ ✗ ambiguous_command refresh web update-image web --by-id
refresh                                                    ⟶ ✗ ambiguous_command refresh roll | update-image
web 새로고침해줘                                            ⟶ ✗ ambiguous_command 새로고침해줘 web roll web | update-image web
deploy shop v2 --strategy colors                           ⟶ deploy service=shop version=v2 strategy=blue-green
deploy shop v2 by weighted                                 ⟶ deploy service=shop version=v2 strategy=canary
prune web                                                  ⟶ prune service=web
teardown web                                               ⟶ teardown service=web
tear down web because the lab is over                      ⟶ teardown why=“the lab is over” service=web
destroy web --images                                       ⟶ teardown service=web images
teardown web --dry-run                                     ⟶ teardown dryRun service=web
teardown                                                   ⟶ form form=teardown
teardwon web                                               ⟶ ✗ unknown_command teardwon ⇒ teardown web
web 철거해줘                                                   ⟶ teardown service=web
clean web because it is full                               ⟶ prune why=“it is full” service=web
prune web --dry-run                                        ⟶ prune dryRun service=web
prune                                                      ⟶ form form=prune
prune --dry-run                                            ⟶ ✗ missing_argument service
prune web v2                                               ⟶ ✗ too_many_words v2
prun web                                                   ⟶ ✗ unknown_command prun ⇒ prune web
web 이미지 정리해줘                                              ⟶ prune service=web
정리 web                                                     ⟶ prune service=web

# status
web                                                        ⟶ status service=web
status                                                     ⟶ status
status web                                                 ⟶ status service=web
status of web                                              ⟶ status service=web
st web                                                     ⟶ status service=web
status all                                                 ⟶ status
show web                                                   ⟶ status service=web
status, please                                             ⟶ status

# show
show web-k7f3q                                             ⟶ show operation=web-k7f3q

# history
history                                                    ⟶ history
history web                                                ⟶ history service=web
history web --since 30d --csv                              ⟶ history service=web since=30d as=csv
history --since 2026-11-01 --until 2026-12-01 --json       ⟶ history since=2026-11-01 until=2026-12-01 as=json
history --since yesterday                                  ⟶ ✗ bad_value since yesterday
hist                                                       ⟶ history
history shop                                               ⟶ history service=shop

# help
help                                                       ⟶ help
?                                                          ⟶ help
help deploy                                                ⟶ help topic=deploy
deploy --help                                              ⟶ help topic=deploy
deploy web -h                                              ⟶ help topic=deploy
help rollback                                              ⟶ help topic=rollback
HELP                                                       ⟶ help
commands                                                   ⟶ help

# live events, and sizes for now
schedule web tomorrow 8pm for 3h desired=4                   ⟶ schedule service=web said=tomorrow 8pm for 3h desired=4
schedule web 2026-12-24T20:00 3h desired=10 max=12 --name "Christmas live" ⟶ schedule service=web said=2026-12-24T20:00 3h desired=10 max=12
schedule web 19:30-23:00 desired=4 --every weekday           ⟶ schedule service=web said=every weekday 19:30-23:00 desired=4
schedule web 19:30 3h desired=4 --every daily                ⟶ schedule service=web said=daily 19:30 3h desired=4
schedule web 20:00 3h desired=4 --every mon,wed              ⟶ schedule service=web said=every mon,wed 20:00 3h desired=4
schedule web 3h desired=4 --every "30 19 * * 1-5"            ⟶ schedule service=web said=cron 30 19 * * 1-5 3h desired=4
schedule web 3h desired=4 --every "30 19 1 * *"              ⟶ ✗ bad_value every 30 19 1 * *
schedule web 20:00 3h desired=4 --every fortnight            ⟶ ✗ bad_value every fortnight
schedule web 20:00 3h desired=4 --every                      ⟶ ✗ missing_value every
schedule web tomorrow 8pm for 3h                             ⟶ ✗ missing_argument desired
schedule wbe tomorrow 8pm for 3h desired=4                   ⟶ ✗ unknown_service wbe ⇒ schedule web tomorrow 8pm for 3h desired=4
일정 web 내일 오후 8시부터 11시까지 desired=4                            ⟶ schedule service=web said=내일 오후 8시부터 11시까지 desired=4
web 일정 매주 금요일 20시 3시간 desired=4                              ⟶ schedule service=web said=매주 금요일 20시 3시간 desired=4
reschedule web-k7f3q                                         ⟶ reschedule service=web event=web-k7f3q
reschedule web-k7f3q until 23:30                             ⟶ reschedule service=web event=web-k7f3q said=until 23:30
reschedule web-k7f3q tomorrow 9pm for 3h desired=12          ⟶ reschedule service=web event=web-k7f3q said=tomorrow 9pm for 3h desired=12
reschedule web-k7f3q desired=12 max=14 --name "Bigger"       ⟶ reschedule service=web event=web-k7f3q desired=12 max=14
reschedule wbe-k7f3q desired=12                              ⟶ ✗ unknown_service wbe ⇒ reschedule web-k7f3q desired=12
reschedule tomorrow 9pm                                      ⟶ ✗ bad_value operation tomorrow
일정 변경 web-k7f3q 내일 오후 9시부터 11시까지                             ⟶ reschedule service=web event=web-k7f3q said=내일 오후 9시부터 11시까지
web-k7f3q 일정 변경 desired=12                                   ⟶ reschedule service=web event=web-k7f3q desired=12
unschedule web-k7f3q                                         ⟶ unschedule service=web event=web-k7f3q
일정 취소 web-k7f3q                                              ⟶ unschedule service=web event=web-k7f3q
schedules                                                    ⟶ schedules
schedules web                                                ⟶ schedules service=web
일정 목록 web                                                    ⟶ schedules service=web
scale web desired=4                                          ⟶ scale service=web desired=4
scale web 4                                                  ⟶ scale service=web desired=4
scale web 4 --after-cooldown                                 ⟶ scale service=web desired=4 afterCooldown
scale web desired=6 max=8 --cooldown --dry-run               ⟶ scale dryRun service=web desired=6 max=8 afterCooldown
용량 web 4                                                     ⟶ scale service=web desired=4
scale web                                                    ⟶ ✗ missing_argument desired

# a form, where something is lacking
please deploy                                              ⟶ form form=deploy
deploy                                                     ⟶ form form=deploy
deploy web                                                 ⟶ form form=deploy service=web
deploy v2                                                  ⟶ form form=deploy version=v2
schedule                                                   ⟶ form form=schedule
schedule web --dry-run                                     ⟶ ✗ missing_argument start
일정 web                                                     ⟶ form form=schedule service=web
lock web 2h                                                ⟶ form form=lock service=web
lock web for 2h                                            ⟶ form form=lock service=web
lock web                                                   ⟶ form form=lock service=web
lock                                                       ⟶ form form=lock
unlock                                                     ⟶ form form=unlock
rollback                                                   ⟶ form form=rollback
roll 3                                                     ⟶ form form=roll
roll                                                       ⟶ form form=roll
bake web                                                   ⟶ form form=bake service=web
cancel                                                     ⟶ form form=cancel
/asg                                                       ⟶ form
please                                                     ⟶ form
deploy web .                                               ⟶ form form=deploy service=web

# an unknown command
delpoy web v2                                              ⟶ ✗ unknown_command delpoy ⇒ deploy web v2
depoly wbe v2                                              ⟶ ✗ unknown_command depoly ⇒ deploy web v2
don't deploy web v2                                        ⟶ ✗ unknown_command don't
web v2                                                     ⟶ ✗ unknown_command web ⇒ deploy web v2
wbe                                                        ⟶ ✗ unknown_command wbe ⇒ web
배프 web v2                                                  ⟶ ✗ unknown_command 배프 ⇒ 배포 web v2
stauts                                                     ⟶ ✗ unknown_command stauts ⇒ status
stat web                                                   ⟶ ✗ unknown_command stat ⇒ status web
rolback web                                                ⟶ ✗ unknown_command rolback ⇒ rollback web
help delpoy                                                ⟶ ✗ unknown_command delpoy ⇒ help deploy
help nonsense                                              ⟶ ✗ unknown_command nonsense
nonsense                                                   ⟶ ✗ unknown_command nonsense
"deploy" web v2                                            ⟶ ✗ unknown_command deploy
schedule web                                               ⟶ form form=schedule service=web
&lt;deploy&gt; web                                         ⟶ ✗ unknown_command <deploy> ⇒ deploy web
wbe v2                                                     ⟶ ✗ unknown_command wbe ⇒ deploy web v2
web v2?                                                    ⟶ ✗ unknown_command web ⇒ deploy web v2?
how is web                                                 ⟶ ✗ unknown_command how
web 현황은                                                    ⟶ ✗ unknown_command web
sttaus web                                                 ⟶ ✗ unknown_command sttaus ⇒ status web
hlep                                                       ⟶ ✗ unknown_command hlep ⇒ help
unlok web                                                  ⟶ ✗ unknown_command unlok ⇒ unlock web
lokc web "x"                                               ⟶ ✗ unknown_command lokc ⇒ lock web "x"
aprove web-k7f3q                                           ⟶ ✗ unknown_command aprove ⇒ approve web-k7f3q
cancle web                                                 ⟶ ✗ unknown_command cancle ⇒ cancel web
histroy                                                    ⟶ ✗ unknown_command histroy ⇒ history
rolllback web                                              ⟶ ✗ unknown_command rolllback ⇒ rollback web
bakee web v2                                               ⟶ ✗ unknown_command bakee ⇒ bake web v2
롤벡 web                                                     ⟶ ✗ unknown_command 롤벡 ⇒ 롤백 web
상테                                                         ⟶ ✗ unknown_command 상테 ⇒ 상태

# an unknown service
deploy wbe                                                 ⟶ ✗ unknown_service wbe ⇒ deploy web
deploy wbe v2                                              ⟶ ✗ unknown_service wbe ⇒ deploy web v2
deploy v2 wbe                                              ⟶ ✗ unknown_service wbe ⇒ deploy v2 web
deploy blog v2                                             ⟶ ✗ unknown_service blog
lock wbe "incident"                                        ⟶ ✗ unknown_service wbe ⇒ lock web "incident"
lock blog incident 42                                      ⟶ ✗ unknown_service blog
unlock wbe                                                 ⟶ ✗ unknown_service wbe ⇒ unlock web
status v2                                                  ⟶ ✗ unknown_service v2
cancel wbe-k7f3q                                           ⟶ ✗ unknown_service wbe ⇒ cancel web-k7f3q
deploy paymnts-api v2                                      ⟶ ✗ unknown_service paymnts-api ⇒ deploy payments-api v2
deploy payments v2                                         ⟶ ✗ unknown_service payments ⇒ deploy payments-api v2
deploy pay v2                                              ⟶ ✗ unknown_service pay ⇒ deploy payments-api v2
cancel nothing                                             ⟶ ✗ unknown_service nothing

# an unknown option
deploy web v2 --stratgy replace                            ⟶ ✗ unknown_option stratgy ⇒ deploy web v2 --strategy replace
deploy web v2 --force                                      ⟶ ✗ unknown_option force
status web --force                                         ⟶ ✗ unknown_option force ⇒ status web
bake web v2 --strategy replace                             ⟶ ✗ unknown_option strategy
deploy web v2 --strat surge                                ⟶ ✗ unknown_option strat ⇒ deploy web v2 --strategy surge
deploy web -v2                                             ⟶ ✗ unknown_option v2
rollback web v1 --strategy surge                           ⟶ ✗ unknown_option strategy

# a value that will not do
deploy web v2 --from somewhere                             ⟶ ✗ bad_value from somewhere
deploy web v1+2                                            ⟶ ✗ bad_value version v1+2
deploy web v@2                                             ⟶ ✗ bad_value version v@2
deploy web "v 2"                                           ⟶ ✗ bad_value version v 2
deploy web v2 --strategy replce                            ⟶ ✗ bad_value strategy replce ⇒ deploy web v2 --strategy replace
deploy web v2 --strategy colors                            ⟶ ✗ bad_value strategy blue-green
deploy shop v2 --strategy refresh                          ⟶ ✗ bad_value strategy refresh
lock web "x" for 90d                                       ⟶ ✗ bad_value for 90d
rollback web shop-k7f3q                                    ⟶ ✗ bad_value operation shop-k7f3q
rollback web v1                                            ⟶ ✗ bad_value operation v1
roll web latest                                            ⟶ roll service=web
bake web v2 --from ami-0123456789abcdef0                   ⟶ ✗ bad_value from ami-0123456789abcdef0
approve web-k7f                                            ⟶ ✗ bad_value operation web-k7f
show k7f3q                                                 ⟶ ✗ bad_value operation k7f3q
deploy web v2 --dry-run=maybe                              ⟶ ✗ bad_value dry-run maybe
lock web "x" for 10s                                       ⟶ ✗ bad_value for 10s
deploy web v2 --from ami-1                                 ⟶ ✗ bad_value from ami-1
deploy web v2 --reason ""                                  ⟶ ✗ bad_value reason 
web v@2 deploy                                             ⟶ ✗ bad_value version v@2

# something missing
deploy web v2 --strategy                                   ⟶ ✗ missing_value strategy
approve                                                    ⟶ ✗ missing_argument operation
show                                                       ⟶ ✗ missing_argument operation

deploy web --dry-run                                       ⟶ ✗ missing_argument version
deploy --strategy surge                                    ⟶ ✗ missing_argument service
bake web --reboot                                          ⟶ ✗ missing_argument version
rollback --dry-run                                         ⟶ ✗ missing_argument service
deploy web?                                                ⟶ ✗ missing_argument version

delpoy web v2?                                             ⟶ ✗ unknown_command delpoy ⇒ deploy web v2?

# words too many
deploy web v2 v3                                           ⟶ ✗ too_many_words v3
deploy web v2 staging                                      ⟶ ✗ too_many_words staging
deploy web shop                                            ⟶ ✗ too_many_words shop
lock web "x" until monday                                  ⟶ ✗ too_many_words until
status web shop                                            ⟶ ✗ too_many_words shop
deploy web v2 --why “fix” for all                          ⟶ ✗ too_many_words all
deploy web v2 with love                                    ⟶ ✗ too_many_words with
show log web-k7f3q                                         ⟶ ✗ too_many_words web-k7f3q
lock web "a" "b"                                           ⟶ ✗ too_many_words b
web v2 deploy staging                                      ⟶ ✗ too_many_words staging

# a quote never closed
deploy web v2 --reason "open                               ⟶ ✗ open_quote ⇒ deploy web v2 --reason "open"
`

/** What a table of printable text cannot show: what phones, keyboards and Slack make of a command. */
const typed: readonly (readonly [what: string, line: string, result: string])[] = [
  ['spaces that do not break', 'deploy\u00a0web\u00a0v2', 'deploy service=web version=v2'],
  ['full-width spaces', 'deploy\u3000web\u3000v2', 'deploy service=web version=v2'],
  [
    'full-width letters',
    '\uff44\uff45\uff50\uff4c\uff4f\uff59 web \uff56\uff12',
    'deploy service=web version=v2',
  ],
  ['signs without width', '\u200bdeploy web\ufeff v2\u200e', 'deploy service=web version=v2'],
  [
    'an em dash for two',
    'deploy web v2 \u2014strategy replace',
    'deploy service=web version=v2 strategy=replace',
  ],
  ['dashes inside an option', 'deploy web v2 \u2014dry\u2013run', 'deploy dryRun service=web version=v2'],
  ['a hyphen that does not break', 'show web\u2011k7f3q', 'show operation=web-k7f3q'],
  ['smart quotes', 'lock web \u201cincident 42\u201d', 'lock service=web why=“incident 42”'],
  ['smart single quotes', 'lock web \u2018incident 42\u2019', 'lock service=web why=“incident 42”'],
  ['Korean in parts (NFD)', '배포 web v2'.normalize('NFD'), 'deploy service=web version=v2'],
  ['several lines', 'deploy\nweb\r\n\tv2', 'deploy service=web version=v2'],
  ['the bot’s name first', '<@U0BOT|rollcall> deploy web v2', 'deploy service=web version=v2'],
  ['the command pasted twice', '/asg deploy web v2', 'deploy service=web version=v2'],
  ['code marks', '`deploy web v2`', 'deploy service=web version=v2'],
  [
    'a version that looks like a link',
    'deploy web <http://v1.2.ai|v1.2.ai>',
    'deploy service=web version=v1.2.ai',
  ],
  ['Slack’s escapes', 'lock web "p99 &gt; 2s &amp; rising"', 'lock service=web why=“p99 > 2s & rising”'],
  [
    'a link in a reason, as Slack wrote it',
    'lock web "see <https://jira.example/INC_42>"',
    'lock service=web why=“see https://jira.example/INC_42”',
  ],
  [
    'a link with a name of its own',
    'lock web "see <https://jira.example/42|INC-42>"',
    'lock service=web why=“see INC-42 (https://jira.example/42)”',
  ],
  ['somebody’s name in a reason', 'lock web "ask <@U0ALICE|alice>"', 'lock service=web why=“ask <@U0ALICE>”'],
  ['a bold service', 'deploy *web* v2', 'deploy service=web version=v2'],
  ['every word bold, italic or code', 'scale *web* _4_', 'scale service=web desired=4'],
  ['a code word', 'deploy `web` `v2`', 'deploy service=web version=v2'],
  ['marks in marks', '*_deploy web v2_*', 'deploy service=web version=v2'],
  ['a bold line', '*deploy web v2*', 'deploy service=web version=v2'],
  ['a bold value', 'scale web desired=*4*', 'scale service=web desired=4'],
  ['a quotation', '&gt; deploy web v2', 'deploy service=web version=v2'],
  ['a point of a list', '• deploy web v2', 'deploy service=web version=v2'],
  ['what is struck out', 'deploy ~web~ v2', '✗ unknown_service ~web~'],
  ['all services', 'lock * "over the holidays"', 'lock service=* why=“over the holidays”'],
  ['a link to a channel for a service', 'deploy <#C024BE7LR|web> v2', 'deploy service=web version=v2'],
  ['a channel that is no service', 'deploy <#C024BE7LR|wbe> v2', '✗ unknown_service wbe ⇒ deploy web v2'],
  ['a channel whose name is not told', 'deploy <#C024BE7LR> v2', '✗ unknown_service <#C024BE7LR>'],
  ['a channel in a reason', 'lock web "see <#C024BE7LR|ops>"', 'lock service=web why=“see #ops”'],
  ['spaces around a sign', 'scale web desired = 4', 'scale service=web desired=4'],
  ['a space behind a sign', 'scale web desired= 4 max= 8', 'scale service=web desired=4 max=8'],
  ['a space before a sign', 'scale web desired =4', 'scale service=web desired=4'],
  [
    'spaces around an option’s sign',
    'deploy web v2 --reason = "two words"',
    'deploy why=“two words” service=web version=v2',
  ],
  ['a sign with nothing behind', 'scale web desired =', '✗ bad_value desired desired'],
  ['nothing', '', 'form'],
  ['nothing that can be seen', ' \u200b\u0000\n', 'form'],
]

describe('a line of chat', () => {
  const rows = table
    .split('\n')
    .filter((row) => row.includes(' ⟶ '))
    .map((row) => row.split(' ⟶ ').map((cell) => cell.trim()) as [string, string])

  test.each(rows)('%s ⟶ %s', (line, result) => {
    expect(understood(parseLine(line, services))).toBe(result)
  })

  test.each(typed)('with %s is understood', (_, line, result) => {
    expect(understood(parseLine(line, services))).toBe(result)
  })

  test('a reason keeps its dash, its quotes and its emoji', () => {
    const parsed = parseLine('lock web "late — she said \\"wait\\" 👩‍🚒"', services)
    expect(parsed).toMatchObject({ ok: true, command: { why: 'late — she said "wait" 👩‍🚒' } })
  })

  test('a mistake in a command says how that command is used', () => {
    expect(parseLine('deploy web v2 v3', services)).toMatchObject({
      usage: expect.stringContaining('deploy <service>'),
    })
  })
})
