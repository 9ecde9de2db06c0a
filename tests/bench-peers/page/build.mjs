// build.mjs OUT: bundles the page of the Markdown window.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

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
