import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Source files of well-known systems, without database and storage; chosen by `preset: NAME`. */
const PRESETS = { opencats: new URL('./presets/opencats.yaml', import.meta.url) };

type Tree = Record<string, unknown>;

/** Puts what a source file says over its preset, so that a vendor may change one query and keep the others. */
export function withPreset(own: unknown): unknown {
  if (!isTree(own) || own.preset === undefined) return own;
  const { preset, ...rest } = own;
  const url = isName(preset) ? PRESETS[preset] : null;
  if (!url) return own;
  return merged(parse(readFileSync(url, 'utf8')), rest);
}

function merged(below: unknown, above: unknown): unknown {
  if (!isTree(below) || !isTree(above)) return above === undefined ? below : above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(below[key], above[key])]));
}

function isName(name: unknown): name is keyof typeof PRESETS {
  return typeof name === 'string' && Object.hasOwn(PRESETS, name);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
