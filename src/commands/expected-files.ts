import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { MANIFEST_NAME, MISSING_NAME, SUMS_NAME } from '../domain/manifest.ts';
import type { ExpectedFile } from '../flow/verify-export.ts';

/** A file in the same folder, whatever a forged list says. */
const FileName = z
  .string()
  .regex(/^[^/\\]+$/)
  .refine((name) => name !== '.' && name !== '..');
const Sha256 = z.string().regex(/^[\da-f]{64}$/);
const Size = z.coerce.number().int().min(0);

const ManifestFile = z.object({
  format: z.literal('waybill-manifest/1'),
  parts: z.array(
    z.object({
      name: FileName,
      section: z.string(),
      sizeBytes: Size,
      sha256: Sha256,
      entries: Size,
      extras: Size.optional(),
    }),
  ),
  missing: z.array(z.unknown()),
});

const LinksRow = z.object({
  part: z.string(),
  file_name: FileName,
  size_bytes: Size,
  sha256: Sha256,
});

export type Expected = { folder: string; files: ExpectedFile[]; missing: number | null };

/**
 * What a folder with a manifest, or a links CSV beside its downloads, says should be there.
 * @throws Error with one sentence when there is no such list, or it cannot be read
 */
export async function readExpected(path: string): Promise<Expected> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return ofManifest(path);
  if (found?.isFile()) return ofLinksCsv(path);
  throw new Error(`There is no ${path}; give the folder of the download, or its links CSV.`);
}

async function ofManifest(folder: string): Promise<Expected> {
  const manifest = await readManifest(folder);
  const parts = manifest.parts.map((part) => ({ ...part, entries: entriesOf(part) }));
  const small = await readSums(folder);
  const files = [
    ...parts,
    ...small.filter((file) => !parts.some(({ name }) => name === file.name)),
  ];
  return { folder, files, missing: manifest.missing.length };
}

/** Earlier manifests do not say that a part with files also holds its contents CSV. */
function entriesOf(part: { section: string; entries: number; extras?: number | undefined }) {
  return part.entries + (part.extras ?? (part.section === 'data' ? 0 : 1));
}

async function readManifest(folder: string): Promise<z.infer<typeof ManifestFile>> {
  const path = join(folder, MANIFEST_NAME);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`There is no ${MANIFEST_NAME} in ${folder}; download it too.`, { cause });
  });
  const manifest = ManifestFile.safeParse(jsonOf(text));
  if (manifest.success) return manifest.data;
  throw new Error(`${path} is damaged, or not a manifest of Waybill; download it again.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The small files, by SHA256SUMS; their sizes are taken as they are, since the hash says it all. */
async function readSums(folder: string): Promise<ExpectedFile[]> {
  const text = await readFile(join(folder, SUMS_NAME), 'utf8').catch((cause: unknown) => {
    throw new Error(`There is no ${SUMS_NAME} in ${folder}; download it too.`, { cause });
  });
  const lines = [
    ...text.matchAll(/^([\da-f]{64}) {2}(manifest\.json|manifest\.sig|missing\.csv)$/gm),
  ];
  const files: ExpectedFile[] = [];
  for (const [, sha256 = '', name = ''] of lines) {
    const found = await stat(join(folder, name)).catch(() => null);
    files.push({ name, sha256, sizeBytes: found?.size ?? 0 });
  }
  return files;
}

async function ofLinksCsv(path: string): Promise<Expected> {
  const folder = dirname(path);
  const rows = z.array(LinksRow).safeParse(rowsOf(await readFile(path)));
  if (!rows.success) {
    throw new Error(`${path} is damaged, or not a links CSV of Waybill; ask for it again.`);
  }
  const byName = await entriesByName(folder);
  const files = rows.data.map((row) => ({
    name: row.file_name,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    ...(row.part ? { entries: byName.get(row.file_name) ?? null } : {}),
  }));
  return { folder, files, missing: files.some(({ name }) => name === MISSING_NAME) ? null : 0 };
}

function rowsOf(content: Buffer): unknown {
  try {
    return parse(content, { bom: true, columns: true });
  } catch {
    return null;
  }
}

/** The manifest may lie beside the CSV; without it the entries are not counted. */
async function entriesByName(folder: string): Promise<Map<string, number>> {
  const manifest = await readManifest(folder).catch(() => null);
  return new Map(manifest?.parts.map((part) => [part.name, entriesOf(part)]));
}
