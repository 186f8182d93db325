/** What stands in a channel that others can read too, in place of links. */

export function linkNotHere(): string {
  return '(the link is not shown here)';
}

export function sentDirectly(): string {
  return 'Other people can read this channel, so I have sent you the links in a direct message.';
}

export function notPostedHere(): string {
  return 'Other people can read this channel, so I do not post the links here. They are in the mail that I have sent you. Write to me in a direct message if you need them in Slack.';
}
