import { createTransport } from 'nodemailer';
import { SendError } from '../../domain/send-error.ts';
import type { Mailer } from '../../ports/mailer.ts';
import { compose } from './compose.ts';

/** All below the time that the outbox gives a message, so that the mail server's own words are kept. */
const CONNECT_MS = 10_000;
const GREETING_MS = 10_000;
const SOCKET_MS = 20_000;

/**
 * Sends mails through an SMTP server.
 * @param config.url `smtp://user:password@host:587`, or `smtps://…`
 * @param config.from the sender, `Name <address>` or an address
 */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SOCKET_MS,
  });
  return {
    async send(mail) {
      const message = compose(mail, from);
      await transport.sendMail(message).catch((error: unknown) => {
        throw asSendError(error);
      });
    },
  };
}

/** Steps of the conversation at which a refusal is about this very mail, and not about us. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA'];

/**
 * A refusal of the mail with 5xx is for good (RFC 5321, section 4.2.1). Everything else may pass: a server that is
 * down, one that asks for patience with 4xx, or credentials that somebody will correct.
 */
function asSendError(cause: unknown): SendError {
  if (!(cause instanceof Error)) return new SendError(`The mail was not sent: ${cause}`);
  const status = 'responseCode' in cause ? Number(cause.responseCode) : 0;
  const code = 'code' in cause ? String(cause.code) : '';
  const command = 'command' in cause ? String(cause.command) : '';
  const permanent = status >= 500 && ABOUT_THE_MAIL.includes(command);
  const server = status
    ? `The mail server refused with ${status}`
    : 'The mail server did not take it';
  return new SendError(`${server}${code ? ` (${code})` : ''}${hint(code)}.`, { permanent, cause });
}

function hint(code: string): string {
  switch (code) {
    case 'EAUTH':
      return ': check user and password in SMTP_URL';
    case 'ECONNECTION':
    case 'ESOCKET':
    case 'EDNS':
    case 'ETIMEDOUT':
      return ': check host and port in SMTP_URL, and that the server is up';
    case 'ETLS':
      return ': check the certificate of the server';
    default:
      return '';
  }
}
