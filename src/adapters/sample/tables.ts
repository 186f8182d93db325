import type Database from 'better-sqlite3';

type Cell = string | number | bigint | null;
/** Adds a row; the values are in the order of the columns in schema.ts. */
type Insert<Cells extends Cell[]> = (...cells: Cells) => void;

/** One insert for each table of the sample ATS. Those with a counter return the number of the row. */
export type SampleTables = ReturnType<typeof createTables>;

export function createTables(database: Database.Database) {
  function insert<Cells extends Cell[]>(table: string, columns: number): Insert<Cells> {
    const places = Array.from({ length: columns }, () => '?').join(', ');
    const statement = database.prepare(`insert into ${table} values (${places})`);
    return (...cells) => {
      statement.run(cells);
    };
  }

  /** Like `insert`, for tables whose rows are numbered within their account. */
  function numbered<Cells extends Cell[]>(table: string, columns: number) {
    const add = insert<[string, number, ...Cells]>(table, columns);
    const last = new Map<string, number>();
    return (accountId: string, ...cells: Cells): number => {
      const id = (last.get(accountId) ?? 0) + 1;
      last.set(accountId, id);
      add(accountId, id, ...cells);
      return id;
    };
  }

  type Text = string | null;
  return {
    accounts: insert<[string, string, string, Text]>('accounts', 4),
    users: insert<[string, string, string, string, string, Text, string]>('users', 7),
    invoices: insert<[string, string, string, string, string, Text]>('invoices', 6),
    companies: insert<[string, string, string, Text, Text, string]>('companies', 6),
    contacts: insert<[string, string, string, string, Text, Text, Text, string]>('contacts', 8),
    jobs: insert<[string, string, string, string, string, number, number | null, string]>(
      'jobs',
      8,
    ),
    candidates: insert<
      [string, string, bigint, Text, Text, Text, Text, number | null, Text, string]
    >('candidates', 10),
    applications: insert<[string, string, string, string, number | null, string, string]>(
      'applications',
      7,
    ),
    folders: insert<[string, string, string]>('folders', 3),
    folderRecords: insert<[string, string, string, string]>('folder_records', 4),
    tasks: numbered<[string, string, Text, Text, string, number, string]>('tasks', 9),
    notes: numbered<[string, string]>('notes', 4),
    auditLogs: numbered<[string, string, string, Text, string]>('audit_logs', 7),
    documents: numbered<
      [string, string, string, string, number | null, string, string, number, string, string]
    >('documents', 12),
  };
}
