import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DataSet } from '../domain/content.ts';
import type { Plan, Stretch } from '../domain/plan.ts';
import {
  isInViewer,
  rowOfScript,
  rowsScriptHead,
  rowsScriptPath,
  SCRIPT_END,
  VIEWER_PAGE,
  type ViewerPieces,
  viewerPage,
} from '../domain/viewer.ts';
import type { EntryHead, PartWriter } from '../ports/part-writer.ts';
import { CHUNK_CHARS, type PartScope, plannedDataRows } from './part-content.ts';

/** Text entries that nobody counts: they are made of what is counted. */
export type Extra = { head: EntryHead; chunks: AsyncIterable<Buffer> };

/** The rows of a stretch once more, as a script for the viewer; nothing for data sets that it does not show. */
export function viewerRows(
  scope: PartScope,
  dataSet: DataSet,
  stretch: Stretch,
  modifiedAt: string,
): Extra[] {
  if (!isInViewer(dataSet)) return [];
  // What differs from the plan was noted when the CSV was made.
  const again = { ...scope, differences: { missing: [], added: [] } };
  const head = { path: rowsScriptPath(dataSet, stretch.volume), modifiedAt };
  return [{ head, chunks: rowsScript(again, dataSet, stretch) }];
}

async function* rowsScript(
  scope: PartScope,
  dataSet: DataSet,
  stretch: Stretch,
): AsyncIterable<Buffer> {
  let text = rowsScriptHead(dataSet, scope.source.columns(dataSet));
  for await (const { item } of stretch.upTo ? plannedDataRows(scope, dataSet, stretch) : []) {
    text += rowOfScript(item.key, item.values);
    if (text.length < CHUNK_CHARS) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text + SCRIPT_END);
}

/** The page of the viewer, which lies in the first part with data files. */
export async function* viewerPageOf(plan: Plan, partNumber: number): AsyncIterable<Extra> {
  const first = plan.parts.find(({ section }) => section === 'data');
  if (first?.number !== partNumber) return;
  const page = viewerPage(plan, await pieces(), sha256);
  yield { head: { path: VIEWER_PAGE, modifiedAt: plan.plannedAt }, chunks: once(page) };
}

async function* once(text: string): AsyncIterable<Buffer> {
  yield Buffer.from(text);
}

async function pieces(): Promise<ViewerPieces> {
  const read = (name: string) => readFile(new URL(`../viewer/${name}`, import.meta.url), 'utf8');
  return { style: await read('viewer.css'), script: await read('viewer.js') };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Adds them to a part; says how many. */
export async function addExtras(
  writer: PartWriter,
  extras: AsyncIterable<Extra> | Iterable<Extra>,
): Promise<number> {
  let count = 0;
  for await (const { head, chunks } of extras) {
    await writer.addText(head, chunks);
    count += 1;
  }
  return count;
}
