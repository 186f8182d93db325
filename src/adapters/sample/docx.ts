import { crc32 } from 'node:zlib';
import { Document, HeadingLevel, ImageRun, Packer, Paragraph, TextRun } from 'docx';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { noise } from './chance.ts';
import type { DocumentText } from './documents.ts';
import { fillSlot, slotOf } from './slot.ts';

const TITLE = `title${'_'.repeat(235)}`;
const LINE = `line${'_'.repeat(116)}`;
const DOCUMENT = 'word/document.xml';
const PICTURE = 'word/media/image1.bmp';
const PATCHED = [DOCUMENT, PICTURE];
const BMP_HEADER_BYTES = 54;
const BMP_WIDTH = 32;

/**
 * A maker of DOCX files of `sizeBytes`: a heading, a line and a picture of noise. The template comes from docx;
 * what is patched is zipped again without compression, so that a copy with other text of the same length
 * needs no more than new check sums.
 */
export async function createDocxTemplate(
  sizeBytes: number,
): Promise<(text: DocumentText) => Buffer> {
  const small = await makeDocx(1, 0);
  const rowBytes = BMP_WIDTH * 3;
  const room = Math.max(0, sizeBytes - small.length);
  const template = await makeDocx(1 + Math.floor(room / rowBytes), room % rowBytes);
  const document = storedEntry(template, DOCUMENT);
  const picture = storedEntry(template, PICTURE);
  const title = slotOf(template, TITLE);
  const line = slotOf(template, LINE);

  return (text) => {
    const copy = Buffer.from(template);
    fillSlot(copy, title, xmlOf(text.title, title.length));
    fillSlot(copy, line, xmlOf(text.line, line.length));
    const pixels = noise(text.seed, picture.length - BMP_HEADER_BYTES);
    pixels.copy(copy, picture.start + BMP_HEADER_BYTES);
    for (const entry of [document, picture]) {
      const sum = crc32(copy.subarray(entry.start, entry.start + entry.length));
      for (const place of entry.crcPlaces) copy.writeUInt32LE(sum, place);
    }
    return copy;
  };
}

async function makeDocx(rows: number, padding: number): Promise<Buffer> {
  const picture = new ImageRun({
    type: 'bmp',
    data: bmpOf(rows, padding),
    transformation: { width: 96, height: 96 },
    // Without it docx numbers pictures through the life of the process.
    altText: { id: '1', name: 'Picture', description: 'Picture', title: 'Picture' },
  });
  const document = new Document({
    creator: 'Sample',
    title: 'Resume',
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(TITLE)] }),
          new Paragraph({ children: [new TextRun(LINE)] }),
          new Paragraph({ children: [picture] }),
        ],
      },
    ],
  });
  return zipAgain(unzipSync(await Packer.toBuffer(document)));
}

function bmpOf(rows: number, padding: number): Buffer {
  const bmp = Buffer.alloc(BMP_HEADER_BYTES + rows * BMP_WIDTH * 3 + padding);
  bmp.write('BM', 0, 'latin1');
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(BMP_HEADER_BYTES, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(BMP_WIDTH, 18);
  bmp.writeInt32LE(rows, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(24, 28);
  return bmp;
}

/** The same files without the time at which docx made them; those that are patched are not compressed. */
function zipAgain(files: Record<string, Uint8Array>): Buffer {
  const zippable: Zippable = {};
  for (const [name, bytes] of Object.entries(files)) {
    const dated = name === 'docProps/core.xml';
    const content = dated ? Buffer.from(withoutDates(Buffer.from(bytes).toString())) : bytes;
    zippable[name] = [content, { level: PATCHED.includes(name) ? 0 : 6 }];
  }
  return Buffer.from(zipSync(zippable, { mtime: new Date(2020, 0, 1) }));
}

function withoutDates(xml: string): string {
  return xml.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2020-01-01T00:00:00Z');
}

/** Where the bytes of a stored entry lie in a ZIP, and where its check sum stands. Offsets after APPNOTE 4.3.7 and 4.3.12. */
function storedEntry(zip: Buffer, name: string) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let central = zip.readUInt32LE(end + 16);
  while (central < end) {
    const nameLength = zip.readUInt16LE(central + 28);
    const entryName = zip.toString('utf8', central + 46, central + 46 + nameLength);
    if (entryName === name) {
      const local = zip.readUInt32LE(central + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const length = zip.readUInt32LE(central + 24);
      return { start, length, crcPlaces: [local + 14, central + 16] };
    }
    central += 46 + nameLength + zip.readUInt16LE(central + 30) + zip.readUInt16LE(central + 32);
  }
  throw new Error(`The template of a sample document has no entry ${name}.`);
}

/** Text for XML in at most `maxBytes`, cut between characters, without what XML 1.0 does not allow. */
function xmlOf(text: string, maxBytes: number): string {
  let result = '';
  let bytes = 0;
  for (const character of text.replace(/\p{Cc}|[\ufffe\uffff]/gu, ' ')) {
    const escaped = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character] ?? character;
    bytes += Buffer.byteLength(escaped);
    if (bytes > maxBytes) break;
    result += escaped;
  }
  return result;
}
