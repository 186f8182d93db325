import type { webApi } from '@slack/bolt';
import { type Finding, fine, wrong } from '../../domain/finding.ts';
import { slackCode, toSendError } from './failure.ts';
import { BOT_SCOPES } from './scopes.ts';

export type SlackToCheck = {
  appToken: string | null;
  deskChannel: string | null;
  approvers: readonly string[];
};

/** Tries what the bot needs of Slack. Posts nothing. */
export async function checkSlack(
  client: webApi.WebClient,
  settings: SlackToCheck,
): Promise<Finding[]> {
  let auth: Awaited<ReturnType<typeof client.auth.test>>;
  try {
    auth = await client.auth.test();
  } catch (error) {
    return [wrong('slack', toSendError(error, 'The question who the token belongs to').message)];
  }
  const team = { id: auth.team_id ?? '', name: auth.team ?? 'an unnamed workspace' };
  return [
    fine('slack', `The token belongs to ${auth.user} in ${team.name}.`),
    ...checkScopes(auth.response_metadata?.scopes),
    ...(await checkAppToken(client, auth.bot_id, settings.appToken)),
    ...(await checkDesk(client, team, settings.deskChannel)),
    ...(await checkApprovers(client, team, settings.approvers)),
  ];
}

/** Slack names the scopes of a token with every answer. */
function checkScopes(given: readonly string[] | undefined): Finding[] {
  if (!given?.length) return [];
  const missing = Object.entries(BOT_SCOPES).filter(([scope]) => !given.includes(scope));
  if (missing.length === 0) return [fine('slack', 'The token has all scopes.')];
  return missing.map(([scope, why]) =>
    wrong(
      'slack',
      `The token lacks the scope ${scope} ${why}; paste manifest.yml into the app’s settings and install the app again.`,
    ),
  );
}

/** An app token names its app: `xapp-1-A0123456789-…`. */
async function checkAppToken(
  client: webApi.WebClient,
  bot: string | undefined,
  appToken: string | null,
): Promise<Finding[]> {
  const named = /^xapp-\d+-(?<app>A[A-Z0-9]+)-/.exec(appToken ?? '')?.groups?.app;
  if (!named || !bot) return [];
  return guarded('which app the token belongs to', async () => {
    const answer = await client.bots.info({ bot });
    if (!answer.bot?.app_id || answer.bot.app_id === named) return [];
    return [
      wrong(
        'slack',
        `SLACK_APP_TOKEN belongs to the app ${named} and SLACK_BOT_TOKEN to ${answer.bot.app_id}; take both from the same app.`,
      ),
    ];
  });
}

async function checkDesk(
  client: webApi.WebClient,
  team: { name: string },
  channel: string | null,
): Promise<Finding[]> {
  if (!channel) return [];
  return guarded('the desk’s channel', async () => {
    try {
      const { channel: info } = await client.conversations.info({ channel });
      if (info?.is_archived) {
        return [wrong('slack', `The desk’s channel ${channel} is archived; unarchive it.`)];
      }
      if (!info?.is_member) {
        return [
          wrong(
            'slack',
            `The bot is not in the desk’s channel ${channel}; invite it with /invite.`,
          ),
        ];
      }
      return [fine('slack', `The desk is in #${info.name ?? channel}.`)];
    } catch (error) {
      if (slackCode(error) !== 'channel_not_found') throw error;
      return [
        wrong(
          'slack',
          `The workspace ${team.name} has no channel ${channel} that the bot can see; check SLACK_DESK_CHANNEL, or whether SLACK_BOT_TOKEN is of another workspace, and invite the bot if the channel is private.`,
        ),
      ];
    }
  });
}

async function checkApprovers(
  client: webApi.WebClient,
  team: { id: string; name: string },
  approvers: readonly string[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const id of approvers) {
    findings.push(
      ...(await guarded(`the approver ${id}`, async () => {
        const problem = id.startsWith('S')
          ? await groupProblem(client, id)
          : await userProblem(client, id, team);
        return problem ? [wrong('slack', problem)] : [];
      })),
    );
  }
  if (approvers.length > 0 && findings.length === 0) {
    findings.push(fine('slack', 'All approvers exist.'));
  }
  return findings;
}

async function userProblem(
  client: webApi.WebClient,
  id: string,
  team: { id: string; name: string },
): Promise<string | null> {
  try {
    const { user } = await client.users.info({ user: id });
    if (user?.deleted)
      return `The approver ${id} is deactivated; take them out of SLACK_APPROVERS.`;
    if (user?.team_id && user.team_id !== team.id) {
      return `The approver ${id} is not of the workspace ${team.name}; only people of your own may approve.`;
    }
    return null;
  } catch (error) {
    if (slackCode(error) !== 'user_not_found') throw error;
    return `Slack knows no person ${id}; correct SLACK_APPROVERS (profile, ⋮, Copy member ID).`;
  }
}

async function groupProblem(client: webApi.WebClient, id: string): Promise<string | null> {
  const { usergroups = [] } = await client.usergroups.list();
  if (usergroups.some((group) => group.id === id)) return null;
  return `Slack knows no user group ${id}; correct SLACK_APPROVERS.`;
}

async function guarded(what: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [wrong('slack', toSendError(error, `The question about ${what}`).message)];
  }
}
