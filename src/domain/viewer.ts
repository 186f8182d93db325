import type { CellValue, DataSet, RowKey, SourceFile } from './content.ts';
import { escapeHtml } from './html.ts';
import type { Plan } from './plan.ts';

/**
 * The offline viewer: `index.html` beside the extracted folders. A page that was opened from a disk may read no other
 * file, but may run scripts; so what it shows lies beside it as scripts that only hand over data.
 */
export const VIEWER_PAGE = 'index.html';

/** The data sets that the viewer shows; everything else is in the CSVs. */
const VIEWER_SETS = ['Candidates', 'Jobs'] as const satisfies DataSet[];

/** True for the data sets that the viewer shows. */
export function isInViewer(dataSet: DataSet): boolean {
  return VIEWER_SETS.some((name) => name === dataSet);
}

/** Where the rows of the nth CSV of a data set stand for the viewer. */
export function rowsScriptPath(dataSet: DataSet, volume: number): string {
  return `Viewer/${dataSet}${volume > 1 ? `_${volume}` : ''}.js`;
}

/** Where the files of a part stand for the viewer. */
export function filesScriptPath(partName: string): string {
  return `Viewer/${partName.replace(/\.zip$/, '')}.js`;
}

/** What a script that hands over rows begins and ends with; between them are `rowOfScript` lines. */
export function rowsScriptHead(dataSet: DataSet, columns: readonly string[]): string {
  return `waybill.rows(${json(dataSet)},${json(columns)},String.raw\`\n`;
}
export function filesScriptHead(partName: string): string {
  return `waybill.files(${json(partName)},String.raw\`\n`;
}
export const SCRIPT_END = '`);\n';

/** One row; its id, the last of its key, is what files and other rows name it by. */
export function rowOfScript(key: RowKey, values: readonly CellValue[]): string {
  const cells = values.map((value) => (typeof value === 'bigint' ? String(value) : value));
  return line([String(key.at(-1) ?? ''), cells]);
}

export function fileOfScript(path: string, file: SourceFile, sizeBytes: number): string {
  const { section, jobId, jobTitle, candidateId, candidateName } = file;
  return line([path, section, jobId, jobTitle, candidateId, candidateName, sizeBytes]);
}

/**
 * A line of JSON inside of a raw template: in that only a backtick and `${` mean something. Large nested literals of
 * JavaScript itself take browsers minutes.
 */
function line(value: unknown): string {
  return `${json(value).replaceAll('`', '\\u0060').replaceAll('$', '\\u0024')},\n`;
}

/** Lone surrogates, which are no UTF-8, are replaced. */
function json(value: unknown): string {
  return JSON.stringify(value, (_, cell) =>
    typeof cell === 'string' ? cell.toWellFormed() : cell,
  );
}

/** The scripts that a viewer of this export loads, and the part that each comes with. */
function viewerScripts({ parts }: Pick<Plan, 'parts'>): { src: string; part: string }[] {
  return parts.flatMap(({ name, section, stretches }) =>
    section === 'data'
      ? stretches
          .filter(({ list }) => VIEWER_SETS.some((set) => set === list))
          .map(({ list, volume }) => ({ src: rowsScriptPath(list as DataSet, volume), part: name }))
      : [{ src: encodeURI(filesScriptPath(name)), part: name }],
  );
}

/** Style and script of the page, as they lie in `src/viewer`. */
export type ViewerPieces = { style: string; script: string };

/**
 * The page, all in one. `hash` gives the base64 SHA-256 of a text: the page's policy lets only its own code and style
 * run, and the scripts that lie beside it.
 */
export function viewerPage(
  plan: Pick<Plan, 'parts' | 'accountName'>,
  { style, script }: ViewerPieces,
  hash: (text: string) => string,
): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${hash(style)}'`,
    `script-src 'sha256-${hash(script)}' 'self' file:`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const account = escapeHtml(plan.accountName);
  // In a script element only `<` could end it.
  const scripts = json(viewerScripts(plan)).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>${account}: data export</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${account}</h1>
<p id="about" role="status">Reading …</p>
<nav aria-label="What to show">
<button type="button" data-view="candidates" aria-pressed="true">Candidates</button>
<button type="button" data-view="jobs" aria-pressed="false">Jobs</button>
<button type="button" data-view="files" aria-pressed="false">Files</button>
</nav>
<input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off" spellcheck="false">
</header>
<p id="absent" hidden></p>
<main>
<section id="list" aria-label="Found">
<p id="count" aria-live="polite"></p>
<ol id="rows"></ol>
<p id="pages"><button type="button" id="before">Back</button> <span id="page"></span> <button type="button" id="after">Next</button></p>
</section>
<section id="detail" aria-label="Details" tabindex="-1"></section>
</main>
<noscript><p>This page needs JavaScript to read the export. Everything is also in the CSV files of the folder “Data Files”.</p></noscript>
<script type="application/json" id="scripts">${scripts}</script>
<script>${script}</script>
</body>
</html>
`;
}
