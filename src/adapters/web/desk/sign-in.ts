import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DeskSession } from '../../../domain/desk-view.ts';
import { sayDuration } from '../../../domain/words.ts';
import { read, SignIn } from './bodies.ts';
import type { DeskDeps } from './deps.ts';
import { Refusal } from './refusal.ts';
import { type Agent, DESK_COOKIE, openAgent, SESSION_DAYS, sealAgent } from './session.ts';
import { createSlowDown } from './slow-down.ts';

const RENEW_AFTER_MS = 86_400_000;

type SignInDeps = Pick<DeskDeps, 'tokens' | 'clock' | 'secret' | 'mayJump' | 'publicUrl'>;

/** Who is signed in, signing in and out: open to everybody, and slow for whoever guesses. */
export function registerSignIn(app: FastifyInstance, deps: SignInDeps): void {
  const slowDown = createSlowDown();

  // No error for those who are not signed in: the page asks this first.
  app.get('/session', async (request): Promise<{ session: DeskSession | null }> => {
    const agent = await openAgent(request.cookies[DESK_COOKIE], deps.secret, deps.clock.now());
    return { session: agent && sessionOf(agent.name, deps) };
  });

  app.post('/session', async (request, reply): Promise<DeskSession> => {
    const now = deps.clock.now();
    const waitMs = slowDown.waitMs(request.ip, now);
    if (waitMs > 0) {
      reply.header('retry-after', Math.ceil(waitMs / 1000));
      throw new Refusal(429, `Too many wrong tries. Please wait ${sayDuration(waitMs)}.`);
    }
    // The token comes first: whoever has a wrong one learns nothing else.
    if (!deps.tokens.isDesk(tokenIn(request.body))) {
      slowDown.wrong(request.ip, now);
      throw new Refusal(
        403,
        'This token is not right. Use the address that Waybill printed when it started.',
      );
    }
    slowDown.right(request.ip);
    const { name } = read(SignIn, request.body);
    await setCookie(reply, deps, name);
    return sessionOf(name, deps);
  });

  app.post('/session/end', async (_request, reply) => {
    reply.clearCookie(DESK_COOKIE, cookieOptions(deps));
    return { message: 'Signed out.' };
  });
}

/** Every route that is registered after this needs a signed-in agent. */
export function requireAgent(
  app: FastifyInstance,
  deps: SignInDeps,
): (request: FastifyRequest) => string {
  const agents = new WeakMap<FastifyRequest, Agent>();

  app.addHook('onRequest', async (request, reply) => {
    const now = deps.clock.now();
    const agent = await openAgent(request.cookies[DESK_COOKIE], deps.secret, now);
    if (!agent) throw new Refusal(401, 'Please sign in to the desk.');
    agents.set(request, agent);
    if (now.getTime() - agent.signedInAt.getTime() > RENEW_AFTER_MS) {
      await setCookie(reply, deps, agent.name);
    }
  });

  return (request) => {
    const agent = agents.get(request);
    if (!agent) throw new Refusal(401, 'Please sign in to the desk.');
    return agent.name;
  };
}

function tokenIn(body: unknown): string {
  const token = body !== null && typeof body === 'object' && 'token' in body ? body.token : '';
  return typeof token === 'string' ? token.trim() : '';
}

function sessionOf(agent: string, deps: SignInDeps): DeskSession {
  return { agent, now: deps.clock.now().toISOString(), mayJump: deps.mayJump };
}

async function setCookie(reply: FastifyReply, deps: SignInDeps, name: string): Promise<void> {
  reply.setCookie(DESK_COOKIE, await sealAgent(name, deps.secret, deps.clock.now()), {
    ...cookieOptions(deps),
    maxAge: SESSION_DAYS * 86_400,
  });
}

function cookieOptions(deps: SignInDeps) {
  return {
    path: '/desk',
    httpOnly: true,
    sameSite: 'strict',
    secure: deps.publicUrl.startsWith('https:'),
  } as const;
}
