import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contentsPath,
  createPaths,
  dataSetPath,
  fold,
  folderOf,
  isCompressible,
} from '../../src/domain/archive.ts';
import { safeFileName, safeFolderName } from '../../src/domain/safe-name.ts';
import { memoryFile } from '../support/memory-source.ts';

const file = (changes: Parameters<typeof memoryFile>[0] | object) =>
  memoryFile({ fileId: 'f1', content: null, ...changes });

describe('the layout', () => {
  test.each([
    [{}, 'Internal CVs/Welder (j1)/Ada Lovelace (c1)/f1.pdf'],
    [{ section: 'attachments' }, 'Attachments/Welder (j1)/Ada Lovelace (c1)/f1.pdf'],
    [{ jobId: null }, 'Internal CVs/No job/Ada Lovelace (c1)/f1.pdf'],
    [{ jobId: '' }, 'Internal CVs/No job/Ada Lovelace (c1)/f1.pdf'],
    [{ candidateId: null }, 'Internal CVs/Welder (j1)/f1.pdf'],
    [{ jobId: null, candidateId: '' }, 'Internal CVs/No job/f1.pdf'],
    [{ jobTitle: null, candidateName: ' ' }, 'Internal CVs/Job (j1)/Candidate (c1)/f1.pdf'],
    [
      { jobTitle: 'C++ / Rust: "Go"?' },
      'Internal CVs/C++ _ Rust_ _Go__ (j1)/Ada Lovelace (c1)/f1.pdf',
    ],
    [{ jobTitle: 'CON', candidateName: 'nul.x' }, 'Internal CVs/_CON (j1)/_nul.x (c1)/f1.pdf'],
    [{ jobTitle: '../..' }, 'Internal CVs/Job (j1)/Ada Lovelace (c1)/f1.pdf'],
  ])('%j', (changes, path) => {
    expect(createPaths().next(file(changes))).toBe(path);
  });

  test('data sets go on under a number, contents are called after their part', () => {
    expect(dataSetPath('Audit_Logs', 1, null)).toBe('Data Files/Audit_Logs.csv');
    expect(dataSetPath('Audit_Logs', 2, null)).toBe('Data Files/Audit_Logs_2.csv');
    expect(contentsPath('acme-cvs-003.zip')).toBe('Contents/acme-cvs-003.csv');
  });

  test('text and old office files are compressed, the rest is stored', () => {
    expect(['a.TXT', 'a.doc', 'a.csv'].map(isCompressible)).toEqual([true, true, true]);
    expect(['a.pdf', 'a.docx', 'a.jpg', 'txt', 'a'].map(isCompressible)).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe('names of files', () => {
  test.each([
    ['CON.pdf', '_CON.pdf'],
    ['con', '_con'],
    ['nul.tar.gz', '_nul.tar.gz'],
    ['COM1.txt', '_COM1.txt'],
    ['lpt¹.txt', '_lpt¹.txt'],
    ['CON .pdf', '_CON .pdf'],
    ['\u200BCON.pdf', '_CON.pdf'],
    ['Console.pdf', 'Console.pdf'],
    ['../../etc/passwd', 'etc_passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/etc/shadow', 'etc_shadow'],
    ['C:\\cv.pdf', 'C__cv.pdf'],
    ['..', 'file'],
    ['.', 'file'],
    ['', 'file'],
    [' . . ', 'file'],
    ['/', 'file'],
    ['.pdf', 'file.pdf'],
    ['..pdf', 'pdf'],
    ['cv.pdf. . ', 'cv.pdf'],
    ['a\u0000b\u0007c.pdf', 'a_b_c.pdf'],
    ['two\r\nlines.pdf', 'two lines.pdf'],
    ['a  \u00a0 b.pdf', 'a b.pdf'],
    ['<a>|b?*".pdf', '_a__b___.pdf'],
    ['cv\u202Efdp.exe', 'cvfdp.exe'],
    ['Re\u0301sume\u0301.pdf', 'Résumé.pdf'],
    ['\ud800x.pdf', '\ufffdx.pdf'],
    ['👩‍👩‍👧‍👦.pdf', '👩‍👩‍👧‍👦.pdf'],
    ['نمی\u200cخواهم.pdf', 'نمی\u200cخواهم.pdf'],
    ['README (2)', 'README (2)_'],
    ['archive.tar.gz', 'archive.tar.gz'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name, 80)).toBe(safe);
  });

  test('long names are cut between characters and keep their extension', () => {
    expect(safeFileName(`${'a'.repeat(300)}.pdf`, 80)).toBe(`${'a'.repeat(76)}.pdf`);
    expect(safeFileName(`${'👩‍👩‍👧‍👦'.repeat(20)}.pdf`, 80)).toBe(`${'👩‍👩‍👧‍👦'.repeat(6)}.pdf`);
    expect(safeFileName(`${'e\u0301\u0323'.repeat(90)}.docx`, 80)).toMatch(/^(ẹ́)+\.docx$/);
    expect(safeFileName(`a${'\u0301'.repeat(300)}.pdf`, 80)).toMatch(/^á\u0301+\.pdf$/);
    expect(Buffer.byteLength(safeFileName(`${'名'.repeat(300)}.pdf`, 80))).toBeLessThanOrEqual(200);
  });
});

describe('ids in folder names', () => {
  test.each(['17', 'job-17', 'REQ-2041', '3F2504E0-4F89-11D3-9A0C-0305E82C3301'])(
    '%s is plain',
    (id) => {
      expect(safeFolderName('Welder', id, 'Job', 64)).toBe(`Welder (${id})`);
    },
  );

  test.each([
    ['aB3', 'Ab3'],
    ['a/b', 'a_b'],
    ['a b', 'a  b'],
    ['é', 'e\u0301'],
    ['x'.repeat(99), `${'x'.repeat(99)}y`],
  ])('%s and %s do not meet', (one, other) => {
    expect(fold(safeFolderName('W', one, 'Job', 64))).not.toBe(
      fold(safeFolderName('W', other, 'Job', 64)),
    );
  });
});

describe('unique names', () => {
  test('names that differ in case or composition only are numbered', () => {
    const paths = createPaths();
    const names = [
      'cv.pdf',
      'CV.PDF',
      'cv (2).pdf',
      'cv.pdf',
      'straße.pdf',
      'STRASSE.pdf',
      'README',
      'readme',
    ];
    expect(names.map((name) => paths.next(file({ name })).split('/').at(-1))).toEqual([
      'cv.pdf',
      'CV (2).PDF',
      'cv (2) (2).pdf',
      'cv (3).pdf',
      'straße.pdf',
      'STRASSE (2).pdf',
      'README',
      'readme (2)_',
    ]);
  });

  test('a hundred thousand files of one name take no more than a moment', () => {
    const paths = createPaths();
    const started = performance.now();
    let last = '';
    for (let i = 0; i < 100_000; i++) last = paths.next(file({ name: 'cv.pdf' }));
    expect(last).toMatch(/cv \(100000\)\.pdf$/);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('cv.pdf', 'CV.PDF', 'CON', 'nul.pdf', '..', 'a/b', 'x (1)', 'ﬁ.pdf', 'fi.pdf'),
    fc.stringMatching(/^[cC][vV]{1,100}( \([23]\))?\.pdf$/),
  );
  const anyId = fc.oneof(
    fc.constantFrom(null, '', 'j1', 'J1x', 'j1X'),
    fc.string({ unit: 'binary' }),
  );
  const anyFile = fc.record({
    name: anyName,
    jobId: anyId,
    jobTitle: anyName,
    candidateId: anyId,
    candidateName: anyName,
    section: fc.constantFrom('cvs' as const, 'attachments' as const),
  });

  test('every path is safe on every system', () => {
    fc.assert(
      fc.property(anyFile, (changes) => expectSafe(createPaths().next(file(changes)))),
      { numRuns: 2_000 },
    );
  });

  test('no two files of one folder meet, whatever they are called', () => {
    fc.assert(
      fc.property(fc.array(anyName, { maxLength: 40 }), (names) => {
        const paths = createPaths();
        const made = names.map((name) => paths.next(file({ name })));
        expect(new Set(made.map(fold)).size).toBe(names.length);
        for (const path of made) expectSafe(path);
      }),
    );
  });

  test('a file and a folder in one place never have the same name', () => {
    fc.assert(
      fc.property(anyName, anyName, fc.string(), (name, candidateName, candidateId) => {
        fc.pre(candidateId !== '');
        const loose = createPaths().next(file({ name, candidateId: null }));
        const folder = folderOf(file({ candidateName, candidateId }));
        expect(fold(loose)).not.toBe(fold(folder));
      }),
    );
  });
});

function expectSafe(path: string): void {
  expect(path.length).toBeLessThan(200);
  expect(path).toBe(path.normalize('NFC'));
  expect(path.isWellFormed()).toBe(true);
  const parts = path.split('/');
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const part of parts) {
    expect(part).not.toBe('');
    expect(part.length).toBeLessThanOrEqual(80);
    expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
    expect(part).not.toMatch(/[<>:"|?*\\\p{Cc}\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F]/u);
    expect(part).not.toMatch(/[. ]$|^[. ]/);
    expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d) *(\.|$)/i);
  }
}
