import type { Intercom, IntercomClient } from 'intercom-client';
import { type Finding, fine, wrong } from '../../domain/finding.ts';
import { API_VERSION } from './client.ts';
import { isGone, statusOf, toSendError } from './failure.ts';
import { readIdentity, signIdentity } from './messenger.ts';

export type IntercomToCheck = {
  appId: string;
  adminId: string;
  teamId: string | null;
  identitySecret: string | null;
};

const SERVICE = 'intercom';
const SOMEBODY = { email: 'nobody@waybill.invalid', name: 'Nobody' };

/** Tries what the bot needs of Intercom. Asks only: nothing is written, nobody is told. */
export async function checkIntercom(
  client: IntercomClient,
  settings: IntercomToCheck,
  now: Date,
): Promise<Finding[]> {
  let me: Intercom.AdminWithApp | undefined;
  let version: string | null;
  try {
    const { data, rawResponse } = await client.admins.identify().withRawResponse();
    me = data;
    version = rawResponse.headers.get('intercom-version');
  } catch (error) {
    return [wrong(SERVICE, toSendError(error, 'The question whose token it is').message)];
  }
  return [
    checkWorkspace(me, settings),
    checkVersion(version),
    ...(await checkAdmin(client, settings)),
    ...(await checkTeam(client, settings)),
    ...(await checkPermissions(client)),
    fine(
      SERVICE,
      'INTERCOM_CLIENT_SECRET is set. It cannot be tried from here: when webhooks are answered with 401, copy it again from Basic information.',
    ),
    ...(await checkIdentity(me, settings, now)),
  ];
}

function checkWorkspace(
  me: Intercom.AdminWithApp | undefined,
  { appId }: IntercomToCheck,
): Finding {
  const { id_code: id, name } = me?.app ?? {};
  if (id === appId) {
    return fine(SERVICE, `The token belongs to the workspace ${name ?? 'without a name'} (${id}).`);
  }
  return wrong(
    SERVICE,
    `The token belongs to the workspace ${id ?? 'of nobody'} and INTERCOM_APP_ID is ${appId}; correct INTERCOM_APP_ID, or take the token of that workspace.`,
  );
}

/** Intercom says with every answer which version it spoke. */
function checkVersion(version: string | null): Finding {
  if (version !== null && version !== API_VERSION) {
    return wrong(
      SERVICE,
      `Intercom answers with version ${version} of its API and the bot speaks ${API_VERSION}; choose ${API_VERSION} in the app’s settings (Authentication).`,
    );
  }
  return fine(SERVICE, `Version ${API_VERSION} of the API is spoken.`);
}

async function checkAdmin(client: IntercomClient, { adminId }: IntercomToCheck) {
  return guarded('the teammate of INTERCOM_ADMIN_ID', async () => {
    try {
      const admin = await client.admins.find({ admin_id: Number(adminId) });
      return [fine(SERVICE, `The bot answers as ${admin?.name ?? 'a teammate without a name'}.`)];
    } catch (error) {
      if (!isGone(error)) throw error;
      return [
        wrong(
          SERVICE,
          `The workspace has no teammate ${adminId}; correct INTERCOM_ADMIN_ID (it stands at the end of the address of the teammate’s page).`,
        ),
      ];
    }
  });
}

async function checkTeam(client: IntercomClient, { teamId }: IntercomToCheck) {
  if (teamId === null) {
    return [
      fine(
        SERVICE,
        'INTERCOM_TEAM_ID is not set: who wants a person is left unassigned, with a note.',
      ),
    ];
  }
  return guarded('the team of INTERCOM_TEAM_ID', async () => {
    try {
      const team = await client.teams.find({ team_id: teamId });
      return [fine(SERVICE, `Who wants a person is given to the team ${team.name}.`)];
    } catch (error) {
      if (!isGone(error)) throw error;
      return [
        wrong(
          SERVICE,
          `The workspace has no team ${teamId}; correct INTERCOM_TEAM_ID, or unset it.`,
        ),
      ];
    }
  });
}

/** What can be tried without changing anything. */
async function checkPermissions(client: IntercomClient): Promise<Finding[]> {
  const tries = {
    'Read conversations': () => client.conversations.list({ per_page: 1 }),
    'Read users and companies': () => client.contacts.list({ per_page: 1 }),
    'Read tags': () => client.tags.list(),
  };
  const findings: Finding[] = [];
  for (const [permission, ask] of Object.entries(tries)) {
    findings.push(
      ...(await guarded(`the permission “${permission}”`, async () => {
        try {
          await ask();
          return [];
        } catch (error) {
          if (statusOf(error) !== 403) throw error;
          return [
            wrong(
              SERVICE,
              `The app lacks the permission “${permission}”; tick it in the app’s settings (Authentication).`,
            ),
          ];
        }
      })),
    );
  }
  if (findings.length > 0) return findings;
  return [
    fine(
      SERVICE,
      'The app may read conversations, contacts and tags. That it may write them cannot be tried without writing.',
    ),
  ];
}

/** Makes the page's token and reads it as Intercom would. */
async function checkIdentity(
  me: Intercom.AdminWithApp | undefined,
  { identitySecret }: IntercomToCheck,
  now: Date,
): Promise<Finding[]> {
  const isEnforced = me?.app?.identity_verification === true;
  const enforced = isEnforced
    ? fine(SERVICE, 'The workspace lets nobody in as a user without a signed identity.')
    : wrong(
        SERVICE,
        'The workspace takes users without a signed identity, so the bot believes no address of the Messenger and mails codes instead; enforce it in Settings, Messenger, Security.',
      );
  if (identitySecret === null) {
    return [
      enforced,
      fine(
        SERVICE,
        'INTERCOM_IDENTITY_SECRET is not set: the page at / proves nobody to Intercom.',
      ),
    ];
  }
  const jwt = await signIdentity(identitySecret, SOMEBODY, now);
  const { userId, email, lifetimeSeconds } = await readIdentity(identitySecret, jwt, now);
  const isRight = userId === SOMEBODY.email && email === SOMEBODY.email && lifetimeSeconds > 0;
  return [
    enforced,
    isRight
      ? fine(
          SERVICE,
          `The page’s token can be made and read: user_id, email, name, valid for ${lifetimeSeconds / 60} minutes. Whether Intercom has the same secret cannot be tried from here.`,
        )
      : wrong(
          SERVICE,
          'The page’s token does not say what it should; check INTERCOM_IDENTITY_SECRET.',
        ),
  ];
}

async function guarded(what: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [wrong(SERVICE, toSendError(error, `The question about ${what}`).message)];
  }
}
