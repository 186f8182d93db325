import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createSmtpMailer } from '../../../src/adapters/mail/smtp.ts';
import { mailerContract, newMail } from '../../contracts/mailer.ts';

const FROM = 'Acme ATS <exports@ats.example>';
const servers: SMTPServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

/** A real mail server on a port of this machine that keeps what it takes. */
async function openServer(options: SMTPServerOptions = {}) {
  const received: Buffer[] = [];
  const envelopes: { from: unknown; to: string[] }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      envelopes.push({
        from: mailFrom ? mailFrom.address : '',
        to: rcptTo.map(({ address }) => address),
      });
      buffer(stream).then((raw) => {
        received.push(raw);
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.server.address() as AddressInfo;
  return { server, port, received, envelopes };
}

function mailerOn(port: number, user = '') {
  return createSmtpMailer({ url: `smtp://${user}127.0.0.1:${port}`, from: FROM });
}

mailerContract('SMTP', async () => {
  const { port, received } = await openServer();
  return { mailer: mailerOn(port), received: async () => received };
});

describe('the mail server', () => {
  test('is told one sender and one recipient', async () => {
    const { port, envelopes } = await openServer();
    await mailerOn(port).send(newMail());
    expect(envelopes).toEqual([{ from: 'exports@ats.example', to: ['alice@acme.example'] }]);
  });

  function refusing(status: number) {
    return Object.assign(new Error('No such user here'), { responseCode: status });
  }

  test.each([
    [550, true],
    [552, true],
    [450, false],
    [451, false],
    [421, false],
  ])('that refuses the recipient with %i is asked again: not %s', async (status, permanent) => {
    const { port } = await openServer({
      onRcptTo: (_address, _session, done) => done(refusing(status)),
    });
    await expect(mailerOn(port).send(newMail())).rejects.toMatchObject({
      name: 'SendError',
      permanent,
      message: expect.stringContaining(String(status)),
    });
  });

  test.each([
    [554, true],
    [451, false],
  ])('that refuses the content with %i is asked again: not %s', async (status, permanent) => {
    const { port } = await openServer({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.once('end', () => done(refusing(status)));
      },
    });
    await expect(mailerOn(port).send(newMail())).rejects.toMatchObject({ permanent });
  });

  test('that refuses our sender is asked again, since that is for the operator to correct', async () => {
    const { port } = await openServer({
      onMailFrom: (_address, _session, done) => done(refusing(550)),
    });
    await expect(mailerOn(port).send(newMail())).rejects.toMatchObject({ permanent: false });
  });

  test('that refuses the password is asked again, and the error says where to look', async () => {
    const { port } = await openServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong password')),
    });
    const sending = mailerOn(port, 'waybill:hunter22@').send(newMail());
    await expect(sending).rejects.toMatchObject({
      permanent: false,
      message: expect.stringContaining('SMTP_URL'),
    });
    await expect(sending).rejects.not.toMatchObject({
      message: expect.stringContaining('hunter22'),
    });
  });

  test('that is down is asked again, and the error says where to look', async () => {
    const { port, server } = await openServer();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    servers.splice(0);
    await expect(mailerOn(port).send(newMail())).rejects.toMatchObject({
      permanent: false,
      message: expect.stringContaining('SMTP_URL'),
    });
  });
});
