import { PDFDocument, PDFHexString, PDFName, StandardFonts } from 'pdf-lib';
import { noise } from './chance.ts';
import type { DocumentText } from './documents.ts';
import { fillSlot, slotOf } from './slot.ts';

/** Characters of the title that a template has room for; each takes four hex digits. */
const TITLE_LENGTH = 80;
const TITLE = 'ABCD'.repeat(TITLE_LENGTH);
const LINE = '_'.repeat(90);
const IMAGE_WIDTH = 64;

/**
 * A maker of PDFs of `sizeBytes`: one page with a line of text and a grey picture of noise. The template comes
 * from pdf-lib with its streams uncompressed, so that a copy with other bytes of the same length stays valid.
 */
export async function createPdfTemplate(
  sizeBytes: number,
): Promise<(text: DocumentText) => Buffer> {
  const empty = await makePdf(IMAGE_WIDTH, 0);
  const room = Math.max(IMAGE_WIDTH, sizeBytes - empty.length);
  const height = Math.max(1, Math.floor((room - 16) / IMAGE_WIDTH));
  const tight = await makePdf(height * IMAGE_WIDTH, 0);
  const template = await makePdf(height * IMAGE_WIDTH, Math.max(0, sizeBytes - tight.length));
  const title = slotOf(template, TITLE);
  const line = slotOf(template, LINE);
  const picture = {
    start: template.indexOf(pictureMark(height * IMAGE_WIDTH)),
    length: height * IMAGE_WIDTH,
  };

  return (text) => {
    const document = Buffer.from(template);
    fillSlot(document, title, hexOf(text.title));
    fillSlot(document, line, text.line.replace(/[^ -~]|[()\\]/g, '?'));
    noise(text.seed, picture.length).copy(document, picture.start);
    return document;
  };
}

async function makePdf(pictureBytes: number, padding: number): Promise<Buffer> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const page = pdf.addPage([595, 842]);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const picture = pdf.context.stream(pictureMark(pictureBytes), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: IMAGE_WIDTH,
    Height: pictureBytes / IMAGE_WIDTH,
    ColorSpace: 'DeviceGray',
    BitsPerComponent: 8,
  });
  page.node.setFontDictionary(PDFName.of('F1'), font.ref);
  page.node.setXObject(PDFName.of('Im1'), pdf.context.register(picture));
  const content = `BT /F1 14 Tf 50 780 Td (${LINE}) Tj ET q 96 0 0 96 50 640 cm /Im1 Do Q${' '.repeat(padding)}`;
  page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.stream(content)));
  pdf.context.trailerInfo.Info = pdf.context.register(
    pdf.context.obj({ Title: PDFHexString.of(`FEFF${TITLE}`) }),
  );
  return Buffer.from(await pdf.save({ useObjectStreams: false, addDefaultPage: false }));
}

function pictureMark(length: number): Buffer {
  return Buffer.alloc(length, 0x7e);
}

/** UTF-16BE in hex, as a PDF writes text outside Latin-1; filled with spaces. */
function hexOf(text: string): string {
  const utf16 = Buffer.from(text.slice(0, TITLE_LENGTH).padEnd(TITLE_LENGTH), 'utf16le').swap16();
  return utf16.toString('hex').toUpperCase();
}
