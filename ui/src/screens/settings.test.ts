import { cleanup, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import Root from '../Root.svelte';
import '../later/parts';
import { App } from '../state/app.svelte';
import { en } from '../text/en';
import { locale } from '../text/locale.svelte';
import { DomAnswerSurface } from '../transcript/answerSurface';

afterEach(() => {
  cleanup();
  locale.use(en, 'en');
});

let app: App;
let backend: FakeBackend;

beforeEach(async () => {
  const scenario = buildScenario(new URLSearchParams({ scenario: 'chat' }));
  backend = new FakeBackend(scenario);
  app = new App(backend, () => new DomAnswerSurface());
  render(Root, { app });
  await app.start();
  app.overlay = 'settings';
  await vi.waitFor(() => byId('settings'), BY_THEN);
});

/** Settings and the sentences of a language are loaded when they are wanted; milliseconds. */
const BY_THEN = 15_000;
const byId = (id: string): HTMLElement => screen.getByTestId(id);

function press(key: string, over: KeyboardEventInit = {}): void {
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over }),
  );
}

describe('settings', () => {
  it('the language changes everything that is shown, at once', async () => {
    const select = byId('language') as HTMLSelectElement;
    select.value = 'de';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() => {
      expect(byId('settings').textContent).toContain('Aussehen');
    }, BY_THEN);
    expect(byId('composer-input').getAttribute('placeholder')).toBe('Nachricht schreiben');
    expect(app.settings.value.language).toBe('de');
  });

  it('the keys of a browser zoom, step by step and back', async () => {
    press('+', { ctrlKey: true });
    press('+', { ctrlKey: true });
    await tick();
    expect(byId('zoom').textContent).toBe('125%');
    press('-', { ctrlKey: true });
    press('0', { ctrlKey: true });
    await tick();
    expect(app.settings.value.zoom).toBe(100);
    expect(backend.calls.filter((call) => call === 'settingsSet')).toHaveLength(4);
  });

  it('zoom ends at its bounds', async () => {
    for (let time = 0; time < 20; time += 1) await app.settings.zoom(1);
    expect(app.settings.value.zoom).toBe(300);
    for (let time = 0; time < 20; time += 1) await app.settings.zoom(-1);
    expect(app.settings.value.zoom).toBe(50);
  });

  it('messages grow without the rest', async () => {
    byId('text-size-larger').querySelector('input')?.click();
    await tick();
    expect(document.documentElement.dataset['textSize']).toBe('larger');
  });

  it('Enter begins a line where that was chosen, and the sheet says what sends', async () => {
    byId('send-key-commandEnter').querySelector('input')?.click();
    await tick();
    const field = byId('composer-input') as HTMLTextAreaElement;
    field.value = 'Hello';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
    field.dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(false);
    expect(backend.calls.some((call) => call.startsWith('turnSend'))).toBe(false);
    app.overlay = 'shortcuts';
    await tick();
    expect(byId('shortcuts').textContent).toContain('CtrlEnter');
  });

  it('spell checking is the field’s own', async () => {
    expect(byId('composer-input').getAttribute('spellcheck')).toBe('true');
    byId('check-spelling').click();
    await tick();
    expect(byId('composer-input').getAttribute('spellcheck')).toBe('false');
  });

  it('new conversations start with the model chosen here', async () => {
    await vi.waitFor(() => {
      expect(byId('default-model-quota').querySelectorAll('option').length).toBeGreaterThan(2);
    });
    const select = byId('default-model-quota') as HTMLSelectElement;
    select.value = 'llama-small';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await app.chat.startNew();
    expect(app.payment.modelId(null)).toBe('llama-small');
  });

  it('the data folder is named and can be opened', async () => {
    await vi.waitFor(() => {
      expect(byId('settings').textContent).toContain('.local/share/tuppence');
    });
    byId('data-folder-open').click();
    expect(backend.calls).toContain('dataFolderOpen');
  });
});
