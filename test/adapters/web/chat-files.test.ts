import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { PDFDocument } from 'pdf-lib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { webThreadOf } from '../../../src/adapters/web/chat-thread.ts';
import { LIMITS } from '../../../src/domain/chat-view.ts';
import {
  type ChatServer,
  newKey,
  post,
  signIn,
  startChatServer,
} from '../../support/chat-server.ts';

let server: ChatServer;
let cookie: string;

beforeEach(async () => {
  server = await startChatServer();
  cookie = await signIn(server);
});

afterEach(() => server.close());

type Sent = [name: string, content: Uint8Array<ArrayBuffer> | string];

function form(files: Sent[], text = '', clientKey = newKey()): FormData {
  const body = new FormData();
  for (const [name, content] of files) body.append('files', new Blob([content]), name);
  body.append('text', text);
  body.append('clientKey', clientKey);
  return body;
}

function stored(): string[] {
  try {
    return readdirSync(server.uploadDir);
  } catch {
    return [];
  }
}

function get(path: string, as = cookie): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers: { cookie: as } });
}

async function pdf(): Promise<Uint8Array<ArrayBuffer>> {
  const document = await PDFDocument.create();
  document.addPage();
  return new Uint8Array(await document.save());
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('files of a customer', () => {
  test('come with the message and can be fetched again as downloads', async () => {
    const bytes = await pdf();
    const sent = await post(
      server,
      cookie,
      form(
        [
          ['خطأ "1".pdf', bytes],
          ['a.png', PNG],
        ],
        'See',
      ),
    );
    expect(sent.status).toBe(201);
    const { message } = await sent.json();
    expect(message.uploads).toMatchObject([
      { name: 'خطأ "1".pdf', sizeBytes: bytes.length, contentType: 'application/pdf' },
      { name: 'a.png', sizeBytes: PNG.length, contentType: 'image/png' },
    ]);
    expect(server.received[0]).toMatchObject({ text: 'See', files: ['خطأ "1".pdf', 'a.png'] });

    const fetched = await get(message.uploads[0].href);
    expect(Buffer.from(await fetched.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    expect(fetched.headers.get('content-type')).toBe('application/pdf');
    expect(fetched.headers.get('x-content-type-options')).toBe('nosniff');
    expect(fetched.headers.get('content-disposition')).toBe(
      `attachment; filename="___ _1_.pdf"; filename*=UTF-8''${encodeURIComponent('خطأ "1".pdf')}`,
    );
  });

  test('need no words beside them, and their names are data only', async () => {
    const sent = await post(server, cookie, form([['../../etc/passwd\u202e.txt', 'root\n']]));
    const { message } = await sent.json();
    expect(message.text).toBe('');
    expect(message.uploads[0].name).toBe('passwd.txt');
    expect(stored()).toEqual([message.uploads[0].id]);
  });

  test('of another person are not there', async () => {
    const sent = await post(server, cookie, form([['notes.txt', 'private']]));
    const [upload] = (await sent.json()).message.uploads;
    const bob = await signIn(server, 'bob@acme.example');
    const refused = await get(upload.href, bob);
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ error: /not here/ });
    expect((await get(`/chat/uploads/${encodeURIComponent('../waybill.sqlite')}`)).status).toBe(
      404,
    );
  });

  test('sent again with the message are stored once', async () => {
    const clientKey = newKey();
    const first = await post(server, cookie, form([['a.csv', 'a,b\n']], 'Hi', clientKey));
    const second = await post(server, cookie, form([['a.csv', 'a,b\n']], 'Hi', clientKey));
    expect((await second.json()).message).toEqual((await first.json()).message);
    expect(stored()).toHaveLength(1);
  });

  test('are taken up to the limit', async () => {
    const largest = Buffer.alloc(LIMITS.fileBytes, 'a');
    const files = Array.from(
      { length: LIMITS.files },
      (_, index): Sent => [`${index}.txt`, largest],
    );
    const sent = await post(server, cookie, form(files));
    expect(sent.status).toBe(201);
    expect(stored()).toHaveLength(LIMITS.files);
  });
});

const FINE: Sent = ['fine.txt', 'ok'];

describe('files that are not taken', () => {
  const big = Buffer.alloc(LIMITS.fileBytes + 1, 'a');
  const six = Array.from({ length: 6 }, (_, index): Sent => [`${index}.txt`, 'x']);
  const bad: [string, Sent[], number, RegExp][] = [
    ['a program', [['setup.exe', 'MZ']], 415, /“setup.exe” could not be sent.*Only pictures/],
    ['a program that calls itself a picture', [['cat.png', 'MZ\x90\0']], 415, /Only pictures/],
    ['a page', [['page.html', '<script>']], 415, /Only pictures/],
    ['a picture with script in it', [['x.svg', '<svg onload="x()"/>']], 415, /Only pictures/],
    ['a binary text', [['log.txt', 'a\0b']], 415, /Only pictures/],
    ['an empty file', [['empty.txt', '']], 400, /“empty.txt” is empty/],
    ['a file that is too large', [['big.txt', big]], 413, /larger than 10 MB/],
    ['six files', six, 413, /At most 5 files/],
  ];

  test.each(bad)('%s: one sentence, and nothing stays', async (_what, files, status, sentence) => {
    const refused = await post(server, cookie, form([FINE, ...files].slice(-6)));
    expect(refused.status).toBe(status);
    expect((await refused.json()).error).toMatch(sentence);
    expect(stored()).toEqual([]);
    expect(server.received).toEqual([]);
  });

  test('more bytes than all files may have are refused before they are sent', async () => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          [
            'POST /chat/messages HTTP/1.1',
            'host: localhost',
            `cookie: ${cookie}`,
            'content-type: multipart/form-data; boundary=b',
            'content-length: 5000000000',
            '',
            '--b',
          ].join('\r\n'),
        );
      });
      let read = '';
      socket.on('data', (chunk) => {
        read += chunk;
      });
      socket.on('close', () => resolve(read));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/at most 5 files of 10 MB each/);
  });

  test('the rest of the message is checked as well', async () => {
    const refused = await post(server, cookie, form([['fine.txt', 'ok']], 'x'.repeat(8_001)));
    expect(refused.status).toBe(413);
    expect(stored()).toEqual([]);
  });
});

describe('the links CSV', () => {
  const path = '/chat/links/12';

  test('is named in the message and fetched fresh', async () => {
    const file = {
      ref: { kind: 'links_csv' as const, ticketNumber: 12 },
      fileName: 'x.csv',
      contentType: 'text/csv',
      content: Buffer.from(''),
    };
    const message = { text: 'Ready', choices: [], file };
    await server.thread.send(webThreadOf('alice@acme.example'), message, 'ready');
    const { messages } = await (await get('/chat/messages')).json();
    expect(messages[0].attachment).toEqual({ kind: 'links_csv', ticketNumber: 12, href: path });

    const csv = await get(path);
    expect(await csv.text()).toBe('part,link\r\n');
    expect(csv.headers.get('content-disposition')).toContain('waybill-12-links.csv');
    expect(csv.headers.get('cache-control')).toBe('no-store');
  });

  test('is only for the person who may have it', async () => {
    const refused = await get(path, await signIn(server, 'bob@acme.example'));
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ error: /cannot be downloaded/ });
    expect((await get('/chat/links/0')).status).toBe(404);
    expect((await get('/chat/links/abc')).status).toBe(404);
  });
});
