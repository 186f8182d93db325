import { expect, test } from 'vitest';
import { ConfigError, isLoopback, readConfig } from '../src/config.ts';

const problem = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    return error instanceof ConfigError ? error.message : `not a ConfigError: ${error}`;
  }
  return null;
};

test('nothing set works', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: null,
    secret: null,
    sourceFile: null,
    smtp: null,
    slack: null,
    intercom: null,
  });
});

test('an empty value counts as not set', () => {
  expect(readConfig({ PORT: '', SOURCE: ' ' })).toMatchObject({ port: 3000, sourceFile: null });
});

test.each([
  [{ PORT: 'many' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ PUBLIC_URL: 'example.com' }, 'PUBLIC_URL'],
  [{ WAYBILL_SECRET: 'short' }, '32 characters'],
  [{ SMTP_URL: 'http://mail.example' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://mail.example' }, 'MAIL_FROM'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
  [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_DESK_CHANNEL: 'C0123' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_DESK_CHANNEL: '#desk' }, 'not its name'],
  [{ SLACK_APPROVERS: 'anna, ben' }, 'user groups'],
  [{ INTERCOM_APP_ID: 'abc123' }, 'INTERCOM_ACCESS_TOKEN'],
  [{ INTERCOM_TEAM_ID: '5' }, 'INTERCOM_APP_ID'],
  [{ INTERCOM_ADMIN_ID: 'anna' }, 'end of its address'],
  [{ AZURE_STORAGE_ACCOUNT: 'No Such Name' }, 'AZURE_STORAGE_ACCOUNT'],
  [{ AZURE_STORAGE_ACCOUNT: 'name', AZURE_CONTAINER: 'Upper' }, 'AZURE_CONTAINER'],
  [{ LINKS: 'direct' }, 'AZURE_STORAGE_CONNECTION_STRING'],
  [{ LINKS: 'direct', AZURE_STORAGE_ACCOUNT: 'name' }, 'AZURE_STORAGE_CONNECTION_STRING'],
  [{ HOST: '0.0.0.0' }, 'WAYBILL_SECRET'],
  [{ HOST: '::' }, 'WAYBILL_SECRET'],
  [{ HOST: '::', WAYBILL_SECRET: 'x'.repeat(32) }, 'PUBLIC_URL'],
])('%o is refused and the message names %s', (env, name) => {
  expect(problem(env as unknown as Record<string, string>)).toContain(name);
});

test('an address that others can reach is fine with a secret and a public address', () => {
  const env = { HOST: '0.0.0.0', WAYBILL_SECRET: 'x'.repeat(32), PUBLIC_URL: 'https://x.example' };
  expect(readConfig(env).host).toBe('0.0.0.0');
});

test('a slash at the end of PUBLIC_URL is dropped', () => {
  expect(readConfig({ PUBLIC_URL: 'https://exports.example/' }).publicUrl).toBe(
    'https://exports.example',
  );
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['localhost', true],
  ['127.evil.example', false],
  ['10.0.0.1', false],
  ['::', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test('reads the settings of Intercom', () => {
  const { intercom } = readConfig({
    INTERCOM_APP_ID: 'abc123',
    INTERCOM_ACCESS_TOKEN: 'token',
    INTERCOM_CLIENT_SECRET: 'secret',
    INTERCOM_ADMIN_ID: '814860',
    INTERCOM_API_URL: 'https://api.eu.intercom.io/',
  });
  expect(intercom).toEqual({
    appId: 'abc123',
    accessToken: 'token',
    clientSecret: 'secret',
    identitySecret: null,
    adminId: '814860',
    teamId: null,
    apiUrl: 'https://api.eu.intercom.io',
  });
});

test('reads the settings of Slack', () => {
  const { slack } = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_DESK_CHANNEL: 'C0123',
    SLACK_APPROVERS: 'U0123 , S0456',
  });
  expect(slack).toEqual({
    botToken: 'xoxb-1',
    appToken: null,
    signingSecret: 'secret',
    deskChannel: 'C0123',
    approvers: ['U0123', 'S0456'],
    apiUrl: null,
  });
});
