import { describe, expect, test } from 'vitest';
import { bytesFrom, part, SIZE, useGateway } from '../../support/gateway.ts';

const gateway = useGateway();

describe('a range', () => {
  const last = SIZE - 1;
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=0-99', 0, 99],
    ['bytes=100-199', 100, 199],
    ['bytes=65535-65536', 65_535, 65_536],
    [`bytes=${last}-${last}`, last, last],
    ['bytes=1000-', 1000, last],
    ['bytes=0-', 0, last],
    ['bytes=-1', last, last],
    ['bytes=-5000', SIZE - 5000, last],
    [`bytes=-${SIZE * 2}`, 0, last],
    [`bytes=10-${SIZE * 2}`, 10, last],
    ['bytes=5-99999999999999999999999', 5, last],
    ['Bytes = 7 - 9', 7, 9],
  ])('%s gives bytes %i to %i', async (range, start, end) => {
    const { url, ticket } = await gateway.deliverOne();
    const response = await fetch(url, { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${SIZE}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect((await bytesFrom(response)).equals(part.subarray(start, end + 1))).toBe(true);
    expect(await gateway.downloads(ticket.number, 1)).toMatchObject([
      { start, sentBytes: end - start + 1 },
    ]);
  });

  test.each([
    `bytes=${SIZE}-`,
    `bytes=${SIZE}-${SIZE + 10}`,
    'bytes=-0',
    'bytes=99999999999999999999999-',
  ])('%s, of which the file has nothing, gives 416', async (range) => {
    const { url, ticket } = await gateway.deliverOne();
    const response = await fetch(url, { headers: { range } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${SIZE}`);
    expect((await bytesFrom(response)).length).toBe(0);
    expect(gateway.world.links.downloads(ticket.number)).toEqual([]);
  });

  test.each(['bytes=0-1,5-6', 'bytes=9-3', 'bytes=-', 'bytes=a-b', 'bytes', 'lines=1-2', ''])(
    '"%s" is not one, and gives the whole file',
    async (range) => {
      const { url } = await gateway.deliverOne();
      const response = await fetch(url, { headers: { range } });
      expect(response.status).toBe(200);
      expect((await bytesFrom(response)).equals(part)).toBe(true);
    },
  );

  test('of an empty file has nothing to give', async () => {
    const { url } = await gateway.deliverOne(Buffer.alloc(0));
    expect((await fetch(url, { headers: { range: 'bytes=0-' } })).status).toBe(416);
    const whole = await fetch(url);
    expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '0']);
  });

  test('counts only when If-Range names this very file', async () => {
    const { url, link } = await gateway.deliverOne();
    const etag = `"${link.file.sha256}"`;
    const ask = async (ifRange: string) => {
      const headers = { range: 'bytes=10-19', 'if-range': ifRange };
      const response = await fetch(url, { headers });
      return [response.status, (await bytesFrom(response)).length];
    };
    expect(await ask(etag)).toEqual([206, 10]);
    expect(await ask('"another"')).toEqual([200, SIZE]);
    expect(await ask(`W/${etag}`)).toEqual([200, SIZE]);
    expect(await ask('Mon, 02 Mar 2026 10:00:00 GMT')).toEqual([200, SIZE]);
  });

  test('after range puts the same file together', async () => {
    const { url, ticket } = await gateway.deliverOne();
    const pieces = [];
    for (let start = 0; start < SIZE; start += 77_777) {
      const range = `bytes=${start}-${start + 77_776}`;
      pieces.push(await bytesFrom(await fetch(url, { headers: { range } })));
    }
    expect(Buffer.concat(pieces).equals(part)).toBe(true);
    const sent = (await gateway.downloads(ticket.number, pieces.length)).map(
      (one) => one.sentBytes,
    );
    expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(SIZE);
  });
});
