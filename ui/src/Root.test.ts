import { cleanup, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from './backend/fake';
import { buildScenario, scenarioNames } from './backend/fake/scenarios';
import { ipcError } from './backend/fake/world';
import type { ErrorCode } from './ipc/generated/contract';
import Root from './Root.svelte';
import './later/parts';
import { App } from './state/app.svelte';
import { errorActions } from './text/errors';
import { DomAnswerSurface } from './transcript/answerSurface';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(
  scenario: string,
  more: Record<string, string> = {},
): Promise<{ app: App; backend: FakeBackend }> {
  const staged = buildScenario(new URLSearchParams({ scenario, ...more }));
  const backend = new FakeBackend(staged);
  const app = new App(backend, () => new DomAnswerSurface());
  render(Root, { app });
  await app.start();
  if (staged.setup) app.session.openSetup(staged.setup);
  if (staged.open) await app.chat.open(staged.open);
  await settle();
  return { app, backend };
}

async function settle(ms = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await tick();
}

const byId = (id: string): HTMLElement => screen.getByTestId(id);

async function click(id: string): Promise<void> {
  byId(id).click();
  await settle();
}

async function type(id: string, text: string): Promise<void> {
  const field = byId(id) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

async function press(target: HTMLElement, key: string, over: KeyboardEventInit = {}): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over }));
  await settle();
}

describe('from nothing to an answer', () => {
  it('one click on play money, the browser, and a message', async () => {
    await open('welcome');
    await click('try-play-money');
    expect(byId('waiting')).toBeTruthy();
    await settle(2000);
    expect(byId('newcomer').textContent).toContain('Sandbox user');
    expect(byId('balance').textContent).toContain('play');
    expect(byId('balance').textContent).not.toContain('$');
    await type('composer-input', 'Hello');
    await press(byId('composer-input'), 'Enter');
    expect(byId('message-user').textContent).toContain('Hello');
    expect(byId('message-assistant').dataset['status']).toBe('streaming');
    expect(screen.queryByTestId('newcomer')).toBeNull();
    await settle(9000);
    expect(byId('message-assistant').dataset['status']).toBe('complete');
    expect(byId('message-assistant').querySelector('blockquote')).toBeTruthy();
    expect(byId('message-cost').textContent).toContain('play');
    expect(byId('spoken').textContent).toMatch(/^Answer finished, cost .* play, reported$/);
    const told = [...byId('spoken-blocks').children].map((block) => block.textContent);
    expect(told[0]).toBe('A loaf without kneading');
    expect(told.at(-1)).toContain('of the flour, a hydration of 78%.');
  });

  it('Escape stops the answer, and what had come stays', async () => {
    await open('chat');
    await type('composer-input', 'Hello');
    await press(byId('composer-input'), 'Enter');
    await settle(500);
    await press(byId('composer-input'), 'Escape');
    const last = screen.getAllByTestId('message-assistant').at(-1);
    expect(last?.dataset['status']).toBe('stopped');
    expect(last?.querySelector('.block')?.textContent).toBeTruthy();
    expect(byId('send')).toBeTruthy();
  });

  it('Up in an empty composer changes the last message in its place, and sends it instead', async () => {
    const { app, backend } = await open('chat');
    await press(byId('composer-input'), 'ArrowUp');
    expect((byId('edit-input') as HTMLTextAreaElement).value).toContain('clock change');
    await press(byId('edit-input'), 'Escape');
    expect(screen.queryByTestId('edit-input')).toBeNull();
    await click('edit-message');
    await type('edit-input', 'Other words');
    await press(byId('edit-input'), 'Enter');
    await settle(60_000);
    expect(backend.calls).toContain('turn Other words');
    expect(byId('branch-place').textContent).toBe('2/2');
    byId('message-user').focus();
    await press(byId('message-user'), 'ArrowLeft');
    await settle();
    expect(byId('branch-place').textContent).toBe('1/2');
    expect(app.chat.messages[0]?.text).toContain('clock change');
  });
});

describe('what is secret', () => {
  it('a client secret is gone from the window before the host has answered', async () => {
    const { backend } = await open('setup');
    const save = vi.spyOn(backend, 'providerSetupSave').mockReturnValue(new Promise(() => undefined));
    await type('setup-client-id', 'cid_1');
    await type('setup-secret', 'csc_very_secret');
    await click('setup-save');
    expect(save.mock.calls[0]?.[0]).toMatchObject({ clientId: 'cid_1', clientSecret: 'csc_very_secret' });
    expect((byId('setup-secret') as HTMLInputElement).value).toBe('');
    expect(document.body.innerHTML).not.toContain('csc_very_secret');
  });

  it('an empty secret leaves the one in the keychain alone', async () => {
    const { backend } = await open('setup-other');
    const save = vi.spyOn(backend, 'providerSetupSave');
    await type('setup-name', 'My Host');
    await type('setup-issuer', 'https://login.example.org');
    await type('setup-api-base', 'https://api.example.org/v1');
    await type('setup-client-id', 'cid_1');
    await click('setup-save');
    expect(save.mock.calls[0]?.[0]).toMatchObject({
      providerId: 'other',
      providerName: 'My Host',
      clientSecret: null,
    });
  });

  it('a value that cannot be used is said so on the form itself', async () => {
    const { backend } = await open('setup');
    vi.spyOn(backend, 'providerSetupSave').mockRejectedValue(ipcError('setupIncomplete'));
    await type('setup-client-id', 'cid_1');
    await type('setup-secret', 'csc_1');
    await click('setup-save');
    expect(byId('error-card').textContent).toContain('One of these values cannot be used');
    expect((byId('setup-client-id') as HTMLInputElement).value).toBe('cid_1');
  });

  it('another provider is signed in to under the id that the host gave it', async () => {
    const { app } = await open('setup-other');
    await type('setup-name', 'My Host');
    expect(byId('setup').textContent).toContain('http://127.0.0.1/redirect/my-host');
    await type('setup-issuer', 'https://login.example.org');
    await type('setup-api-base', 'https://api.example.org/v1');
    await type('setup-client-id', 'cid_1');
    await click('setup-save');
    await settle();
    expect(app.session.pending?.providerId).toBe('my-host');
  });

  it('a pasted address is gone at once, also when it is refused', async () => {
    await open('waiting');
    await click('waiting-paste');
    const field = byId('waiting-paste-input') as HTMLInputElement;
    field.value = 'http://elsewhere/?code=one-time-code';
    field.form?.requestSubmit();
    await settle();
    expect(field.value).toBe('');
    expect(screen.getByRole('alert').textContent).toContain('does not belong to this sign-in');
    expect(document.body.innerHTML).not.toContain('one-time-code');
  });
});

describe('errors', () => {
  it.each(Object.keys(errorActions) as ErrorCode[])(
    '%s has a next step where an answer failed',
    async (code) => {
      await open('errors', { code });
      const card = byId('error-card');
      expect(card.dataset['code']).toBe(code);
      expect(within(card).getAllByTestId(/^error-action-/).length).toBeGreaterThan(0);
    },
  );

  it.each([
    'accessDenied',
    'signInTimedOut',
    'browserUnavailable',
    'redirectPortUnavailable',
    'launchAddressReused',
    'redirectInvalid',
    'otherAccount',
    'deviceSignInUnsupported',
    'deviceCodeExpired',
    'clockSkewed',
    'providerUntrusted',
    'registrationRejected',
    'setupIncomplete',
    'networkOffline',
    'providerUnavailable',
    'rateLimited',
    'keychainLocked',
    'insufficientScope',
    'storageUnavailable',
    'internal',
  ] satisfies ErrorCode[])('%s has a next step where a sign-in failed', async (code) => {
    await open('sign-in-failed', { code });
    await click('sign-in-quota');
    await settle(2000);
    const card = byId('error-card');
    expect(card.dataset['code']).toBe(code);
    expect(within(card).getAllByTestId(/^error-action-/).length).toBeGreaterThan(0);
  });

  it('a time to wait is counted down on the button', async () => {
    await open('errors', { code: 'rateLimited' });
    const button = byId('error-action-retry') as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    expect(button.textContent).toMatch(/Try again in \d+ s/);
    await settle(60_000);
    expect((byId('error-action-retry') as HTMLButtonElement).disabled).toBe(false);
  });

  it('money that arrives lets the same message go on by itself', async () => {
    await open('wallet-empty');
    await click('error-action-top-up');
    expect(byId('watching').textContent).toContain('goes on by itself');
    await settle(7000);
    expect(screen.queryByTestId('error-card')).toBeNull();
    expect(byId('message-assistant').dataset['status']).toBe('streaming');
  });

  it('another account pays in a conversation that has begun only after a question', async () => {
    const { app } = await open('wallet-empty');
    const before = app.payment.payer(app.chat.conversation)?.id;
    const other = app.session.accounts.find(({ id }) => id !== before);
    app.choosePayer(other?.id ?? '');
    await settle();
    expect(byId('payer-question').textContent).toContain(other?.providerName);
    expect(app.payment.payer(app.chat.conversation)?.id).toBe(before);
    await click('payer-change');
    expect(app.payment.payer(app.chat.conversation)?.id).toBe(other?.id);
    expect(screen.queryByTestId('payer-question')).toBeNull();
  });

  it('a top-up is only a top-up once the person says so', async () => {
    const { app } = await open('wallet-empty');
    await click('error-action-top-up');
    await click('stay');
    await settle(7000);
    expect(app.chat.streaming).toBeNull();
    expect(byId('risen').textContent).toContain('$5.00');
    const [first] = within(byId('error-card')).getAllByTestId(/^error-action-/);
    expect(first?.dataset['testid']).toBe('error-action-retry');
  });

  it('a sign-in without a keychain offers to last until the app quits', async () => {
    const { app } = await open('sign-in-failed');
    await click('sign-in-quota');
    await settle(2000);
    await click('error-action-session-only');
    await settle(2000);
    expect(app.session.active?.session).toEqual({ type: 'signedIn', persistence: 'sessionOnly' });
    expect(byId('banner').textContent).toContain('until you quit');
  });
});

describe('manners', () => {
  it.each(scenarioNames.filter((name) => name !== 'long'))('every control of %s has a name', async (name) => {
    await open(name);
    for (const control of document.body.querySelectorAll<HTMLElement>(
      'button, input:not([disabled], [hidden]), textarea',
    )) {
      const labelled = control.getAttribute('aria-label') ?? control.textContent?.trim();
      const labels = 'labels' in control ? (control.labels as NodeListOf<HTMLLabelElement> | null) : null;
      expect(labelled || labels?.[0]?.textContent?.trim(), control.outerHTML).toBeTruthy();
    }
  });

  it('/ opens the models, Escape closes them and gives the focus back', async () => {
    await open('chat');
    await press(document.body, '/');
    expect(document.activeElement).toBe(byId('model-search'));
    await press(byId('model-search'), 'Escape');
    expect(screen.queryByTestId('model-search')).toBeNull();
    expect(document.activeElement).toBe(byId('model-picker'));
  });

  it('choosing a model in the picker takes Enter for the first one found', async () => {
    await open('chat');
    await press(document.body, '/');
    await type('model-search', 'mini');
    await press(byId('model-search'), 'Enter');
    expect(byId('model-picker').textContent).toContain('gpt-mini');
    expect(document.activeElement).toBe(byId('composer-input'));
  });

  it('a new conversation from the list of commands leaves the old one whole', async () => {
    const { app } = await open('chat');
    const id = app.chat.id ?? '';
    const answer = (): string | undefined => screen.queryAllByTestId('message-assistant')[0]?.textContent;
    const before = answer();
    app.asked = 'new';
    await settle();
    expect(answer()).toBeUndefined();
    await app.chat.open(id);
    await settle();
    expect(answer()).toBe(before);
  });

  it('the title can be changed in place, and Escape leaves it', async () => {
    const { backend } = await open('chat');
    byId('title').querySelector('button')?.click();
    await settle();
    await type('title-input', 'Clocks');
    await press(byId('title-input'), 'Enter');
    expect(backend.calls).toContain('conversationRename c-dates Clocks');
    byId('title').querySelector('button')?.click();
    await settle();
    await type('title-input', 'Other');
    await press(byId('title-input'), 'Escape');
    expect(byId('title').textContent?.trim()).toBe('Clocks');
  });

  it('models that cannot be listed are asked for once, and again by a click', async () => {
    const { app, backend } = await open('empty');
    await app.session.signOut('sandbox-1', false);
    await settle();
    const list = vi.spyOn(backend, 'modelsList').mockRejectedValue(ipcError('networkOffline'));
    await app.session.signIn('quota');
    await settle(5000);
    expect(list).toHaveBeenCalledTimes(1);
    expect(byId('model-picker').textContent).toContain('No models listed');
    list.mockRestore();
    await click('model-picker');
    screen.getByText('Try again').click();
    await settle();
    expect(byId('model-search')).toBeTruthy();
  });

  it('of five hundred messages the last are drawn, and each says which it is of how many', async () => {
    await open('long');
    await settle(1000);
    const drawn = screen.getAllByTestId(/^message-(user|assistant)$/);
    expect(drawn.length).toBeGreaterThan(2);
    expect(drawn.length).toBeLessThan(60);
    expect(drawn.at(-1)?.getAttribute('aria-posinset')).toBe('500');
    expect(drawn.at(-1)?.getAttribute('aria-setsize')).toBe('500');
  });
});
