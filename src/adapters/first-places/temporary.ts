import Database from 'better-sqlite3';
import type { FirstPlaces } from '../../ports/first-places.ts';

/** Kept in memory, in KiB; what is more lies in a file that goes away by itself. */
const CACHE_KIB = 16 * 1024;

/** Notes places in a temporary database, which SQLite itself deletes. */
export function openFirstPlaces(): FirstPlaces {
  const db = new Database('');
  db.pragma('journal_mode = OFF');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.exec('create table places (place text primary key, path text not null) without rowid; begin');
  const note = db.prepare('insert into places values (?, ?) on conflict do nothing');
  const find = db.prepare('select path from places where place = ?').pluck();
  return {
    claim(place, path) {
      if (note.run(place, path).changes === 1) return null;
      return String(find.get(place));
    },
    close: () => void db.close(),
  };
}
