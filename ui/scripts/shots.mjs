// Pictures of every scenario, to be looked at: `npm run shots [-- OUT] [-- --only chat,waiting]`.
// They are taken from a production build with the fake host, served under the product's own CSP.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

/** @typedef {import('playwright-core').Page} Page */

/** The product's, for a page that has these scripts in itself. @param {string[]} scripts */
const contentSecurityPolicy = (scripts) =>
  `default-src 'none'; script-src 'self' ${scripts.map(hashSource).join(' ')}; ` +
  "style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
  "connect-src 'none'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

/** @param {string} script */
function hashSource(script) {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

const sizes = { full: [1280, 800], small: [900, 600], large: [1600, 1000], narrow: [600, 700] };

/** @type {Record<string, { query: string, sizes?: (keyof typeof sizes)[], act?: (page: Page) => Promise<unknown> }>} */
const shots = {
  'many-conversations': {
    query: 'many-conversations',
    act: async (page) => {
      await page.getByRole('navigation').evaluate((list) => list.scrollTo(0, 60_000));
      await page.getByText('Conversation 1720').waitFor();
    },
  },
  'deleted-message': {
    query: 'chat',
    act: async (page) => {
      await page.getByTestId('message-user').first().hover();
      await page.getByTestId('delete-message').first().click();
      await page.getByTestId('shelves').click();
      await page.getByTestId('shelf-bin').click();
      await page.getByTestId('deleted-message').waitFor();
    },
  },
  welcome: { query: 'welcome', sizes: ['full', 'small', 'large'] },
  waiting: { query: 'waiting', sizes: ['full', 'small', 'large'] },
  'waiting-paste': { query: 'waiting', act: (page) => page.getByTestId('waiting-paste').click() },
  device: { query: 'device', sizes: ['full', 'narrow'] },
  'signed-out': { query: 'signed-out', sizes: ['full', 'small'] },
  'waiting-failed': { query: 'waiting-failed' },
  'sign-in-failed': {
    query: 'sign-in-failed',
    sizes: ['full', 'small'],
    act: (page) => page.getByTestId('error-card').waitFor(),
  },
  setup: { query: 'setup', sizes: ['full', 'small', 'large'] },
  'setup-other': { query: 'setup-other' },
  differences: {
    query: 'setup-other',
    sizes: ['full', 'narrow'],
    act: async (page) => {
      await page.getByTestId('setup-name').fill('House');
      await page.getByTestId('setup-issuer').fill('https://diverse.example');
      await page.getByTestId('setup-api-base').fill('https://diverse.example/v1');
      await page.getByTestId('setup-client-id').fill('cid_1');
      await page.getByTestId('ports-fixed').click();
      await page.getByTestId('setup-save').click();
      await page.getByTestId('check-differences').waitFor();
    },
  },
  sources: {
    query: 'setup',
    act: async (page) => {
      await page.getByTestId('setup-sources').click();
      await page.getByTestId('setup-sources').scrollIntoViewIfNeeded();
    },
  },
  ports: {
    query: 'setup-other',
    act: async (page) => {
      await page.getByTestId('setup-name').fill('House');
      await page.getByTestId('ports-fixed').click();
    },
  },
  empty: { query: 'empty' },
  newcomer: {
    query: 'welcome',
    act: async (page) => {
      await page.getByTestId('sign-in-quota').click();
      await page.getByTestId('newcomer').waitFor();
    },
  },
  chat: { query: 'chat', sizes: ['full', 'small', 'large', 'narrow'] },
  streaming: {
    query: 'streaming',
    sizes: ['full', 'small', 'large'],
    act: (page) => page.waitForTimeout(3600),
  },
  play: { query: 'play', sizes: ['full', 'small'] },
  'wallet-empty': { query: 'wallet-empty', sizes: ['full', 'small', 'large'] },
  watching: { query: 'wallet-empty', act: (page) => page.getByTestId('error-action-top-up').click() },
  endings: { query: 'endings', sizes: ['full', 'large'] },
  errors: { query: 'errors', sizes: ['full'] },
  reauth: { query: 'reauth' },
  keychain: { query: 'keychain', sizes: ['full', 'small'] },
  'session-only': { query: 'session-only' },
  storage: { query: 'storage' },
  lost: { query: 'lost', sizes: ['full', 'narrow'] },
  plan: { query: 'plan', act: (page) => page.getByTestId('account-menu').click() },
  'many-models': {
    query: 'many-models',
    act: async (page) => {
      await page.getByTestId('composer-input').fill('Tell me a story.');
      const took = await page.evaluate(timeModelPicker);
      console.log(
        `many-models: opened in ${took.open} ms, filtered in ${took.filter} ms, longest task ${took.longest} ms`,
      );
      await page.getByTestId('model-search').fill('llama');
      await page.getByTestId('model-favourite').nth(2).click();
    },
  },
  'usage-books': {
    query: 'plan',
    act: async (page) => {
      await page.keyboard.press('Control+U');
      await page.getByTestId('usage-table').waitFor();
      await page.getByTestId('usage-account').selectOption('chutes-1');
      await page.getByTestId('billed').waitFor();
      await page.getByTestId('billed').scrollIntoViewIfNeeded();
    },
  },
  'model-picker': { query: 'chat', act: (page) => page.getByTestId('model-picker').click() },
  usage: {
    query: 'chat',
    sizes: ['full', 'small'],
    act: async (page) => {
      await page.keyboard.press('Control+U');
      await page.getByTestId('usage-table').waitFor();
    },
  },
  payer: { query: 'chat', act: (page) => page.getByTestId('payer').click() },
  'account-menu': { query: 'chat', act: (page) => page.getByTestId('account-menu').click() },
  'conversation-menu': { query: 'chat', act: (page) => page.getByTestId('conversation-menu').click() },
  deleted: {
    query: 'chat',
    act: async (page) => {
      await page.getByTestId('conversation-menu').click();
      await page.getByTestId('delete').click();
    },
  },
  'context-menu': {
    query: 'chat',
    act: (page) => page.locator('.prose a').first().click({ button: 'right' }),
  },
  german: { query: 'chat&language=de', act: (page) => page.keyboard.press('Control+,') },
  'german-welcome': { query: 'welcome&language=de' },
  larger: { query: 'chat&size=larger' },
  attachments: {
    query: 'chat',
    sizes: ['full', 'narrow'],
    act: async (page) => {
      const picture = { name: 'garden-in-march.png', mimeType: 'image/png', buffer: await page.screenshot() };
      const paper = {
        name: 'lease-agreement-2026.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.alloc(48_000, 65),
      };
      const code = { name: 'dates.py', mimeType: 'text/x-python', buffer: Buffer.from('import datetime\n') };
      await page.getByTestId('attach-input').setInputFiles([picture, code]);
      await page.getByTestId('composer-input').fill('What grows here?');
      await page.getByTestId('send').click();
      await page.getByTestId('stop').waitFor({ state: 'detached' });
      await page.getByTestId('attach-input').setInputFiles([paper, picture]);
      await page.getByTestId('draft-files').getByTestId('attachment').nth(1).waitFor();
    },
  },
  'attachment-refused': {
    query: 'chat',
    act: (page) =>
      page
        .getByTestId('attach-input')
        .setInputFiles([
          { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
        ]),
  },
  drop: {
    query: 'chat',
    act: (page) =>
      page.evaluate(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'x.txt'));
        document.body.dispatchEvent(new DragEvent('dragenter', { dataTransfer: data, bubbles: true }));
      }),
  },
  export: {
    query: 'chat',
    act: async (page) => {
      await page.getByTestId('conversation-menu').click();
      await page.getByTestId('export').click();
    },
  },
  instructions: {
    query: 'chat',
    act: async (page) => {
      await page.getByTestId('conversation-menu').click();
      await page.getByTestId('instructions').click();
      await page.getByTestId('instructions-input').fill('You are a patient gardener. Today is {{date}}.');
    },
  },
  presets: { query: 'presets', act: (page) => openPresets(page) },
  'presets-edit': {
    query: 'presets',
    sizes: ['full', 'small'],
    act: async (page) => {
      await openPresets(page);
      await page.getByTestId('preset-edit').last().click();
    },
  },
  'preset-asks': {
    query: 'presets',
    sizes: ['full', 'narrow'],
    act: async (page) => {
      await page.getByTestId('preset-picker').click();
      await page.getByTestId('preset-choice').last().click();
      await page.getByTestId('preset-variable').first().fill('Frisian');
      await page.getByTestId('composer-input').fill('Good morning, what would you like?');
    },
  },
  'too-long': {
    query: 'too-long',
    sizes: ['full', 'narrow'],
    act: async (page) => {
      await page.getByTestId('composer-input').fill('And in a hotel abroad?');
      await page.getByTestId('send').click();
      await page.getByTestId('context-0').waitFor();
    },
  },
  'too-long-german': {
    query: 'too-long&language=de',
    act: async (page) => {
      await page.getByTestId('composer-input').fill('Und im Hotel?');
      await page.getByTestId('send').click();
      await page.getByTestId('context-1').click();
    },
  },
  'left-out': {
    query: 'too-long',
    act: async (page) => {
      await page.getByTestId('composer-input').fill('And in a hotel abroad?');
      await page.getByTestId('send').click();
      await page.getByTestId('context-send').click();
      await page.getByTestId('context-notice').waitFor();
    },
  },
  'settings-beginnings': {
    query: 'presets',
    act: async (page) => {
      await page.keyboard.press('Control+,');
      await page.getByTestId('titles-by-model').scrollIntoViewIfNeeded();
    },
  },
  'settings-exchange': {
    query: 'chat',
    act: async (page) => {
      await page.keyboard.press('Control+,');
      await page.getByTestId('import').scrollIntoViewIfNeeded();
    },
  },
  figures: { query: 'figures', sizes: ['full', 'narrow'] },
  'figures-shown': {
    query: 'figures',
    sizes: ['full', 'narrow'],
    act: async (page) => {
      for (const button of await page.locator('.remote-image-show').all()) await button.click();
    },
  },
  diagrams: { query: 'diagrams' },
  'diagrams-drawn': {
    query: 'diagrams',
    sizes: ['full', 'narrow'],
    act: async (page) => {
      for (const button of await page.locator('.code-draw').all()) await button.click();
      await page.locator('.diagram.refused').waitFor();
    },
  },
  link: { query: 'chat', act: (page) => page.locator('.prose a').first().click() },
  settings: { query: 'chat', act: (page) => page.keyboard.press('Control+,') },
  shortcuts: {
    query: 'chat',
    act: (page) => page.keyboard.press('?'),
  },
  'key-terms': { query: 'welcome', act: (page) => page.getByTestId('sign-in-openrouter').click() },
  register: { query: 'setup', act: (page) => page.getByTestId('register-open').click() },
  steps: { query: 'waiting', act: (page) => page.getByTestId('waiting-steps').click() },
  doctor: {
    query: 'chat',
    act: async (page) => {
      await page.keyboard.press('Control+,');
      await page.getByTestId('open-doctor').click();
      await page.getByTestId('doctor-findings').waitFor();
    },
  },
  erase: {
    query: 'chat',
    act: async (page) => {
      await page.keyboard.press('Control+,');
      await page.getByTestId('open-erase').click();
      await page.getByTestId('leave-stays').waitFor();
    },
  },
  limits: {
    query: 'chat',
    act: async (page) => {
      await page.keyboard.press('Control+,');
      await page.getByTestId('open-limits').click();
    },
  },
  sidebar: { query: 'chat', sizes: ['narrow'], act: (page) => page.getByTestId('sidebar-toggle').click() },
  garden: { query: 'chat', act: (page) => page.getByTestId('conversation-row').nth(1).click() },
};

/** In the page: until what was asked for is painted, and the longest that the page stood still meanwhile. */
async function timeModelPicker() {
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: 'longtask' });
  /** @returns {Promise<number>} */
  const painted = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))));
  const before = performance.now();
  /** @type {HTMLElement | null} */ (document.querySelector('[data-testid=model-picker]'))?.click();
  const open = (await painted()) - before;
  const search = /** @type {HTMLInputElement} */ (document.querySelector('[data-testid=model-search]'));
  const steps = [];
  for (const query of ['g', 'gp', 'gpt', 'gpt-', '', 'maker-7']) {
    const from = performance.now();
    search.value = query;
    search.dispatchEvent(new Event('input', { bubbles: true }));
    steps.push((await painted()) - from);
  }
  await new Promise((done) => setTimeout(done, 200));
  return { open: Math.round(open), filter: Math.round(Math.max(...steps)), longest: Math.round(longest) };
}

/** @param {Page} page */
async function openPresets(page) {
  await page.getByTestId('preset-picker').click();
  await page.getByTestId('presets-manage').click();
}

const args = process.argv.slice(2);
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : null;
const out = args[0] && !args[0].startsWith('--') ? args[0] : join(tmpdir(), 'tuppence-shots');
const dist = join(tmpdir(), 'tuppence-showcase');

await build({ mode: 'showcase', logLevel: 'warn', build: { outDir: dist, emptyOutDir: true } });
const html = await readFile(join(dist, 'index.html'), 'utf8');
const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => script);
const server = await preview({
  build: { outDir: dist },
  preview: { port: 4174, headers: { 'Content-Security-Policy': contentSecurityPolicy(scripts) } },
  logLevel: 'warn',
});
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
await mkdir(out, { recursive: true });
let faults = 0;

const jobs = Object.entries(shots)
  .filter(([name]) => !only || only.includes(name))
  .flatMap(([name, shot]) =>
    (shot.sizes ?? ['full']).flatMap((size) =>
      /** @type {const} */ (['light', 'dark']).map((theme) => ({ name, shot, size, theme })),
    ),
  );

/** @param {(typeof jobs)[number]} job */
async function take({ name, shot: { query, act }, size, theme }) {
  const [width = 0, height = 0] = sizes[size];
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  /** @param {string} fault */
  const complain = (fault) => {
    faults += 1;
    console.error(`${name} ${size} ${theme}: ${fault}`);
  };
  page.on('console', (message) => message.type() === 'error' && complain(message.text()));
  page.on('pageerror', (error) => complain(error.message));
  await page.goto(`http://127.0.0.1:4174/?scenario=${query}`);
  await page.waitForTimeout(400);
  try {
    await act?.(page);
  } catch (error) {
    complain(String(error));
  }
  await page.waitForTimeout(300);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (wide) complain('wider than the window');
  await page.screenshot({ path: join(out, `${name}-${size}-${theme}.png`) });
  await page.close();
}

/** A few at a time. */
async function work() {
  for (let job = jobs.shift(); job; job = jobs.shift()) await take(job);
}
await Promise.all(only ? [work()] : [work(), work(), work(), work()]);

await browser.close();
await server.close();
console.log(`${out}: ${faults === 0 ? 'no faults' : `${faults} faults`}`);
process.exit(faults === 0 ? 0 : 1);
