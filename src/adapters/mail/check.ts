import { createTransport } from 'nodemailer';

const PATIENCE_MS = 10_000;

/** Greets the mail server and signs in, without sending anything. @throws Error with the server's words */
export async function checkSmtp(url: string): Promise<void> {
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
