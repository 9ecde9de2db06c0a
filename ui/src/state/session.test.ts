import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ipcError } from '../backend/fake/world';
import { stage } from './testing/stage';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('signing in', () => {
  it('waits for the browser, then names the newcomer before the first use', async () => {
    const { app } = await stage('welcome');
    await app.session.signIn('sandbox');
    expect(app.session.pending?.providerName).toBe('Play money');
    await vi.advanceTimersByTimeAsync(2000);
    expect(app.session.pending).toBeNull();
    expect(app.session.active?.playMoney).toBe(true);
    expect(app.session.newcomer?.id).toBe('sandbox-1');
  });

  it('leads to set-up first where a provider is not ready', async () => {
    const { app, backend } = await stage('welcome');
    await app.session.signIn('chutes');
    expect(app.session.screen).toMatchObject({ type: 'setup', providerId: 'chutes' });
    expect(backend.calls).not.toContain('signInStart');
  });

  it('starts at once after the set-up, whatever the list said before', async () => {
    const { app } = await stage('welcome');
    await app.session.signInAfterSetup('chutes');
    expect(app.session.pending?.providerId).toBe('chutes');
  });

  it('cancelled is no error', async () => {
    const { app } = await stage('welcome');
    await app.session.signIn('sandbox');
    await app.session.cancelSignIn();
    await vi.advanceTimersByTimeAsync(2000);
    expect(app.session.pending).toBeNull();
    expect(app.session.signInFailure).toBeNull();
    expect(app.session.accounts).toHaveLength(0);
  });

  it('a failure names its provider and can be tried without the keychain', async () => {
    const { app } = await stage('sign-in-failed');
    await app.session.signIn('quota');
    await vi.advanceTimersByTimeAsync(2000);
    expect(app.session.signInFailure).toMatchObject({
      providerId: 'quota',
      error: { code: 'keychainUnavailable' },
    });
    await app.session.signIn('quota', 'sessionOnly');
    await vi.advanceTimersByTimeAsync(2000);
    expect(app.session.active?.session).toEqual({ type: 'signedIn', persistence: 'sessionOnly' });
  });

  it('an attempt that ends before its start returns is not shown as waiting', async () => {
    const { app, backend } = await stage('welcome');
    const start = backend.signInStart.bind(backend);
    vi.spyOn(backend, 'signInStart').mockImplementation(async (params) => {
      const pending = await start(params);
      await backend.signInCancel(pending.id);
      return pending;
    });
    await app.session.signIn('sandbox');
    expect(app.session.pending).toBeNull();
  });

  it('an answer that a broadcast has overtaken does not set the attempt back', async () => {
    const { app, backend } = await stage('welcome');
    const start = backend.signInStart.bind(backend);
    vi.spyOn(backend, 'signInStart').mockImplementation(async (params) => ({
      ...(await start(params)),
      stage: 'preparing',
    }));
    await app.session.signIn('sandbox');
    expect(app.session.pending?.stage).toBe('waitingForBrowser');
  });

  it('a refused start is a failure on the first screen', async () => {
    const { app, backend } = await stage('welcome');
    vi.spyOn(backend, 'signInStart').mockRejectedValue(ipcError('redirectPortUnavailable'));
    await app.session.signIn('quota');
    expect(app.session.signInFailure?.error.code).toBe('redirectPortUnavailable');
    expect(app.session.starting).toBeNull();
  });
});

describe('accounts', () => {
  it('signing out leaves the other account active', async () => {
    const { app } = await stage('chat');
    await app.session.signOut('quota-1', false);
    expect(app.session.active?.id).toBe('chutes-1');
    await app.session.signOut('chutes-1', true);
    expect(app.session.active).toBeNull();
  });

  it('what came with the page is shown before the host is asked, and its answer afterwards', async () => {
    const { app, backend } = await stage('chat');
    const whole = await backend.appGet();
    const early = { ...whole, accounts: whole.accounts.slice(0, 1) };
    vi.spyOn(backend, 'appAtStart').mockReturnValue(early);
    const asked = vi.spyOn(backend, 'appGet');
    const started = app.start();
    expect(app.session.accounts).toHaveLength(1);
    expect(asked).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    await started;
    expect(app.session.accounts).toEqual(whole.accounts);
  });

  it('a host that cannot answer is a fault that can be tried again', async () => {
    const { app, backend } = await stage('welcome');
    vi.spyOn(backend, 'appGet').mockRejectedValueOnce(ipcError('storageUnavailable'));
    await app.session.load();
    expect(app.session.startFault?.code).toBe('storageUnavailable');
    await app.session.load();
    expect(app.session.startFault).toBeNull();
  });
});

describe('settings', () => {
  it('change on screen before the host has answered, and reach it', async () => {
    const { app, backend } = await stage('chat');
    const kept = app.settings.change({ theme: 'dark' });
    expect(app.settings.value.theme).toBe('dark');
    await kept;
    expect(backend.calls).toContain('settingsSet');
  });
});
