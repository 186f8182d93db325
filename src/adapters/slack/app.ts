import {
  App,
  type AppOptions,
  LogLevel,
  type ReceiverEvent,
  SocketModeReceiver,
  webApi,
} from '@slack/bolt';
import type { Log } from '../../ports/log.ts';
import { createHttpReceiver, type HttpReceiver } from './http-receiver.ts';
import { createBoltLogger } from './logger.ts';
import { createRates, type Rates } from './rates.ts';
import { createWhoWeAre, type WhoWeAre } from './who-we-are.ts';

/** Ends well before the dispatcher's own patience does. */
const CALL_TIMEOUT_MS = 10_000;

export type SlackSettings = {
  botToken: string;
  /** Set: Socket Mode. null: signed HTTP, which needs the signing secret. */
  appToken: string | null;
  signingSecret: string | null;
  /** Another address than Slack's own, for emulators; ends with `/api/`. */
  apiUrl: string | null;
};

export type SlackApp = {
  /** Listeners are registered on it. Call Slack with `client`, not with `bolt.client`, which has no token. */
  bolt: App;
  /** Calls Slack within its rates, and without retries of its own: the outbox retries. */
  client: webApi.WebClient;
  /** What POST /slack/events is handed to; null in Socket Mode. */
  http: HttpReceiver | null;
  /** Who the token belongs to. */
  whoWeAre: WhoWeAre;
  /**
   * Called with the body of everything that comes, before Slack is told that it arrived. It must be quick; when it
   * throws, Slack sends an event again.
   */
  onArrival(keep: (body: unknown) => void): void;
  /** Connects. In Socket Mode it waits for the first connection. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** The connection to Slack: Socket Mode with an app token, else signed HTTP. */
export function createSlackApp(
  settings: SlackSettings,
  {
    log,
    now,
    callTimeoutMs,
    rates,
  }: {
    log: Log;
    now: () => Date;
    callTimeoutMs?: number;
    rates?: Rates;
  },
): SlackApp {
  const logger = createBoltLogger(log);
  const place = settings.apiUrl ? { slackApiUrl: settings.apiUrl } : {};
  const clientOptions = {
    ...place,
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: callTimeoutMs ?? CALL_TIMEOUT_MS,
  };
  const client = new PacedClient(settings.botToken, clientOptions, rates ?? createRates());
  const whoWeAre = createWhoWeAre(client);
  const http = settings.appToken ? null : createHttpReceiver(settings.signingSecret ?? '', { now });
  const keepers: ((body: unknown) => void)[] = [];
  const bolt = new ArrivingApp(
    {
      logger,
      logLevel: LogLevel.WARN,
      receiver:
        http ??
        new SocketModeReceiver({
          appToken: settings.appToken ?? '',
          logger,
          // Bolt's own patience here: it goes on trying to connect.
          installerOptions: { clientOptions: { ...place } },
        }),
      // Asks Slack nothing: an event is acknowledged even while Slack's own API is away.
      authorize: async () => ({ botToken: settings.botToken }),
      // Whoever reads messages leaves out those of bots.
      ignoreSelf: false,
      clientOptions,
      convoStore: false,
    },
    (body) => {
      for (const keep of keepers) keep(body);
    },
  );

  return {
    bolt,
    client,
    http,
    whoWeAre,
    onArrival: (keep) => {
      keepers.push(keep);
    },
    start: async () => {
      await bolt.start();
    },
    stop: async () => {
      await bolt.stop();
    },
  };
}

/** Waits for its turn before each call; see `rates.ts`. */
class PacedClient extends webApi.WebClient {
  private readonly rates: Rates;

  constructor(token: string, options: webApi.WebClientOptions, rates: Rates) {
    super(token, options);
    this.rates = rates;
  }

  override async apiCall(
    method: string,
    options: Record<string, unknown> = {},
  ): Promise<webApi.WebAPICallResult> {
    await this.rates.turn(method, typeof options.channel === 'string' ? options.channel : null);
    return super.apiCall(method, options);
  }
}

/** Bolt tells Slack that an event arrived before any listener runs; what must not be lost is kept before that. */
class ArrivingApp extends App {
  private readonly keep: (body: unknown) => void;

  constructor(options: AppOptions, keep: (body: unknown) => void) {
    super(options);
    this.keep = keep;
  }

  override async processEvent(event: ReceiverEvent): Promise<void> {
    this.keep(event.body);
    await super.processEvent(event);
  }
}
