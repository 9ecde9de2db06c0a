import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tauriBackend } from './tauri';

interface Sent {
  command: string;
  args: Record<string, unknown>;
}

let sent: Sent[];

/** What the native side puts into the window, as far as it is used here. */
beforeEach(() => {
  sent = [];
  let callbacks = 0;
  vi.stubGlobal('__TAURI_INTERNALS__', {
    transformCallback: () => ++callbacks,
    unregisterCallback: () => undefined,
    invoke: (command: string, args: Record<string, unknown>) => {
      sent.push({ command, args });
      return Promise.resolve(null);
    },
  });
});
afterEach(() => void vi.unstubAllGlobals());

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

describe('every method', () => {
  const methods = Object.keys(tauriBackend).filter(
    (name) => !name.startsWith('on') && name !== 'appAtStart',
  ) as (keyof typeof tauriBackend)[];

  it.each(methods)('%s is the command of the same name', async (name) => {
    const method = tauriBackend[name] as (...args: unknown[]) => Promise<unknown>;
    await method('a', 'b');
    expect(sent[0]?.command).toBe(snake(name));
  });
});

describe('what came with the page', () => {
  afterEach(() => {
    document.head.replaceChildren();
  });

  it('is read where the host wrote it', () => {
    expect(tauriBackend.appAtStart()).toBeNull();
    const data = document.createElement('script');
    data.type = 'application/json';
    data.id = 'app-view';
    data.textContent = '{"version":"1"}';
    document.head.append(data);
    expect(tauriBackend.appAtStart()).toEqual({ version: '1' });
    expect(tauriBackend.appAtStart()).toBeNull();
    expect(sent).toEqual([]);
  });
});

describe('arguments', () => {
  it('carry the names of the contract', async () => {
    await tauriBackend.signOut('a', true);
    await tauriBackend.conversationRename('c', 't');
    await tauriBackend.draftSave(null, 'text');
    expect(sent.map(({ args }) => args)).toEqual([
      { accountId: 'a', endBrowserSession: true },
      { conversationId: 'c', title: 't' },
      { conversationId: null, text: 'text' },
    ]);
  });

  it('of a turn are one object and one channel', async () => {
    const params = {
      conversationId: null,
      text: 't',
      attachments: [],
      preset: null,
      modelId: 'm',
      accountId: 'a',
    };
    await tauriBackend.turnSend(params, () => undefined);
    expect(Object.keys(sent[0]?.args ?? {})).toEqual(['params', 'channel']);
    expect(JSON.stringify(sent[0]?.args['channel'])).toContain('__CHANNEL__');
  });
});
