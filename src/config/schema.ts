import type { z } from 'zod'
import { type Action, actions } from '../domain/access/action'
import { strategies } from '../domain/catalogue/strategy'
import { formerProcedures, formerStrategies } from '../domain/operation/former-names'
import { hour, minute, second } from '../domain/time/time'
import { fleetSchema } from './fleet-schema'
import { machineSchema } from './machine-schema'
import { webhookSchema } from './webhook-schema'
import { slackGroup, slackUser } from './slack-ids'
import {
  alwaysTrue,
  answerTime,
  count,
  factor,
  keys,
  list,
  localTime,
  money,
  named,
  pattern,
  percent,
  percentile,
  share,
  some,
  span,
  text,
  word,
  yesNo,
  windowCron,
  windowLength,
  zone,
} from './fields'

const instanceId = text('the id of an instance, i-0123456789abcdef0', /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/)
// CreateAutoScalingGroup, AutoScalingGroupName: up to 255 printable signs, no colon (Auto Scaling API reference).
const groupName = text('the name of an Auto Scaling group', /^[^\s:][^:\p{Cc}]{0,254}$/u)
const tagKey = text('the key of a tag', /^.{1,128}$/)

const regionForm = /^[a-z]{2}(?:-[a-z]+)+-\d$/

/** What a service may take from `defaults`. */
const shared = {
  region: text('a region, like ap-northeast-2', regionForm).optional(),
  role: text(
    'the ARN of a role, arn:aws:iam::<account>:role/<name>',
    /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/,
  ).optional(),
  external_id: text(
    'the external id of the role, 2 to 1224 letters, digits and + = , . @ : / - _',
    /^[\w+=,.@:/-]{2,1224}$/,
  ).optional(),
  timezone: zone().optional(),
  channel: text(
    'the name of a channel, in small letters',
    /^#?[^\s#A-Z<>@]{1,80}$|^[CG][A-Z0-9]{5,}$/,
  ).optional(),
  language: word(['en', 'ko']).optional(),
  strategy: word(strategies, formerStrategies).optional(),
  gate: keys({
    bake: span().optional(),
    timeout: span(second).optional(),
    healthy: count(1, 10_000).optional(),
  }).optional(),
  boot: span(second).optional(),
  surge: percent(101, 200).optional(),
  confirm: yesNo().optional(),
  standby: span(minute).optional(),
  keep: keys({ count: count(1, 1_000).optional(), for: span(minute).optional() }).optional(),
  prices: named(
    'prices by the hour, like { t2.micro: 0.0144 USD }',
    /^[a-z0-9-]+\.[a-z0-9-]+$/,
    money(),
  ).optional(),
}

const alarm = text('the name of an alarm in CloudWatch', /^.{1,255}$/)

/** What customers must not notice of a new version. */
const checks = keys({
  errors: keys({ worse: factor(), above: share() }).optional(),
  latency: keys({ percentile: percentile(), worse: factor(), above: answerTime() }).optional(),
  alarms: some(alarm).optional(),
  least: count(1, 1_000_000_000).optional(),
  unsure: word(['hold', 'pass']).optional(),
  window: word(['ask', 'back']).optional(),
})

const service = keys({
  ...shared,
  group: groupName.optional(),
  colors: keys({
    blue: some(groupName).optional(),
    green: some(groupName).optional(),
    prefix: text('what the names of the groups begin with, like shop-', /^[^\s:]{1,200}$/).optional(),
    tag: named(
      'tags of the groups, like { "docker:image:name": shop }',
      /^.{1,128}$/,
      text('a value'),
    ).optional(),
  }).optional(),
  alarms: some(alarm).optional(),
  checks: checks.optional(),
  template: text('the name of a launch template', /^[A-Za-z0-9().\-/_]{3,128}$/).optional(),
  image: keys({
    name: text("an image's name with one {version} in it, like Web Server {version}"),
    description: text('up to 255 signs', /^.{1,255}$/).optional(),
    owners: some(
      text('the id of an account that shares images, twelve digits in quotes', /^\d{12}$/),
    ).optional(),
    from: keys({
      tag: named(
        'tags of the instance, like { Name: ASG-Web-Instance }',
        /^.{1,128}$/,
        text('a value'),
      ).optional(),
      instance: instanceId.optional(),
    }).optional(),
    newest: keys({
      name: text("an image's name, * and ? for any signs, like AWSBackup_*").optional(),
      tag: named(
        'tags of the image, like { Name: ASG-Web-Instance }',
        /^.{1,128}$/,
        text('a value'),
      ).optional(),
      daily: text('a time of day in quotes, like "02:00"', /^([01]\d|2[0-3]):[0-5]\d$/).optional(),
    }).optional(),
  }).optional(),
  version: keys({ tag: tagKey }).optional(),
  capacity: keys({
    min: count(0, 10_000),
    desired: count(0, 10_000),
    max: count(0, 10_000),
    cooldown: count(0, 86_400).optional(),
  }).optional(),
  fleet: fleetSchema.optional(),
})

const people = keys({
  users: list(slackUser, 'ids of Slack users'),
  groups: list(slackGroup, 'ids of Slack user groups'),
})

const rule = keys({
  service: some(text("a service's name, or *")),
  action: some(word<Action | '*'>([...actions, '*'], formerProcedures)),
  allow: some(text('names of groups of people, machines.<name>, or everyone')),
  approval: keys({
    by: text('the name of a group of people'),
    count: count(1, 20).default(1),
    second: text('the name of another group of people').optional(),
    expires: span(minute).default(hour),
  }).optional(),
  reason: word(['required']).optional(),
  ticket: pattern().optional(),
})

/** A time in which changes are held: between two dates, again and again by cron, or what a calendar has. */
const changeWindow = keys({
  name: text('a name of up to 60 signs, like year end', /^\S.{0,59}$/),
  deny: alwaysTrue(),
  cron: windowCron().optional(),
  for: windowLength().optional(),
  from: localTime().optional(),
  until: localTime().optional(),
  calendar: text('the name of a file, like holidays.ics', /^[^\0]{1,300}\.ics$/i).optional(),
  timezone: zone().optional(),
  services: some(text("a service's name, or *")),
  except: some(text("a service's name")).optional(),
  why: text('up to 200 signs', /^\S.{0,199}$/).optional(),
})

/** Who has to agree before a closed window is overridden. */
const override = keys({
  by: text('the name of a group of people'),
  count: count(1, 20).default(1),
  second: text('the name of another group of people').optional(),
  expires: span(minute).default(hour),
  reason: word(['required']).optional(),
})

/** The form of `rollcall.yaml`, before what its parts say of each other is checked. */
export const catalogueSchema = keys({
  defaults: keys(shared).default({}),
  regions: named(
    'a region, like ap-northeast-2',
    regionForm,
    keys({
      events: text(
        "a standard queue's URL, https://sqs.<region>.amazonaws.com/<account>/<name>",
        /^https?:\/\/[^\s/]+\/\d{12}\/[A-Za-z0-9_-]{1,80}$/,
      ).optional(),
    }),
  ).default({}),
  services: named(
    'a name of up to 32 small letters, digits and -, beginning with a letter, like web',
    /^[a-z][a-z0-9-]{0,31}$/,
    service,
  ),
  people: named('a name like operators', /^[\p{L}][\p{L}\p{N}_-]{0,63}$/u, people).default({}),
  machines: named(
    'a name of small letters, digits and -, like web-pipeline',
    /^[a-z][a-z0-9-]{0,63}$/,
    machineSchema,
  ).default({}),
  webhooks: list(webhookSchema, 'a list of webhooks'),
  rules: list(rule, 'a list of rules'),
  windows: list(changeWindow, 'a list of windows'),
  override: override.optional(),
})

export type Written = z.output<typeof catalogueSchema>
export type WrittenService = Written['services'][string]
