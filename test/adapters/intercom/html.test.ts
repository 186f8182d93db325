import { expect, test } from 'vitest';
import { lettersOf, toHtml, toPlainText } from '../../../src/adapters/intercom/html.ts';

test.each([
  ['<p>Hello</p>\n<p>we need <b>all</b> data</p>', 'Hello\n\nwe need all data'],
  ['one line\nanother & more', 'one line\nanother & more'],
  ['<ul><li>jobs</li><li>CVs</li></ul>', '• jobs\n• CVs'],
  ['<h1>Export</h1><p>&lt;b&gt; stays, &amp;amp; too</p>', 'Export\n\n<b> stays, &amp; too'],
  ['<script>alert(1)</script><style>p{}</style><p>hi</p><img src="x" onerror="y">', 'hi'],
  [
    '<a href="https://x.example/a">here</a> <a href="https://y.example">https://y.example</a>',
    'here (https://x.example/a) https://y.example',
  ],
  ['<a href="mailto:a@acme.example">a@acme.example</a>', 'a@acme.example'],
  ['<p>bell\u0007 and \u0000nul</p>', ''],
  ['', ''],
])('reads %j', (html, text) => {
  expect(toPlainText(html)).toBe(text);
});

test.each([
  '<div>Yes</div><div class="gmail_quote">On Mon, Waybill wrote:<blockquote>Shall I?</blockquote></div>',
  'Yes<br><br>On Mon, Nov 16, 2026 at 9:00 AM Waybill &lt;b@x.example&gt; wrote:<br>&gt; Shall I?',
  '<p>Yes</p><p>Am Mo., 16. Nov. 2026 um 09:00 Uhr schrieb Waybill &lt;b@x.example&gt;:</p><p>&gt; Soll ich?</p>',
  '<p>Yes</p><p>-- <br>Alice Adams<br>Head of HR, cancel everything</p>',
  '<p>Yes</p><p>Sent from my iPhone</p>',
  '<p>Yes</p><div id="divRplyFwdMsg">From: Waybill</div>',
])('leaves out what is quoted and signed: %j', (html) => {
  expect(toPlainText(html)).toBe('Yes');
});

test('takes the quote when there is nothing else, and a mail of 100,000 lines as far as people write', () => {
  expect(toPlainText('<blockquote>No export please</blockquote>')).toContain('No export please');
  expect(toPlainText('<p>x</p>'.repeat(100_000)).length).toBeLessThanOrEqual(8_000);
  expect(toPlainText('<div>'.repeat(100_000))).toBe('');
});

test.each([
  ['One\ntwo\n\nthree', '<p>One<br>two</p><p>three</p>'],
  ['A:\n• one\n• two\nend', '<p>A:</p><ul><li>one</li><li>two</li></ul><p>end</p>'],
  ['<b>"x" & y</b>', '<p>&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;</p>'],
  [
    'See https://x.example/e/a?b=1&c=2.',
    '<p>See <a href="https://x.example/e/a?b=1&amp;c=2">https://x.example/e/a?b=1&amp;c=2</a>.</p>',
  ],
  ['"https://x.example/"onmouseover="y"', null],
  ['javascript:alert(1)', '<p>javascript:alert(1)</p>'],
])('writes %j', (text, html) => {
  if (html !== null) expect(toHtml(text)).toBe(html);
  expect(toHtml(text)).not.toContain('"onmouseover');
  expect(lettersOf(toHtml(text))).toBe(text.replace(/[\s•]/g, ''));
});
