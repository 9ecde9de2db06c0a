// build.mjs OUT: bundles the page of the Markdown window.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transformSync } from 'esbuild';
import { compileModule } from '../../../ui/node_modules/svelte/src/compiler/index.js';

/** The product's own modules with runes, by the product's own compiler. */
const runes = {
  name: 'runes',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte\.ts$/ }, ({ path }) => {
      const { code } = transformSync(readFileSync(path, 'utf8'), { loader: 'ts', target: 'esnext' });
      return { contents: compileModule(code, { filename: basename(path) }).js.code, loader: 'js' };
    });
  },
};

const out = process.argv[2];
mkdirSync(out, { recursive: true });
await build({
  entryPoints: [join(import.meta.dirname, 'src/main.jsx')],
  outfile: join(out, 'main.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'safari16',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.css': 'empty' },
  conditions: ['browser', 'production'],
  plugins: [runes],
});
writeFileSync(
  join(out, 'index.html'),
  `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Markdown</title>
    <style>
      body { font: 16px/1.5 sans-serif; margin: 0 auto; max-width: 720px; }
      pre { overflow-x: auto; background: #eee; padding: 8px; }
      /* As ui/src/styles/prose.css has it; no peer has these lines. */
      .block pre :is(code, .line) { display: block; }
      table { border-collapse: collapse; }
      td, th { border: 1px solid #999; padding: 2px 8px; }
    </style>
  </head>
  <body>
    <script src="main.js"></script>
  </body>
</html>
`,
);
