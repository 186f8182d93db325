import { DATA_SETS } from '../../domain/content.ts';
import type { QueryReport, SourceReport } from '../../domain/source-report.ts';
import { openParts, type SourceParts, type SourceServices } from './open-source.ts';
import { messageOf, SourceProblem } from './source-problem.ts';
import { tryDirectory } from './try-directory.ts';
import { tryFiles, tryList } from './try-list.ts';

/**
 * Tries every query of a source file with a real account, and opens a few files; reads only.
 * @param accountId null: the first account that `queries.accounts` gives
 */
export async function trySource(
  file: string,
  services: SourceServices,
  accountId: string | null,
): Promise<SourceReport> {
  const report: SourceReport = {
    ok: false,
    file,
    database: null,
    account: null,
    queries: [],
    files: { tried: 0, opened: 0 },
    problems: [],
    notes: [],
  };
  try {
    const parts = await openParts(file, services);
    try {
      await tryAll(parts, accountId, report);
    } finally {
      await parts.database.close();
    }
  } catch (error) {
    report.problems.push(sentenceOf(error, file));
  }
  report.ok = report.problems.length === 0 && report.queries.every(({ ok }) => ok);
  return report;
}

async function tryAll(
  parts: SourceParts,
  wanted: string | null,
  report: SourceReport,
): Promise<void> {
  const { database, description } = parts;
  report.database = database.dialect.name;
  report.notes.push(...(await database.remarks()));
  const id = wanted ?? (await firstAccount(parts));
  const directory = await tryDirectory(parts, id);
  report.queries.push(...directory.queries);
  const { account } = directory;
  report.account = account && { id: account.id, name: account.name };
  if (!directory.account) {
    report.problems.push(
      `There is no account ${id}: queries.account gave no row with this id; give --account ID.`,
    );
    return;
  }
  for (const name of DATA_SETS) {
    const list = { name: `data.${name}`, query: description.data[name] };
    report.queries.push((await tryList(parts, list, id)).report);
  }
  for (const section of ['attachments', 'cvs'] as const) {
    const list = { name: `files.${section}`, query: description.files[section] };
    const tried = await tryList(parts, list, id, section);
    const opened = await tryFiles(parts, tried);
    report.files.tried += opened.tried;
    report.files.opened += opened.opened;
    report.queries.push(finished(tried.report));
  }
}

/** @throws SourceProblem when there is none */
async function firstAccount({ database, description }: SourceParts): Promise<string> {
  const { file, queries } = description;
  if (!queries.accounts) {
    throw new SourceProblem(
      `${file}: queries.accounts is not there, so no account is known; give --account ID, or add a query that gives the ids of a few accounts.`,
    );
  }
  const columns = await database.columns('queries.accounts', queries.accounts);
  const at = columns.findIndex((column) => column.name === 'id');
  if (at < 0) throw new SourceProblem(`${file}: queries.accounts has no column id.`);
  const rows = await database.rows('queries.accounts', queries.accounts, {});
  const id = rows[0]?.[at];
  if (id === undefined || id === null) {
    throw new SourceProblem(`${file}: queries.accounts gave no account; give --account ID.`);
  }
  return String(id);
}

/** A problem may come with the files, after the query itself was found in order. */
function finished(report: QueryReport): QueryReport {
  return { ...report, ok: report.problems.length === 0 };
}

function sentenceOf(error: unknown, file: string): string {
  return error instanceof SourceProblem ? error.message : `${file}: ${messageOf(error)}`;
}
