import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const tauriElsewhere = {
  group: ['@tauri-apps/*'],
  message: 'Only src/backend/tauri.ts talks to the host; ask the Backend interface instead.',
};
const englishElsewhere = {
  group: ['**/text/en', '**/text/en/*', '**/text/de', '**/text/de/*'],
  message: 'One language would stay while the others change: say it with `t` of src/text/locale.svelte.',
};
const htmlElsewhere = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'].map(
  (property) => ({ property, message: 'HTML is set in src/transcript/applyPatch.ts alone.' }),
);

export default ts.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', 'src/ipc/generated/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-imports': ['error', { patterns: [tauriElsewhere, englishElsewhere] }],
      'no-restricted-properties': ['error', ...htmlElsewhere],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  {
    files: ['src/backend/tauri.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [englishElsewhere] }] },
  },
  {
    files: ['src/text/**', 'src/**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [tauriElsewhere] }] },
  },
  // Tests read what is shown.
  {
    files: ['src/transcript/applyPatch.ts', 'src/**/*.test.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['scripts/**', '*.config.*'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
);
