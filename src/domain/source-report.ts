/** What was found about one query of a source file. */
export type QueryReport = {
  /** Its key in the source file, such as `data.Candidates`. */
  query: string;
  ok: boolean;
  /** Names and types of its columns. */
  columns: string[];
  /** Rows of the account; null when they could not be counted. */
  rows: number | null;
  /** How long one page of it took. */
  milliseconds: number | null;
  /** How the database finds the rows. */
  access: 'index' | 'full scan' | 'sorts each page' | 'makes all rows for each page' | 'unknown';
  /** What has to be corrected, as sentences. */
  problems: string[];
  /** What is worth knowing. */
  notes: string[];
};

/** What was found about a source file, tried with one account. */
export type SourceReport = {
  ok: boolean;
  file: string;
  database: string | null;
  account: { id: string; name: string } | null;
  queries: QueryReport[];
  /** Files that were opened, of those that were tried. */
  files: { tried: number; opened: number };
  problems: string[];
  notes: string[];
};

const HEAD = ['', 'query', 'rows', 'columns', 'a page takes', 'found by'];

/** The report as a table with what is to be done below it. */
export function reportText(report: SourceReport): string {
  const { account, database, file, files } = report;
  const rows = report.queries.map((query) => [
    query.ok ? 'ok' : 'NO',
    query.query,
    query.rows === null ? '?' : String(query.rows),
    String(query.columns.length),
    query.milliseconds === null ? '?' : `${query.milliseconds} ms`,
    query.access,
  ]);
  const lines = [
    `${file}${database ? `, ${database}` : ''}`,
    account ? `tried with account ${account.id} (${account.name})` : 'tried without an account',
    '',
    ...(rows.length > 0 ? [...table([HEAD, ...rows]), ''] : []),
    ...(files.tried > 0 ? [`${files.opened} of ${files.tried} files opened.`] : []),
    ...(report.ok ? ['Everything that an export needs is in order.'] : []),
    ...said('NO', report.problems, ({ problems }) => problems, report.queries),
    ...said('note', report.notes, ({ notes }) => notes, report.queries),
  ];
  return `${lines.join('\n')}\n`;
}

function said(
  word: string,
  general: string[],
  of: (query: QueryReport) => string[],
  queries: QueryReport[],
): string[] {
  const lines = queries.flatMap((query) => of(query).map((text) => `${query.query}: ${text}`));
  return [...general, ...lines].map((text) => `${word}  ${text}`);
}

function table(rows: string[][]): string[] {
  const widths = HEAD.map((_, index) => Math.max(...rows.map((row) => (row[index] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, index) =>
        isNumber(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

function isNumber(column: number): boolean {
  return column >= 2 && column <= 4;
}
