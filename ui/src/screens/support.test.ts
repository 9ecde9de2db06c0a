import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import Root from '../Root.svelte';
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
