import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SessionAnswer } from '../../../domain/chat-view.ts';
import { webThreadOf } from '../chat-thread.ts';
import { type ChatSession, openSession, readAtsToken, sealSession } from '../session.ts';
import type { ChatDeps } from './deps.ts';
import { ChatProblem } from './problem.ts';
import { sendStart } from './start.ts';

/** Long, so that moving the clock in sample mode does not sign anybody out. */
const SAMPLE_SESSION_MS = 365 * 24 * 3_600_000;

const OpenQuery = z.object({ token: z.string().max(8_192) });
const SignIn = z.union([
  z.object({ token: z.string().max(8_192) }),
  z.object({ email: z.string().trim().toLowerCase() }),
]);

export type IdentityDeps = Pick<
  ChatDeps,
  'clock' | 'log' | 'secret' | 'publicUrl' | 'sample' | 'messenger'
>;

/** Someone signed in, with the thread that is theirs. */
export type Visitor = ChatSession & { thread: string };

/** The page itself, and signing in and out. */
export function registerIdentity(app: FastifyInstance, deps: IdentityDeps): void {
  app.get('/', async (request, reply) => {
    const query = OpenQuery.safeParse(request.query);
    if (!query.success) return sendStart(reply, deps.messenger ?? null);
    const reading = await readAtsToken(query.data.token, deps.secret, deps.clock.now());
    if (reading.ok) {
      await keepSession(reply, reading.session, deps);
      return reply.redirect('/', 303);
    }
    // Whoever was signed in before is not the one who just came.
    dropSession(reply, deps);
    deps.log.warn({ why: reading.problem.hint }, 'chat sign-in refused');
    return reply.redirect(`/?signin=${reading.problem.code}`, 303);
  });

  app.get('/chat/session', async (request) => answerFor(await sessionOf(request, deps), deps));

  app.post('/chat/session', async (request, reply) => {
    const session = await signIn(SignIn.safeParse(request.body), deps);
    await keepSession(reply, session, deps);
    return answerFor(session, deps);
  });

  app.post('/chat/session/end', async (_request, reply) => {
    dropSession(reply, deps);
    return answerFor(null, deps);
  });
}

/** @throws ChatProblem when nobody is signed in */
export async function visitorOf(request: FastifyRequest, deps: IdentityDeps): Promise<Visitor> {
  const session = await sessionOf(request, deps);
  if (session) return { ...session, thread: webThreadOf(session.email) };
  throw new ChatProblem(
    401,
    'signed_out',
    'Your session has ended. Please open the chat again from inside your recruiting software.',
  );
}

async function signIn(
  given: z.ZodSafeParseResult<z.infer<typeof SignIn>>,
  deps: IdentityDeps,
): Promise<ChatSession> {
  if (!given.success) {
    throw new ChatProblem(400, 'bad_request', 'Please say who you are with a sign-in token.');
  }
  if ('token' in given.data) {
    const reading = await readAtsToken(given.data.token, deps.secret, deps.clock.now());
    if (reading.ok) return reading.session;
    deps.log.warn({ why: reading.problem.hint }, 'chat sign-in refused');
    throw new ChatProblem(401, reading.problem.code, reading.problem.sentence);
  }
  const { email } = given.data;
  const person = (await deps.sample?.people())?.find((one) => one.email.toLowerCase() === email);
  if (!person) {
    throw new ChatProblem(
      403,
      'not_offered',
      'You cannot be signed in this way. Please open the chat from inside your recruiting software.',
    );
  }
  const expiresAt = new Date(deps.clock.now().getTime() + SAMPLE_SESSION_MS);
  return { email, name: person.name, expiresAt };
}

export function sessionOf(
  request: FastifyRequest,
  deps: IdentityDeps,
): Promise<ChatSession | null> {
  return openSession(request.cookies[cookieName(deps)], deps.secret, deps.clock.now());
}

async function answerFor(session: ChatSession | null, deps: IdentityDeps): Promise<SessionAnswer> {
  const people = (await deps.sample?.people()) ?? null;
  const now = deps.clock.now().toISOString();
  if (!session) return { signedIn: false, people, now };
  const { email, name } = session;
  return { signedIn: true, person: { email, name }, thread: webThreadOf(email), people, now };
}

async function keepSession(
  reply: FastifyReply,
  session: ChatSession,
  deps: IdentityDeps,
): Promise<void> {
  const leftMs = session.expiresAt.getTime() - deps.clock.now().getTime();
  reply.setCookie(cookieName(deps), await sealSession(session, deps.secret), {
    ...cookieOptions(deps),
    maxAge: Math.max(1, Math.floor(leftMs / 1000)),
  });
}

function dropSession(reply: FastifyReply, deps: IdentityDeps): void {
  reply.clearCookie(cookieName(deps), cookieOptions(deps));
}

function cookieOptions(deps: IdentityDeps) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps(deps) } as const;
}

/** `__Host-`: browsers take such a cookie from this very host over https only. */
function cookieName(deps: IdentityDeps): string {
  return isHttps(deps) ? '__Host-waybill_chat' : 'waybill_chat';
}

function isHttps(deps: IdentityDeps): boolean {
  return deps.publicUrl.startsWith('https:');
}
