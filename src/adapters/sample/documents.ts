import { crc32, deflateSync } from 'node:zlib';
import { noise } from './chance.ts';
import { createDocxTemplate } from './docx.ts';
import { createPdfTemplate } from './pdf.ts';

export type DocumentKind = 'pdf' | 'docx' | 'png' | 'txt';

/** What a made document says, and the seed of the bytes that fill it. */
export type DocumentText = { title: string; line: string; seed: string };

/** Makes documents of one size. All of them open in the programs that people use. */
export type DocumentMaker = (kind: DocumentKind, text: DocumentText) => Buffer;

/**
 * A maker of documents of about `sizeBytes` (what a kind needs at least is more for a small size).
 * The libraries make one template of each kind; a document is a copy with other text and other noise,
 * which is what lets a sample of many gigabytes be written as fast as the disk takes it.
 */
export async function createDocumentMaker(sizeBytes: number): Promise<DocumentMaker> {
  const pdf = await createPdfTemplate(sizeBytes);
  const docx = await createDocxTemplate(sizeBytes);
  const letter = letterOf(sizeBytes);
  return (kind, text) => {
    if (kind === 'pdf') return pdf(text);
    if (kind === 'docx') return docx(text);
    if (kind === 'png') return pngOf(sizeBytes, text.seed);
    return Buffer.concat([Buffer.from(`${text.title}\n${text.line}\n\n`), letter]);
  };
}

function letterOf(sizeBytes: number): Buffer {
  const paragraph =
    'Dear team,\n\nI would like to apply for the position. Please find my résumé attached.\n\n— Sincerely\n\n';
  return Buffer.from(paragraph.repeat(Math.ceil(Math.max(1, sizeBytes) / paragraph.length)));
}

/** A grey PNG of noise, stored without compression. */
function pngOf(sizeBytes: number, seed: string): Buffer {
  const width = sizeBytes < 20_000 ? 32 : 256;
  const height = Math.max(1, Math.floor(sizeBytes / (width + 1)));
  const pixels = noise(seed, height * (width + 1));
  // Each line begins with its filter type, 0 for none.
  for (let line = 0; line < height; line++) pixels[line * (width + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(pixels, { level: 0 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8);
  return chunk;
}
