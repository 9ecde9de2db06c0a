import { cleanup, render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { buildScenario, scenarioNames } from '../backend/fake/scenarios';
import { ipcError } from '../backend/fake/world';
import Root from '../Root.svelte';
import '../later/parts';
import { App, type Overlay } from '../state/app.svelte';
import { DomAnswerSurface } from '../transcript/answerSurface';
import { en } from './en';
import { locale } from './locale.svelte';
import { pseudoLocale } from './pseudo';

/** Attributes that a person sees or hears. */
const SEEN = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'];

/** Shown the same in every language: names, protocols, what a keyboard has printed on it. */
const SAME_EVERYWHERE = new Set(['Tuppence', 'Ctrl', 'Esc', 'Enter', 'Shift', 'Alt', 'Deutsch', 'English']);

/** What stands for a person without a picture. */
const INITIALS = /^[A-Z]{2}$/;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  locale.use(en, 'en');
  vi.useRealTimers();
});

async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

interface Opened {
  app: App;
  /** Every word that the host may have told. */
  data: Set<string>;
}

async function open(name: string): Promise<Opened> {
  const scenario = buildScenario(new URLSearchParams({ scenario: name }));
  vi.spyOn(locale, 'speak').mockResolvedValue();
  locale.use(pseudoLocale(en), 'en');
  const backend = new FakeBackend(scenario);
  const app = new App(backend, () => new DomAnswerSurface());
  render(Root, { app });
  await app.start();
  if (scenario.setup) app.session.openSetup(scenario.setup);
  if (scenario.open) await app.chat.open(scenario.open);
  if (scenario.signInFault) await app.session.signIn('quota');
  if (scenario.send) await app.chat.sendText(scenario.send);
  await settle(2000);
  const setup = scenario.setup ? await backend.providerSetupGet(scenario.setup) : null;
  return { app, data: wordsOf([scenario, setup, ipcError('internal')]) };
}

/** Every word of a value, however deep: that is data, and may be in any language. */
function wordsOf(value: unknown, into = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    const parts = value.replace(/<[^>]*>|&\w+;/g, ' ').match(/[A-Za-z]{2,}/g) ?? [];
    for (const word of parts) into.add(word);
  } else if (value instanceof Map) {
    for (const one of value.values()) wordsOf(one, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) wordsOf(one, into);
  }
  return into;
}

/** What is shown in plain letters, and comes neither from a locale file nor from the host. */
function hardCoded(data: Set<string>): string[] {
  const found: string[] = [];
  const look = (text: string): void => {
    const words = text.match(/[A-Za-z]{2,}/g) ?? [];
    const strange = words.filter(
      (word) => !data.has(word) && !SAME_EVERYWHERE.has(word) && !INITIALS.test(word),
    );
    if (strange.length > 0) found.push(`${strange.join(' ')} in "${text.trim()}"`);
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest('style, script, [translate=no]')) continue;
    for (const name of SEEN) look(element.getAttribute(name) ?? '');
    for (const child of element.childNodes) if (child instanceof Text) look(child.data);
  }
  return found;
}

describe('no words stand in a component', () => {
  it.each(scenarioNames.filter((name) => name !== 'long'))('of the screen "%s"', async (name) => {
    const { data } = await open(name);
    expect(hardCoded(data)).toEqual([]);
  });

  it.each(['settings', 'search', 'shortcuts', 'palette', 'shelves', 'folder'] satisfies Overlay[])(
    'of the dialog "%s"',
    async (overlay) => {
      const { app, data } = await open('chat');
      app.overlay = overlay;
      await settle();
      expect(document.querySelector('dialog, [role="dialog"]')).toBeTruthy();
      expect(hardCoded(data)).toEqual([]);
    },
  );

  it('of any menu', async () => {
    const { data } = await open('chat');
    for (const opener of document.querySelectorAll<HTMLElement>('[aria-haspopup]')) {
      opener.click();
      await settle();
      expect(hardCoded(data)).toEqual([]);
      document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
      await settle();
    }
  });

  it('but is found where it does', () => {
    const stray = document.body.appendChild(document.createElement('button'));
    stray.title = 'Forgotten words';
    expect(hardCoded(new Set(['words']))).toEqual(['Forgotten in "Forgotten words"']);
    stray.remove();
  });
});
