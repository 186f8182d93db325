import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  ACCESS_DENY,
  ACCESS_GIVE,
  ACCESS_REVOKE,
  actionId,
  COMMAND,
  EXTEND_BY,
  EXTEND_HOURS,
  FORMS,
  JOBS_MENU,
  SEND_AGAIN,
} from '../src/adapters/slack/desk/ids.ts';
import { LIMITS } from '../src/adapters/slack/limits.ts';
import { DESK_ACTIONS } from '../src/domain/desk-actions.ts';
import { GRANT_HOURS } from '../src/domain/grant.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Slack's own JSON schema, where it lies beside the project. */
const schemaFile = fileURLToPath(
  new URL('../../shared/data/slack-manifest.schema.json', import.meta.url),
);
const hasSchema = existsSync(schemaFile);
if (!hasSchema) {
  console.warn("Slack's schema for manifests is not here: manifest.yml is not validated with it.");
}

const raw: unknown = parse(readFileSync(`${root}/manifest.yml`, 'utf8'));
const manifest = z
  .object({
    features: z.object({
      app_home: z.object({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.boolean() }),
      slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      interactivity: z.object({ is_enabled: z.boolean() }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(raw);

const HISTORY = ['channels:history', 'groups:history', 'im:history'];
const READ = ['channels:read', 'groups:read'];

/** The scopes that each method needs of what we use of it (docs.slack.dev, methods). */
const SCOPES_OF_METHODS: Record<string, string[]> = {
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.postEphemeral': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': HISTORY,
  'conversations.info': READ,
  'conversations.members': READ,
  'conversations.open': ['im:write'],
  'conversations.replies': HISTORY,
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  filesUploadV2: ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
};

/** The scopes that each event needs (docs.slack.dev, events). */
const SCOPES_OF_EVENTS: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
};

const code = globSync('src/adapters/slack/**/*.ts', { cwd: root })
  .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
  .join('\n');
const methods = [
  ...new Set(
    [...code.matchAll(/\bclient\s*\.\s*([a-zA-Z]+(?:\s*\.\s*[a-zA-Z]+)*)\(/g)].map(nameOf),
  ),
].sort();

function nameOf(match: RegExpMatchArray): string {
  return (match[1] ?? '').replaceAll(/\s/g, '');
}

describe('manifest.yml', () => {
  test('asks for the scopes that the code needs, and no others', () => {
    expect(methods.filter((method) => !(method in SCOPES_OF_METHODS))).toEqual([]);
    const needed = new Set([
      'commands',
      ...methods.flatMap((method) => SCOPES_OF_METHODS[method] ?? []),
      ...manifest.settings.event_subscriptions.bot_events.flatMap(
        (event) => SCOPES_OF_EVENTS[event] ?? ['an event that this test does not know'],
      ),
    ]);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...needed].sort());
  });

  test('subscribes to the events that the code listens to', () => {
    const listened = [...code.matchAll(/bolt\.event\('([a-z_]+)'/g)].map(nameOf);
    const read = /type: z\.enum\(\[(?<types>[^\]]+)\]\)/.exec(code)?.groups?.types ?? '';
    const customers = [...read.matchAll(/'([a-z_]+)'/g)].map(nameOf);
    const events = manifest.settings.event_subscriptions.bot_events;
    expect([...new Set(events.map((event) => event.split('.')[0]))].sort()).toEqual(
      [...new Set([...listened, ...customers])].sort(),
    );
    expect(events.filter((event) => event.startsWith('message.'))).toEqual([
      'message.channels',
      'message.groups',
      'message.im',
    ]);
  });

  test('has the command, Home, buttons and Socket Mode', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
    for (const verb of ['list', 'status N', 'find ACCOUNT', 'resend N', 'link ACCOUNT', 'help']) {
      expect(manifest.features.slash_commands[0]?.usage_hint).toContain(verb);
    }
    expect(manifest.features.app_home).toMatchObject({
      home_tab_enabled: true,
      messages_tab_enabled: true,
    });
    expect(manifest.settings).toMatchObject({
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    });
  });

  test.skipIf(!hasSchema)("holds against Slack's own schema", () => {
    const { $schema: _draft, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    const validate = ajv.compile(schema);
    validate(raw);
    expect(validate.errors ?? []).toEqual([]);
    validate({ ...manifest, settings: { ...manifest.settings, socket_mode: true } });
    expect(validate.errors).not.toEqual(null);
  });
});

test('the ids of buttons, menus and forms are within the limits and all different', () => {
  const ids = [
    ...DESK_ACTIONS.map(actionId),
    ...EXTEND_HOURS.map((hours) => `${EXTEND_BY}${hours}`),
    JOBS_MENU,
    SEND_AGAIN,
    ...GRANT_HOURS.map((hours) => `${ACCESS_GIVE}${hours}`),
    ACCESS_DENY,
    ACCESS_REVOKE,
    ...Object.values(FORMS),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.length > LIMITS.id)).toEqual([]);
});
