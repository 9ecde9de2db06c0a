import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import Root from '../Root.svelte';
import '../later/parts';
import { App } from '../state/app.svelte';
import { DomAnswerSurface } from '../transcript/answerSurface';

afterEach(() => {
  cleanup();
});

async function open(scenario: string): Promise<{ app: App; backend: FakeBackend }> {
  const backend = new FakeBackend(buildScenario(new URLSearchParams({ scenario })));
  const app = new App(backend, () => new DomAnswerSurface());
  render(Root, { app });
  await app.start();
  await tick();
  return { app, backend };
}

const field = (id: string): HTMLInputElement => screen.getByTestId(id);

describe('an app that registers itself', () => {
  it('takes the developer key once, forgets it, and goes on to the browser', async () => {
    const { app, backend } = await open('welcome');
    app.session.openSetup('chutes');
    await vi.waitFor(() => screen.getByTestId('register-open'));
    await fireEvent.input(field('register-key'), { target: { value: 'cpk_right' } });
    await fireEvent.click(screen.getByTestId('register-app'));
    expect(screen.queryByDisplayValue('cpk_right')).toBeNull();
    await vi.waitFor(() => screen.getByTestId('waiting'));
    expect(backend.calls).toContain('providerRegisterApp');
  });

  it('points at the key that the provider refuses', async () => {
    const { app } = await open('welcome');
    app.session.openSetup('chutes');
    await vi.waitFor(() => screen.getByTestId('register-open'));
    await fireEvent.input(field('register-key'), { target: { value: 'cpk_wrong' } });
    await fireEvent.click(screen.getByTestId('register-app'));
    await vi.waitFor(() => {
      expect(field('register-key').getAttribute('aria-invalid')).toBe('true');
    });
    expect(screen.getByTestId('error-card').dataset['code']).toBe('registrationRejected');
  });
});

describe('a provider of the person', () => {
  async function fillIn(issuer: string): Promise<void> {
    const typed = {
      'setup-name': 'House',
      'setup-issuer': issuer,
      'setup-api-base': 'https://api.example.org/v1',
      'setup-client-id': 'cid_1',
    };
    for (const [id, value] of Object.entries(typed)) {
      await fireEvent.input(await vi.waitFor(() => field(id)), { target: { value } });
    }
  }

  it('that publishes something else is shown so, and signed in to only when the person says so', async () => {
    const { app, backend } = await open('welcome');
    app.session.openSetup('other');
    await fillIn('https://diverse.example');
    await fireEvent.click(screen.getByTestId('setup-save'));
    const list = await vi.waitFor(() => screen.getByTestId('check-differences'));
    expect(list.textContent).toContain('https://diverse.example/token here');
    expect(list.textContent).toContain('https://diverse.example/oauth2/token there');
    expect(backend.calls).not.toContain('signInStart');
    await fireEvent.click(screen.getByTestId('check-sign-in'));
    await vi.waitFor(() => screen.getByTestId('waiting'));
  });

  it('has the ports that were chosen, and no others', async () => {
    const { app, backend } = await open('welcome');
    const saved = vi.spyOn(backend, 'providerSetupSave');
    app.session.openSetup('other');
    await fillIn('https://login.example.org');
    await fireEvent.click(screen.getByTestId('ports-fixed').querySelector('input') as HTMLElement);
    expect(field('setup-ports').value).toBe('17493, 21907, 24611, 28561, 31847');
    await fireEvent.input(field('setup-ports'), { target: { value: '80' } });
    expect(field('setup-ports').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByTestId<HTMLButtonElement>('setup-save').disabled).toBe(true);
    await fireEvent.input(field('setup-ports'), { target: { value: '8080' } });
    expect(document.body.textContent).toContain('http://127.0.0.1:8080/redirect/house');
    await fireEvent.click(screen.getByTestId('setup-save'));
    await vi.waitFor(() => screen.getByTestId('waiting'));
    expect(saved.mock.calls[0]?.[0].redirectPorts).toEqual([8080]);
  });
});

describe('a signed-out account', () => {
  it('is offered again, and can be removed with word of what stays', async () => {
    const { backend } = await open('signed-out');
    const rows = await vi.waitFor(() => {
      const found = screen.getAllByTestId('signed-out-account');
      expect(found).toHaveLength(2);
      return found;
    });
    expect(rows[1]?.textContent).not.toContain('Sign in again');
    await fireEvent.click(screen.getAllByTestId('signed-out-remove')[1] as HTMLElement);
    await vi.waitFor(() => screen.getByTestId('leave-stays'));
    expect(screen.getByTestId('leave').closest('dialog')?.textContent).toContain('ada@house');
    await fireEvent.click(screen.getByTestId('leave-confirm'));
    await vi.waitFor(() => {
      expect(screen.getAllByTestId('signed-out-account')).toHaveLength(1);
    });
    expect(backend.calls).toContain('accountRemove house-1');
    await fireEvent.click(screen.getByTestId('signed-out-sign-in'));
    await vi.waitFor(() => screen.getByTestId('waiting'));
  });

  it('is in the menu of the one that stays', async () => {
    const { app } = await open('chat');
    await app.session.signOut('chutes-1', false);
    await fireEvent.click(screen.getByTestId('account-menu'));
    const choice = await vi.waitFor(() => screen.getByTestId('signed-out-choice'));
    expect(choice.textContent).toContain('Sign in again as ada at Chutes');
  });
});

describe('a sign-in on another device', () => {
  it('is offered where the provider has it, spells its code, and leads back to the browser', async () => {
    const { app, backend } = await open('welcome');
    await app.session.signIn('quota');
    await fireEvent.click(await vi.waitFor(() => screen.getByTestId('waiting-device')));
    await vi.waitFor(() => screen.getByTestId('device-sign-in'));
    expect(screen.getByTestId('device-code').textContent).toContain('W D J B - M J H T');
    await fireEvent.click(screen.getByTestId('device-copy'));
    expect(backend.calls).toContain('textCopy WDJB-MJHT');
    await fireEvent.click(screen.getByTestId('device-open'));
    expect(backend.calls).toContain('linkOpen https://login.example.org/device?user_code=WDJB-MJHT');
    await fireEvent.click(screen.getByTestId('device-back'));
    await vi.waitFor(() => screen.getByTestId('waiting'));
    expect(backend.calls).toContain('signInSwitch browser');
  });

  it('is not offered where the provider does not', async () => {
    await open('waiting');
    expect(screen.queryByTestId('waiting-device')).toBeNull();
  });

  it('that failed is tried again on the other device', async () => {
    const { app, backend } = await open('welcome');
    const start = vi.spyOn(backend, 'signInStart');
    await app.session.signIn('quota');
    await app.session.switchTo('device');
    await app.session.cancelSignIn();
    await app.session.tryAgain('quota');
    expect(start.mock.calls.at(-1)?.[0]).toMatchObject({ providerId: 'quota', way: 'device' });
  });
});

describe('a provider without discovery', () => {
  it('is set up by its endpoints', async () => {
    const { app, backend } = await open('welcome');
    const saved = vi.spyOn(backend, 'providerSetupSave');
    app.session.openSetup('other');
    await vi.waitFor(() => screen.getByTestId('setup-plain'));
    await fireEvent.click(screen.getByTestId('setup-plain'));
    const typed = {
      'setup-name': 'Mine',
      'setup-authorization-endpoint': 'https://login.example.org/authorize',
      'setup-token-endpoint': 'https://login.example.org/token',
      'setup-api-base': 'https://api.example.org/v1',
      'setup-client-id': 'client',
    };
    for (const [id, value] of Object.entries(typed)) await fireEvent.input(field(id), { target: { value } });
    await fireEvent.click(screen.getByTestId('setup-save'));
    await vi.waitFor(() => screen.getByTestId('waiting'));
    expect(saved.mock.calls[0]?.[0]).toMatchObject({
      issuer: null,
      endpoints: {
        authorization: 'https://login.example.org/authorize',
        token: 'https://login.example.org/token',
        userinfo: null,
      },
    });
  });
});

describe('the doctor', () => {
  it('says what is in the way, and its report names nobody', async () => {
    const { app, backend } = await open('chat');
    app.overlay = 'doctor';
    await vi.waitFor(() => screen.getByTestId('doctor-findings'));
    expect(screen.getByTestId('doctor-verdict').textContent).toContain('Something is in the way');
    await fireEvent.click(screen.getByTestId('doctor-copy'));
    const copied = backend.calls.find((call) => call.startsWith('textCopy')) ?? '';
    expect(copied).toContain('PROBLEM clock chutes');
    expect(copied).not.toContain(app.session.active?.displayName ?? 'nobody');
  });

  it('shows the steps of the last sign-in with their place in the standards', async () => {
    const { app } = await open('chat');
    app.overlay = 'doctor';
    await vi.waitFor(() => screen.getByTestId('flow-steps'));
    const steps = screen.getByTestId('flow-steps').textContent;
    expect(steps).toContain('RFC 8252 section 7');
    expect(steps).toContain('<redacted, 43 characters>');
  });
});

describe('leaving', () => {
  it('erases only after a second word, and says what stays', async () => {
    const { app, backend } = await open('chat');
    app.overlay = 'erase';
    await vi.waitFor(() => screen.getByTestId('leave-stays'));
    expect(screen.getByTestId('leave-stays').textContent).toContain('in your browser');
    expect(screen.getByTestId('leave-confirm')).toHaveProperty('disabled', true);
    await fireEvent.click(screen.getByTestId('leave-sure'));
    await fireEvent.click(screen.getByTestId('leave-confirm'));
    await vi.waitFor(() => {
      expect(backend.calls).toContain('deviceErase');
    });
  });

  it('takes one account off the device', async () => {
    const { app, backend } = await open('chat');
    const id = app.session.active?.id ?? '';
    app.removing = id;
    app.overlay = 'removeAccount';
    await vi.waitFor(() => screen.getByTestId('leave-stays'));
    await fireEvent.click(screen.getByTestId('leave-confirm'));
    await vi.waitFor(() => {
      expect(backend.calls).toContain(`accountRemove ${id}`);
    });
    expect(app.session.account(id)).toBeNull();
  });
});
