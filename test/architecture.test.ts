import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('{src,db,test}/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('/dist/'))
  .sort();

type Import = { from: string; to: string; typeOnly: boolean };

const IMPORT =
  /^\s*(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<to>[^']+)'|\bimport\(\s*'(?<dynamic>[^']+)'\s*\)/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => {
    const to = match.groups?.to ?? match.groups?.dynamic ?? '';
    const local = to.startsWith('.');
    return {
      from: file,
      to: local ? normalize(join(dirname(file), to)).replaceAll('\\', '/') : to,
      typeOnly: match.groups?.type !== undefined,
    };
  });
}

const imports = files.flatMap(importsOf);
const isLocal = (to: string) => /^(src|db|test)\//.test(to);
const isNode = (to: string) => to.startsWith('node:');
const within =
  (...folders: string[]) =>
  (to: string) =>
    folders.some((folder) => to === folder || to.startsWith(`${folder}/`));

type Wall = { of: RegExp; allows: (edge: Import) => boolean };

const ENTRIES = /^src\/(main|worker|cli|schedule)\.ts$|^src\/commands\//;
const packageOf = (to: string) =>
  to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to);

/** What each part of the tree may import; anything else is a hole in the wall. */
const WALLS: Record<string, Wall> = {
  domain: {
    of: /^src\/domain\//,
    allows: ({ to }) => within('src/domain')(to) || packageOf(to) === 'date-fns',
  },
  ports: {
    of: /^src\/ports\//,
    allows: ({ to, typeOnly }) => typeOnly && (within('src/domain', 'src/ports')(to) || isNode(to)),
  },
  flow: {
    of: /^src\/flow\//,
    allows: ({ to, typeOnly }) =>
      within('src/domain', 'src/flow')(to) ||
      (within('src/ports')(to) && typeOnly) ||
      packageOf(to) === 'date-fns' ||
      isNode(to),
  },
  adapters: {
    of: /^src\/adapters\//,
    allows: ({ from, to, typeOnly }) => {
      const own = from.split('/').slice(0, 3).join('/');
      if (!isLocal(to)) return true;
      return within('src/domain', own)(to) || (within('src/ports')(to) && typeOnly);
    },
  },
  db: {
    of: /^db\//,
    allows: ({ to, typeOnly }) =>
      within('db')(to) ||
      (within('src/domain', 'src/ports')(to) && typeOnly) ||
      isNode(to) ||
      ['drizzle-orm', 'better-sqlite3'].includes(packageOf(to)),
  },
  pages: {
    of: /^src\/pages\//,
    allows: ({ to, typeOnly }) =>
      !isLocal(to) ||
      within('src/pages', 'src/domain')(to) ||
      (typeOnly && within('src/ports')(to)),
  },
  entries: {
    of: ENTRIES,
    allows: ({ to, typeOnly }) =>
      !isLocal(to) ||
      [
        'src/config.ts',
        'src/wire.ts',
        'src/wire-worker.ts',
        'src/wire-understand.ts',
        'src/schedule.ts',
      ].includes(to) ||
      within('src/flow', 'src/commands', 'src/domain')(to) ||
      (typeOnly && within('src/ports')(to)),
  },
};

describe('the walls', () => {
  for (const [name, wall] of Object.entries(WALLS)) {
    test(`of ${name} hold`, () => {
      const own = imports.filter((edge) => wall.of.test(edge.from));
      expect(own.length).toBeGreaterThan(0);
      const holes = own.filter((edge) => !wall.allows(edge));
      expect(holes.map((edge) => `${edge.from} -> ${edge.to}`)).toEqual([]);
    });
  }

  test('product code does not import tests', () => {
    const holes = imports.filter(
      (edge) => !edge.from.startsWith('test/') && edge.to.startsWith('test/'),
    );
    expect(holes).toEqual([]);
  });

  test('only config reads the environment, only wire knows adapters and database', () => {
    const readers = files.filter(
      (file) =>
        file.startsWith('src/') &&
        file !== 'src/config.ts' &&
        /process\.env\b/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(readers).toEqual([]);
    const knowers = imports.filter(
      (edge) =>
        /^src\//.test(edge.from) &&
        !/^src\/(adapters\/|wire)/.test(edge.from) &&
        within('src/adapters', 'db')(edge.to),
    );
    expect(knowers.map((edge) => `${edge.from} -> ${edge.to}`)).toEqual([]);
  });
});

test('there are no cycles of values', () => {
  const values = new Map<string, string[]>();
  for (const edge of imports) {
    if (edge.typeOnly || !isLocal(edge.to)) continue;
    values.set(edge.from, [...(values.get(edge.from) ?? []), edge.to]);
  }
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const next of values.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of values.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});

test('no file is longer than 250 lines, no interface of a port has more than 8 methods', () => {
  const long = files.filter(
    (file) => readFileSync(join(root, file), 'utf8').split('\n').length > 251,
  );
  expect(long).toEqual([]);
  for (const file of files.filter((name) => name.startsWith('src/ports/'))) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, name, body] of text.matchAll(/export interface (\w+) \{(.*?)\n\}/gs)) {
      const methods = [...(body ?? '').matchAll(/^ {2}\w+\(/gm)].length;
      expect(methods, `${name} in ${file}`).toBeLessThanOrEqual(8);
    }
  }
});

test('every local import and every path named in the READMEs exists', () => {
  const gone = imports.filter(
    (edge) =>
      isLocal(edge.to) && !/\.(css|html|svg)$/.test(edge.to) && !existsSync(join(root, edge.to)),
  );
  expect(gone.map((edge) => `${edge.from} -> ${edge.to}`)).toEqual([]);
  for (const readme of ['README.md', 'src/README.md']) {
    const text = readFileSync(join(root, readme), 'utf8');
    const named = [...text.matchAll(/`((?:src|db|test|\.ci)\/[\w./-]+)`/g)].map(
      ([, path]) => path ?? '',
    );
    const base = relative(root, root) || '.';
    const absent = named.filter((path) => !existsSync(join(root, base, path)));
    expect(absent, readme).toEqual([]);
  }
});
