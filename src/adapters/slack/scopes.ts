/** What the bot token must be allowed to do, and what for; `manifest.yml` asks for the same. */
export const BOT_SCOPES = {
  'app_mentions:read': 'to hear when it is mentioned',
  'channels:history': 'to read threads in public channels',
  'channels:read': 'to see who can read a public channel',
  'chat:write': 'to write',
  commands: 'for /waybill',
  'files:write': 'to bring the links CSV',
  'groups:history': 'to read threads in private channels',
  'groups:read': 'to see who can read a private channel',
  'im:history': 'to read direct messages',
  'im:write': 'to begin direct messages',
  'usergroups:read': 'to know who is in a group of approvers',
  'users:read': 'to know who writes',
  'users:read.email': 'to know the address of who writes',
} as const satisfies Record<string, string>;
