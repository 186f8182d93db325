import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every folder here with an `index.html` is a page, built to `dist/<folder>/index.html`. */
const pages = readdirSync(here).filter(
  (name) => name !== 'dist' && existsSync(`${here}${name}/index.html`),
);

export default defineConfig({
  root: here,
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows neither data: URLs nor inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(pages.map((name) => [name, `${here}${name}/index.html`])),
    },
  },
});
