import { webApi } from '@slack/bolt';
import { SendError } from '../../domain/send-error.ts';

/** Answers of Slack after which trying again cannot help, and what a person has to do. */
const PERMANENT: Record<string, string> = {
  channel_not_found:
    'Slack knows no such channel for this bot; invite the bot to it, or set the right channel id.',
  not_in_channel: 'The bot is not in this channel; invite it there with /invite.',
  is_archived: 'The channel is archived; unarchive it in Slack.',
  thread_not_found: 'The thread was deleted in Slack.',
  cannot_reply_to_message: 'Slack takes no answers to this message.',
  restricted_action: 'The workspace does not let the bot post here; change the channel’s settings.',
  restricted_action_read_only_channel: 'Only admins may post in this channel.',
  cannot_dm_bot: 'A bot cannot get direct messages.',
  user_not_found: 'Slack knows no such person any more.',
  user_disabled: 'The person’s Slack account is deactivated.',
  missing_scope:
    'The Slack app lacks a scope; install it again from manifest.yml, then run `waybill doctor`.',
  invalid_auth: 'Slack does not accept SLACK_BOT_TOKEN; copy it again from the app’s settings.',
  not_authed: 'Slack got no token; set SLACK_BOT_TOKEN.',
  account_inactive: 'The Slack app was removed from the workspace; install it again.',
  token_revoked: 'SLACK_BOT_TOKEN was revoked; install the app again and set the new token.',
  invalid_blocks: 'Slack refused the layout of the message.',
  msg_too_long: 'The message is longer than Slack takes.',
  no_text: 'The message is empty.',
  file_upload_size_restricted: 'The workspace does not take files of this size.',
};

/** What went wrong with a call, as the outbox wants to know it. */
export function toSendError(error: unknown, what: string): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new SendError(`Slack asks to wait ${error.retryAfter} s before it takes ${what}.`, {
      retryAfterSeconds: error.retryAfter,
      cause: error,
    });
  }
  const code = slackCode(error);
  const known = code === null ? undefined : PERMANENT[code];
  if (known) {
    return new SendError(`${what} was refused (${code}): ${known}`, {
      permanent: true,
      cause: error,
    });
  }
  if (code) return new SendError(`${what} was refused by Slack: ${code}.`, { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new SendError(`${what} did not reach Slack: ${message}`, { cause: error });
}

/** Slack's own word for what went wrong; null when it did not say anything. */
export function slackCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}
