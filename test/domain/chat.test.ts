import { describe, expect, test } from 'vitest';
import { contentTypeOf, hasAcceptedEnding } from '../../src/domain/chat-file.ts';
import { cleanText } from '../../src/domain/chat-text.ts';
import { LIMITS } from '../../src/domain/chat-view.ts';

describe('a text', () => {
  test.each([
    ['a\r\nb\rc', 'a\nb\nc'],
    ['  spaces around \n', 'spaces around'],
    ['tab\tstays', 'tab\tstays'],
    ['bell\u0007 and escape\u001b[0m, but a lot of words around them as usual', null],
    ['half a pair \ud83d here', 'half a pair \ufffd here'],
    ['👩🏽‍💻 مرحبا \u200f', '👩🏽‍💻 مرحبا \u200f'],
    ['', ''],
  ])('%j', (raw, clean) => {
    const expected = clean ?? raw.replace('\u0007', '').replace('\u001b', '');
    expect(cleanText(raw)).toEqual({ ok: true, text: expected });
  });

  test('cleaned twice is the same', () => {
    const once = cleanText('a\r\n b \u0085 c');
    expect(once.ok && cleanText(once.text)).toEqual(once);
  });

  test('is taken at the limit and refused above it', () => {
    expect(cleanText('x'.repeat(LIMITS.textChars)).ok).toBe(true);
    expect(cleanText('x'.repeat(LIMITS.textChars + 1))).toMatchObject({ code: 'too_long' });
  });

  test('that is the content of a file is refused', () => {
    expect(cleanText('PK\u0003\u0004\0\0')).toMatchObject({ ok: false, code: 'binary' });
    expect(cleanText('\ufffd\ufffd\ufffdJFIF\ufffd\ufffd')).toMatchObject({ code: 'binary' });
  });
});

describe('a file', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');

  test.each([
    ['a.PNG', '\x89PNG\r\n\x1a\n....', 'image/png'],
    ['photo.jpeg', '\xff\xd8\xff\xe0', 'image/jpeg'],
    ['a.gif', 'GIF89a', 'image/gif'],
    ['a.webp', 'RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['a.pdf', '%PDF-1.7', 'application/pdf'],
    ['a.zip', 'PK\x03\x04', 'application/zip'],
    ['excel.csv', '\xff\xfea\0,\0b\0', 'text/csv'],
    ['old windows.csv', 'Stra\xdfe,M\xfcnchen', 'text/csv'],
    ['a.txt', 'hello', 'text/plain'],
    ['a.png', '%PDF-1.7', null],
    ['a.webp', 'RIFF\x10\0\0\0WAVE', null],
    ['a.exe', 'MZ', null],
    ['a.txt', 'MZ\0\0', null],
    ['no ending', 'hello', null],
    ['a.png', '', null],
  ])('%s', (name, content, contentType) => {
    expect(contentTypeOf(name, bytes(content))).toBe(contentType);
  });

  test('is known by the ending of its name before it is sent', () => {
    expect(['a.CSV', 'a.b.zip', 'a.docx', 'zip'].map(hasAcceptedEnding)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
