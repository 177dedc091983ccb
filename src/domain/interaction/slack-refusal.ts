/**
 * What a refusal of Slack means for what was to be said:
 * - `later`: it passes by itself: the same way again, at the stated pace;
 * - `content`: the way is open, but not for these blocks or this text: the same way with less;
 * - `gone`: the message that was to change is there no more, or no more ours: a new one;
 * - `closed`: this way is closed to us, as far as anybody can know: the next way;
 * - `app`: the app itself is refused: no way is open until an administrator has repaired it.
 */
export type Refusal = 'later' | 'content' | 'gone' | 'closed' | 'app'

/**
 * The error codes of chat.postMessage, chat.postEphemeral, chat.update, conversations.open, views.open, views.update,
 * views.publish and response_url that mean something else than `closed`. slack: reference/methods, "Errors" of each.
 */
const known: { readonly [code: string]: Exclude<Refusal, 'closed'> } = {
  unreachable: 'later',
  ratelimited: 'later',
  rate_limited: 'later',
  message_limit_exceeded: 'later',
  fatal_error: 'later',
  internal_error: 'later',
  service_unavailable: 'later',
  request_timeout: 'later',
  update_failed: 'later',
  team_added_to_org: 'later',
  org_login_required: 'later',
  external_channel_migrating: 'later',
  streaming_state_conflict: 'later',

  invalid_blocks: 'content',
  invalid_blocks_format: 'content',
  invalid_attachments: 'content',
  invalid_arguments: 'content',
  msg_blocks_too_long: 'content',
  msg_too_long: 'content',
  only_one_table_allowed: 'content',
  too_many_attachments: 'content',
  attachment_payload_limit_exceeded: 'content',
  block_mismatch: 'content',
  no_text: 'content',
  invalid_metadata_format: 'content',
  invalid_metadata_schema: 'content',
  metadata_too_large: 'content',
  metadata_must_be_sent_from_app: 'content',
  view_too_large: 'content',

  message_not_found: 'gone',
  cant_update_message: 'gone',
  edit_window_closed: 'gone',

  not_authed: 'app',
  invalid_auth: 'app',
  account_inactive: 'app',
  token_revoked: 'app',
  token_expired: 'app',
  not_allowed_token_type: 'app',
  missing_scope: 'app',
  accesslimited: 'app',
  enterprise_is_restricted: 'app',
  two_factor_setup_required: 'app',
  method_deprecated: 'app',
  deprecated_endpoint: 'app',
}

/** What an error code of Slack means. Total: a code that nobody has heard of closes the way that it was given on. */
export const refusalOf = (code: string): Refusal =>
  (Object.hasOwn(known, code) ? known[code] : undefined) ?? 'closed'
