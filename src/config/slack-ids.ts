import { text } from './fields'

export const slackUser = text('the id of a Slack user, U…', /^[UW][A-Z0-9]{2,}$/)
export const slackGroup = text('the id of a Slack user group, S…', /^S[A-Z0-9]{2,}$/)
