import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  CHAT_VARIABLES,
  type IntercomConfig,
  intercomOf,
  type SlackConfig,
  slackOf,
} from './config-chat.ts';
import { ConfigError } from './config-error.ts';

export type { IntercomConfig, SlackConfig } from './config-chat.ts';
export { ConfigError } from './config-error.ts';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  WAYBILL_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SOURCE: z.string().min(1).optional(),
  AZURE_STORAGE_CONNECTION_STRING: z.string().min(1).optional(),
  AZURE_STORAGE_ACCOUNT: z
    .string()
    .regex(/^[a-z0-9]{3,24}$/, 'must be the name of a storage account')
    .optional(),
  AZURE_CONTAINER: z
    .string()
    .regex(/^[a-z0-9](?:-?[a-z0-9]){2,39}$/, 'must have 3 to 40 small letters, digits or hyphens')
    .default('waybill-exports'),
  LINKS: z.enum(['gateway', 'direct']).default('gateway'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  ...CHAT_VARIABLES,
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).optional(),
  ACCESS_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  ACCESS_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
});

/** What the process was told, checked. */
export type Config = {
  port: number;
  host: string;
  /** Without a slash at the end; null when it follows from host and port. */
  publicUrl: string | null;
  dataDir: string;
  /** null: made once and kept in `dataDir`. */
  secret: string | null;
  /** Source file; null: the sample ATS in `dataDir`. */
  sourceFile: string | null;
  /** Azure Blob Storage in place of the folder for exports; null: the folder. */
  azure: AzureSettings | null;
  /** `direct`: the links CSV holds links into the storage itself. */
  links: 'gateway' | 'direct';
  /** Parts are built by workers that take them from this Redis; null: in this process. */
  redisUrl: string | null;
  /** null: nothing of Slack is loaded. */
  slack: SlackConfig | null;
  /** null: nothing of Intercom is loaded. */
  intercom: IntercomConfig | null;
  smtp: { url: string; from: string } | null;
  /** Temporary access is given and revoked by it; null: by the source file, if that says how. */
  accessWebhook: { url: string; secret: string } | null;
  logLevel: (typeof LOG_LEVELS)[number];
};

/** How the storage account is reached: with its key, or with the identity of this machine. */
type AzureSettings = { container: string } & ({ connectionString: string } | { account: string });

/**
 * Reads the configuration.
 * @param env the process's environment, or what a test wants instead; an empty value counts as not set
 * @throws ConfigError
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues
        .map((issue) => `${issue.path.join('.')} cannot be used: ${issue.message}.`)
        .join('\n'),
    );
  }
  const values = parsed.data;
  if (values.SMTP_URL && !values.MAIL_FROM) {
    throw new ConfigError(
      'SMTP_URL is set but MAIL_FROM is not; set it to the sender, for example MAIL_FROM="Acme ATS <exports@acme.example>".',
    );
  }
  if (!isLoopback(values.HOST) && !values.WAYBILL_SECRET) {
    throw new ConfigError(
      `HOST is ${values.HOST}, which others can reach; set WAYBILL_SECRET to at least 32 random characters first (the sign-in token of the desk is made from it), or leave HOST at 127.0.0.1.`,
    );
  }
  if (!isLoopback(values.HOST) && !values.PUBLIC_URL) {
    throw new ConfigError(
      `HOST is ${values.HOST}, so others are to reach this server; set PUBLIC_URL to the address that their browsers use, for example https://exports.example.com.`,
    );
  }
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir: resolve(values.DATA_DIR),
    secret: values.WAYBILL_SECRET ?? null,
    sourceFile: values.SOURCE ? resolve(values.SOURCE) : null,
    azure: azureOf(values),
    links: values.LINKS,
    redisUrl: values.REDIS_URL ?? null,
    slack: slackOf(values),
    intercom: intercomOf(values),
    smtp:
      values.SMTP_URL && values.MAIL_FROM ? { url: values.SMTP_URL, from: values.MAIL_FROM } : null,
    accessWebhook: accessWebhookOf(values),
    logLevel: values.LOG_LEVEL,
  };
}

function azureOf(values: z.infer<typeof Environment>): AzureSettings | null {
  const {
    AZURE_STORAGE_CONNECTION_STRING: connectionString,
    AZURE_STORAGE_ACCOUNT: account,
    AZURE_CONTAINER: container,
    LINKS: links,
  } = values;
  if (connectionString) return { connectionString, container };
  if (links === 'direct') {
    throw new ConfigError(
      'LINKS is direct, which needs the key of a storage account; set AZURE_STORAGE_CONNECTION_STRING, or leave LINKS at gateway.',
    );
  }
  return account ? { account, container } : null;
}

function accessWebhookOf({
  ACCESS_WEBHOOK_URL: url,
  ACCESS_WEBHOOK_SECRET: secret,
}: z.infer<typeof Environment>): Config['accessWebhook'] {
  if (url && secret) return { url, secret };
  if (!url && !secret) return null;
  throw new ConfigError(
    url
      ? 'ACCESS_WEBHOOK_URL is set but ACCESS_WEBHOOK_SECRET is not; set it to the secret with which the ATS checks signatures.'
      : 'ACCESS_WEBHOOK_SECRET is set but ACCESS_WEBHOOK_URL is not; set it to the address of the ATS.',
  );
}

/** A secret that a source file names as `${NAME}`; undefined when it is not set. */
export function secretFromEnvironment(name: string): string | undefined {
  return process.env[name];
}

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
