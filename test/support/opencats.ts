import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import mysql, { type Connection } from 'mysql2/promise';

/** The tables of OpenCATS, as OpenCATS itself makes them; not part of this project. */
const SCHEMA = fileURLToPath(new URL('../../../shared/data/opencats-schema.sql', import.meta.url));

export const hasOpencatsSchema = existsSync(SCHEMA);
if (!hasOpencatsSchema) {
  console.warn('The schema of OpenCATS is not there; the tests with it are skipped.');
}

/** The sites of the test, whose rows lie mixed in every table; site 1 is there with OpenCATS itself. */
export const SITES = [1, 2] as const;

/** Files of a site by their ids in the attachment table. */
export type SiteFile = { id: number; content: string; isResume: boolean };

const CANDIDATES = 60;
const JOBS = 6;
const CREATED = '2026-02-03 04:05:06';

/** Fills an empty database with the schema and the rows of two sites, and a folder with their files. */
export async function makeOpencats(
  url: string,
  attachments: string,
): Promise<Map<number, SiteFile[]>> {
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
  try {
    await connection.query(readFileSync(SCHEMA, 'utf8'));
    await connection.query(
      "insert into site (site_id, name, date_created) values (2, 'Zweite Seite', ?)",
      [CREATED],
    );
    const files = new Map<number, SiteFile[]>(SITES.map((site) => [site, []]));
    for (let number = 1; number <= CANDIDATES; number++) {
      // One row for each site in turn, so that no table has the rows of a site together.
      for (const site of SITES) {
        const made = await addCandidate(connection, attachments, site, number);
        files.get(site)?.push(...made);
      }
    }
    for (const site of SITES) await addRest(connection, site);
    return files;
  } finally {
    await connection.end();
  }
}

async function addCandidate(
  connection: Connection,
  attachments: string,
  site: number,
  number: number,
): Promise<SiteFile[]> {
  if (number <= JOBS) {
    const company = await add(connection, 'company', {
      site_id: site,
      name: `Company ${site}-${number}`,
    });
    const contact = await add(connection, 'contact', {
      site_id: site,
      company_id: company,
      company_department_id: 0,
      first_name: 'Łukasz',
      last_name: `${site}-${number}`,
    });
    await add(connection, 'joborder', {
      site_id: site,
      company_id: company,
      contact_id: contact,
      title: `Job ${site}-${number}`,
      date_created: CREATED,
    });
  }
  const candidate = await add(connection, 'candidate', {
    site_id: site,
    first_name: number === 3 ? '' : 'Зоя',
    last_name: `${site}-${number} 山田`,
    middle_name: number % 2 ? null : '',
    notes: number === 4 ? 'Two\r\nlines, "quoted"' : null,
    email1: `c${number}@site${site}.example`,
    date_created: CREATED,
  });
  const jobs = await idsOf(connection, 'joborder', 'joborder_id', site);
  for (const job of jobs.filter((_, index) => (number + index) % 4 === 0)) {
    await add(connection, 'candidate_joborder', {
      site_id: site,
      candidate_id: candidate,
      joborder_id: job,
      status: 400,
      date_created: CREATED,
    });
  }
  await add(connection, 'activity', {
    site_id: site,
    data_item_id: candidate,
    data_item_type: 100,
    type: 100,
    notes: `called ${site}`,
  });
  await add(connection, 'history', {
    site_id: site,
    data_item_id: candidate,
    data_item_type: 100,
    description: `(USER) changed ${site}`,
    set_date: CREATED,
  });
  const resume = await addFile(connection, attachments, {
    site,
    type: 100,
    item: candidate,
    isResume: true,
  });
  const letter = await addFile(connection, attachments, {
    site,
    type: 100,
    item: candidate,
    isResume: false,
  });
  const job = jobs[number - 1];
  if (!job) return [resume, letter];
  return [
    resume,
    letter,
    await addFile(connection, attachments, { site, type: 400, item: job, isResume: false }),
  ];
}

async function addRest(connection: Connection, site: number): Promise<void> {
  const list = await add(connection, 'saved_list', {
    site_id: site,
    description: `List ${site}`,
    data_item_type: 100,
    date_created: CREATED,
  });
  await add(connection, 'saved_list', {
    site_id: site,
    description: 'Empty',
    data_item_type: 100,
    date_created: CREATED,
  });
  for (const candidate of await idsOf(connection, 'candidate', 'candidate_id', site)) {
    await add(connection, 'saved_list_entry', {
      site_id: site,
      saved_list_id: list,
      data_item_type: 100,
      data_item_id: candidate,
      date_created: CREATED,
    });
    await add(connection, 'calendar_event', {
      site_id: site,
      type: 100,
      title: `Call ${site}`,
      date: CREATED,
      data_item_id: candidate,
      data_item_type: 100,
      date_created: CREATED,
    });
  }
  await add(connection, 'user', {
    site_id: site,
    user_name: `owner${site}`,
    email: `Owner${site}@site.example`,
    access_level: 400,
    last_name: 'Owner',
  });
  await add(connection, 'user', {
    site_id: site,
    user_name: `reader${site}`,
    email: `reader${site}@site.example`,
    access_level: 100,
    last_name: 'Reader',
  });
}

async function addFile(
  connection: Connection,
  attachments: string,
  { site, type, item, isResume }: { site: number; type: number; item: number; isResume: boolean },
): Promise<SiteFile> {
  const content = `file of ${type} ${item} at site ${site}${isResume ? ', a resume' : ''}`;
  const id = await add(connection, 'attachment', {
    site_id: site,
    data_item_type: type,
    data_item_id: item,
    original_filename: isResume ? 'Lebenslauf – Zoë.doc' : 'letter.pdf',
    stored_filename: isResume ? 'Lebenslauf_Zoe.doc' : 'letter.pdf',
    resume: isResume ? 1 : 0,
    file_size_kb: 0,
    date_created: CREATED,
  });
  const folder = `site_${site}/${Math.floor(id / 1000)}xxx/${id}abcdef/`;
  await connection.query('update attachment set directory_name = ? where attachment_id = ?', [
    folder,
    id,
  ]);
  const path = join(attachments, folder, isResume ? 'Lebenslauf_Zoe.doc' : 'letter.pdf');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return { id, content, isResume };
}

async function add(
  connection: Connection,
  table: string,
  row: Record<string, unknown>,
): Promise<number> {
  const [result] = await connection.query('insert into ?? set ?', [table, row]);
  return 'insertId' in result ? result.insertId : 0;
}

async function idsOf(
  connection: Connection,
  table: string,
  column: string,
  site: number,
): Promise<number[]> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    'select ?? as id from ?? where site_id = ? order by 1',
    [column, table, site],
  );
  return rows.map(({ id }) => Number(id));
}
