import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { createDocumentMaker } from '../../../src/adapters/sample/documents.ts';
import { hasTool, ZIP_TOOLS } from '../../support/zip-tools.ts';

const TITLE = 'Ünï 张伟 <&> "الأحمد" 😀';
const text = { title: TITLE, line: 'C0000001 at acme', seed: 'one' };
const zipTools = ZIP_TOOLS.filter(({ name }) => hasTool(name));

describe.each([0, 1, 5_000, 140_000, 1_000_003])('documents of %d bytes', (sizeBytes) => {
  test('PDFs open, with their title, at the size that was asked for', async () => {
    const make = await createDocumentMaker(sizeBytes);
    const bytes = make('pdf', text);
    const pdf = await PDFDocument.load(bytes, {
      throwOnInvalidObject: true,
      updateMetadata: false,
    });
    expect(pdf.getPageCount()).toBe(1);
    expect(pdf.getTitle()?.trim()).toBe(TITLE);
    expect(bytes.includes('(C0000001 at acme')).toBe(true);
    if (sizeBytes > 2_000) expect(bytes.length).toBe(sizeBytes);
    expect(bytes.readUInt8(Number(xrefOf(bytes)))).toBe('x'.charCodeAt(0));
  });

  test('DOCX files are whole ZIPs with the title in the text', async () => {
    const make = await createDocumentMaker(sizeBytes);
    const bytes = make('docx', text);
    const entries = unzipSync(bytes);
    const xml = Buffer.from(entries['word/document.xml'] ?? []).toString();
    expect(xml).toContain('Ünï 张伟 &lt;&amp;&gt; "الأحمد" 😀');
    expect(xml).toContain('C0000001 at acme');
    expect(Buffer.from(entries['word/media/image1.bmp'] ?? []).toString('latin1', 0, 2)).toBe('BM');
    if (sizeBytes > 20_000) expect(bytes.length).toBe(sizeBytes);
  });

  test.each(zipTools)('$name accepts the DOCX files', async ({ check }) => {
    const make = await createDocumentMaker(sizeBytes);
    const dir = await mkdtemp(join(tmpdir(), 'waybill-docx-'));
    await writeFile(join(dir, 'a.docx'), make('docx', text));
    expect(() => check(join(dir, 'a.docx'))).not.toThrow();
    await rm(dir, { recursive: true });
  });

  test('PNGs have right check sums and as many pixels as they say', async () => {
    const make = await createDocumentMaker(sizeBytes);
    const chunks = pngChunks(make('png', text));
    expect(chunks.map((chunk) => chunk.type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    const [header, data] = chunks;
    if (!header || !data) throw new Error('The PNG has no data.');
    const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
    expect(inflateSync(data.data)).toHaveLength(height * (width + 1));
  });

  test('texts are UTF-8 and name the candidate', async () => {
    const make = await createDocumentMaker(sizeBytes);
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(make('txt', text));
    expect(decoded.startsWith(`${TITLE}\nC0000001 at acme\n`)).toBe(true);
  });
});

test('hostile titles fit and stay valid', async () => {
  const make = await createDocumentMaker(5_000);
  for (const title of [
    '名'.repeat(300),
    '&'.repeat(300),
    '\0\u001b[2J\ufffe',
    'a)(\\',
    '😀'.repeat(120),
    '',
  ]) {
    const pdf = await PDFDocument.load(make('pdf', { ...text, title, line: title }));
    expect(pdf.getPageCount()).toBe(1);
    const xml = unzipSync(make('docx', { ...text, title, line: title }))['word/document.xml'];
    const decoded = new TextDecoder('utf-8', { fatal: true }).decode(xml);
    expect(decoded).not.toMatch(/(?![\r\n\t])\p{Cc}|\ufffe|&(?!amp;|lt;|gt;)/u);
  }
});

test('another seed gives other bytes of the same length', async () => {
  const make = await createDocumentMaker(5_000);
  for (const kind of ['pdf', 'docx', 'png'] as const) {
    const [one, two] = [make(kind, text), make(kind, { ...text, seed: 'two' })];
    expect(one.length).toBe(two.length);
    expect(one.equals(two)).toBe(false);
    expect(one.equals(make(kind, text))).toBe(true);
  }
});

function xrefOf(pdf: Buffer): string | undefined {
  return /startxref\s+(\d+)\s+%%EOF/.exec(pdf.toString('latin1').slice(-100))?.[1];
}

function pngChunks(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const data = png.subarray(at + 8, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data });
    at += 12 + length;
  }
  return chunks;
}
