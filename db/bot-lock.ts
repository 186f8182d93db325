import Database from 'better-sqlite3';

/**
 * Makes sure that one bot only works on a data folder. The lock is the operating system's, held through SQLite, so
 * that it ends with the process however that dies.
 * @returns null when another bot holds it
 */
export function takeBotLock(file: string): { release(): void } | null {
  const client = new Database(file, { timeout: 0 });
  try {
    client.pragma('locking_mode = EXCLUSIVE');
    client.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    client.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => client.close() };
}
