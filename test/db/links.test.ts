import { beforeEach, describe, expect, test } from 'vitest';
import { createLinks } from '../../db/links.ts';
import { type Db, openDatabase } from '../../db/open.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
let db: Db;

beforeEach(() => {
  db = openDatabase(':memory:').db;
});

const part = (name: string, sizeBytes = 10) =>
  ({ name, kind: 'part', sizeBytes, sha256: '00' }) as const;

describe('links', () => {
  test('are made once for each file, and keep their order', () => {
    const links = createLinks(db);
    const made = links.ensure(1, 'a', [part('2.zip'), part('1.zip')]);
    expect(made.map(({ file }) => file.name)).toEqual(['2.zip', '1.zip']);
    expect(links.ensure(1, 'a', [part('2.zip'), part('1.zip')])).toEqual(made);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
    expect(links.find(made[0]?.id ?? '')).toEqual(made[0]);
    expect(links.find('nothing')).toBeNull();
  });

  test('die with their ticket, or all but those of one export; the first death counts', () => {
    const links = createLinks(db);
    links.ensure(1, 'old', [part('1.zip')]);
    links.ensure(1, 'new', [part('1.zip')]);
    links.ensure(2, 'other', [part('1.zip')]);
    const dead = () =>
      ['old', 'new', 'other'].map((id) => links.ofExport(id)[0]?.revokedAt ?? null);
    links.revoke(1, now, 'new');
    expect(dead()).toEqual([now, null, null]);
    links.revoke(1, later(5));
    expect(dead()).toEqual([now, later(5), null]);
  });

  test('remember who fetched what, ticket by ticket', () => {
    const links = createLinks(db);
    const [own] = links.ensure(1, 'a', [part('1.zip')]);
    const [other] = links.ensure(2, 'b', [part('1.zip')]);
    const download = { at: now, start: 3, sentBytes: 7, from: '::1', userAgent: 'curl' };
    links.logDownload({ ...download, linkId: own?.id ?? '' });
    links.logDownload({ ...download, linkId: own?.id ?? '', via: 'page' });
    links.logDownload({ ...download, linkId: other?.id ?? '' });
    expect(links.downloads(1)).toEqual([
      { ...download, linkId: own?.id, via: null },
      { ...download, linkId: own?.id, via: 'page' },
    ]);
    expect(() => links.logDownload({ ...download, linkId: 'nothing' })).toThrow();
  });
});
