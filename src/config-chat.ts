import { z } from 'zod';
import { ConfigError } from './config-error.ts';

const APPROVERS_HINT =
  'must be ids of users or user groups with commas between them, such as U0123456789,S0123456789';

const IntercomId = z
  .string()
  .regex(/^\d{1,20}$/, 'must be the number that stands at the end of its address in Intercom');

/** The variables of the chat services. */
export const CHAT_VARIABLES = {
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_DESK_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,}$/, 'must be the id of a channel, such as C0123456789, not its name')
    .optional(),
  SLACK_APPROVERS: z
    .string()
    .regex(/^\s*[UWS][A-Z0-9]{2,}(\s*,\s*[UWS][A-Z0-9]{2,})*\s*$/, APPROVERS_HINT)
    .optional(),
  SLACK_API_URL: z.url({ protocol: /^https?$/ }).optional(),
  INTERCOM_APP_ID: z
    .string()
    .regex(/^[a-z0-9_-]{3,64}$/i, 'must be the id of a workspace, such as abcd1234')
    .optional(),
  INTERCOM_ACCESS_TOKEN: z.string().min(1).optional(),
  INTERCOM_CLIENT_SECRET: z.string().min(1).optional(),
  INTERCOM_IDENTITY_SECRET: z.string().min(1).optional(),
  INTERCOM_ADMIN_ID: IntercomId.optional(),
  INTERCOM_TEAM_ID: IntercomId.optional(),
  INTERCOM_API_URL: z.url({ protocol: /^https?$/ }).optional(),
};

type Variables = z.infer<z.ZodObject<typeof CHAT_VARIABLES>>;

/** The workspace, and how Slack reaches us: through Socket Mode with an app token, else by signed HTTP. */
export type SlackConfig = {
  botToken: string;
  appToken: string | null;
  signingSecret: string | null;
  /** null: support works on the web desk. */
  deskChannel: string | null;
  /** Ids of users (U…, W…) and user groups (S…). */
  approvers: string[];
  /** Another address than Slack's own, for emulators. */
  apiUrl: string | null;
};

/** The workspace, and who the bot is in it. */
export type IntercomConfig = {
  /** Id of the workspace. */
  appId: string;
  accessToken: string;
  /** Signs webhooks and cards. */
  clientSecret: string;
  /** Signs the identity of the page's Messenger; null: the page opens it without one. */
  identitySecret: string | null;
  /** The teammate in whose name the bot answers. */
  adminId: string;
  /** Who takes over; null: the talk stays unassigned, with a note. */
  teamId: string | null;
  /** Another address than that of the workspaces in the USA. */
  apiUrl: string | null;
};

/** @throws ConfigError when something of Slack is missing */
export function slackOf(values: Variables): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = values;
  if (!botToken) {
    const other = Object.keys(values).find((name) => name.startsWith('SLACK_'));
    if (!other) return null;
    throw new ConfigError(
      `${other} is set but SLACK_BOT_TOKEN is not; set it to the bot token of the Slack app (OAuth & Permissions, begins with xoxb-).`,
    );
  }
  if (!SLACK_APP_TOKEN && !SLACK_SIGNING_SECRET) {
    throw new ConfigError(
      'SLACK_BOT_TOKEN is set, but Slack has no way to this server; set SLACK_APP_TOKEN (begins with xapp-) for Socket Mode, or SLACK_SIGNING_SECRET for POST /slack/events.',
    );
  }
  return {
    botToken,
    appToken: SLACK_APP_TOKEN ?? null,
    signingSecret: SLACK_SIGNING_SECRET ?? null,
    deskChannel: values.SLACK_DESK_CHANNEL ?? null,
    approvers: values.SLACK_APPROVERS?.split(',').map((id) => id.trim()) ?? [],
    apiUrl: values.SLACK_API_URL ?? null,
  };
}

const INTERCOM_NEEDS = {
  INTERCOM_APP_ID: 'the id of the workspace',
  INTERCOM_ACCESS_TOKEN: 'the access token of the Intercom app (Authentication)',
  INTERCOM_CLIENT_SECRET: 'the client secret of the app (Basic information)',
  INTERCOM_ADMIN_ID: 'the id of the teammate in whose name the bot answers',
} as const;

/** @throws ConfigError when something of Intercom is missing */
export function intercomOf(values: Variables): IntercomConfig | null {
  const given = Object.keys(values).find((name) => name.startsWith('INTERCOM_'));
  if (!given) return null;
  const {
    INTERCOM_APP_ID: appId,
    INTERCOM_ACCESS_TOKEN: accessToken,
    INTERCOM_CLIENT_SECRET: clientSecret,
    INTERCOM_ADMIN_ID: adminId,
  } = values;
  if (!appId || !accessToken || !clientSecret || !adminId) {
    const missing = Object.entries(INTERCOM_NEEDS)
      .filter(([name]) => !(name in values))
      .map(([name, what]) => `${name} (${what})`);
    throw new ConfigError(`${given} is set; for Intercom set ${missing.join(', ')} as well.`);
  }
  return {
    appId,
    accessToken,
    clientSecret,
    adminId,
    identitySecret: values.INTERCOM_IDENTITY_SECRET ?? null,
    teamId: values.INTERCOM_TEAM_ID ?? null,
    apiUrl: values.INTERCOM_API_URL?.replace(/\/+$/, '') ?? null,
  };
}
