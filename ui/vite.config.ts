import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { staticIcons } from './vite/staticIcons.ts';

/** Has the page's code and styles asked for before its first script runs, which would hold them up. */
function askFirst(): Plugin {
  return {
    name: 'ask-first',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { chunk }) {
        if (!chunk) return [];
        const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
        const wanted = [
          { rel: 'modulepreload', href: `/${chunk.fileName}` },
          ...styles.map((file) => ({ rel: 'preload', as: 'style', href: `/${file}` })),
        ];
        return wanted.map((attrs) => ({
          tag: 'link',
          attrs: { ...attrs, crossorigin: true },
          injectTo: 'head-prepend' as const,
        }));
      },
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [staticIcons(), svelte(), askFirst()],
  // The host and its tests expect the development server at this address and no other.
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  preview: { host: '127.0.0.1', port: 4173, strictPort: true },
  build: {
    target: ['es2022', 'safari17', 'chrome120'],
    // `font-src 'self'` admits no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
    // The colours are tested as they are written.
    css: { include: [/tokens\.css/] },
    // The whole window in a made-up DOM, on a machine that builds something else meanwhile.
    testTimeout: 30_000,
  },
  // Component tests mount in the DOM, so they need Svelte's browser build.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
}));
