import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { conversation, ipcError, models, usd } from '../backend/fake/world';
import { groupByDay } from './listGroups';
import { findModels } from './models.svelte';
import { stage } from './testing/stage';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the list of conversations', () => {
  it('is newest first and grouped by day', async () => {
    const { app } = await stage('chat');
    const groups = groupByDay(app.conversations.list, Date.now());
    expect(groups[0]?.conversations[0]?.id).toBe('c-dates');
    expect(groups.flatMap((group) => group.conversations)).toHaveLength(7);
    expect(new Set(groups.map((group) => group.heading)).size).toBe(groups.length);
  });

  it('a deleted one is gone at once, stays gone, and can be taken back', async () => {
    const { app } = await stage('chat');
    await app.chat.open('c-dates');
    await app.removeConversation('c-dates');
    expect(app.conversations.find('c-dates')).toBeNull();
    expect(app.chat.id).toBeNull();
    app.conversations.upsert(conversation('c-dates', 'a late event', 0, 0));
    expect(app.conversations.find('c-dates')).toBeNull();
    app.toasts.list[0]?.action?.run();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.conversations.find('c-dates')?.title).toBe('Dates and clock changes');
    expect(app.chat.id).toBe('c-dates');
  });

  it('a refused deletion or name brings back what was there', async () => {
    const { app, backend } = await stage('chat');
    vi.spyOn(backend, 'conversationDelete').mockRejectedValueOnce(ipcError('storageUnavailable'));
    await expect(app.conversations.remove('c-dates')).rejects.toBeDefined();
    expect(app.conversations.find('c-dates')).not.toBeNull();
    vi.spyOn(backend, 'conversationRename').mockRejectedValueOnce(ipcError('storageUnavailable'));
    await expect(app.conversations.rename('c-dates', 'New name')).rejects.toBeDefined();
    expect(app.conversations.find('c-dates')?.title).toBe('Dates and clock changes');
  });

  it('an empty or equal name changes nothing', async () => {
    const { app, backend } = await stage('chat');
    await app.conversations.rename('c-dates', '');
    await app.conversations.rename('c-dates', 'Dates and clock changes');
    expect(backend.calls.some((call) => call.startsWith('conversationRename'))).toBe(false);
  });
});

describe('models', () => {
  it('are found by all words, in any order and case', () => {
    expect(findModels(models(usd), 'SONNET cla').map(({ id }) => id)).toEqual(['claude-sonnet']);
    expect(findModels(models(usd), '')).toHaveLength(5);
  });

  it('are asked for once, and again after a failure', async () => {
    const { app, backend } = await stage('chat');
    const list = vi.spyOn(backend, 'modelsList');
    await app.models.want('quota-1');
    expect(list).not.toHaveBeenCalled();
    list.mockRejectedValueOnce(ipcError('networkOffline'));
    await app.models.want('chutes-1');
    expect(app.models.list('chutes-1')?.type).toBe('failed');
    await app.models.want('chutes-1');
    expect(app.models.list('chutes-1')?.type).toBe('loaded');
  });
});

describe('who pays, and for what', () => {
  it('a conversation keeps its payer when another account is active', async () => {
    const { app } = await stage('chat');
    await app.session.activate('chutes-1');
    expect(app.payment.payer(null)?.id).toBe('chutes-1');
    expect(app.payment.payer(app.conversations.find('c-dates'))?.id).toBe('quota-1');
  });

  it('the active account steps in for one that has signed out', async () => {
    const { app } = await stage('chat');
    await app.session.signOut('quota-1', false);
    expect(app.payment.payer(app.conversations.find('c-dates'))?.id).toBe('chutes-1');
  });

  it('a model chosen once is the default of its provider from then on', async () => {
    const { app } = await stage('chat');
    const dates = app.conversations.find('c-dates');
    expect(app.payment.modelId(dates)).toBe('claude-sonnet');
    await app.payment.chooseModel(dates, 'gpt-mini');
    expect(app.payment.modelId(dates)).toBe('gpt-mini');
    expect(app.payment.modelId(app.conversations.find('c-bread'))).toBe('claude-sonnet');
    expect(app.payment.modelId(null)).toBe('gpt-mini');
    expect(app.settings.value.defaultModels).toEqual({ quota: 'gpt-mini' });
  });

  it('a model that the payer does not have is not asked', async () => {
    const { app } = await stage('chat');
    const odd = conversation('c-odd', 'odd', 0, 0, { modelId: 'gone' });
    expect(app.payment.modelId(odd)).toBe('claude-sonnet');
  });
});

describe('a top-up', () => {
  it('is watched until the money is there, and is over with the next paid answer', async () => {
    const { app } = await stage('wallet-empty');
    await app.wallets.topUp('quota-1');
    expect(app.wallets.watching('quota-1', Date.now())).toBe(true);
    await vi.advanceTimersByTimeAsync(7000);
    expect(app.wallets.risen('quota-1')).toEqual(usd(5_000_000));
    expect(app.wallets.watching('quota-1', Date.now())).toBe(false);
    app.wallets.paid('quota-1');
    expect(app.wallets.risen('quota-1')).toBeNull();
  });

  it('is not waited for longer than somebody would', async () => {
    const { app } = await stage('wallet-empty');
    await app.wallets.topUp('quota-1');
    expect(app.wallets.watching('quota-1', Date.now() + 11 * 60_000)).toBe(false);
  });

  it('whose page does not open is not watched', async () => {
    const { app, backend } = await stage('wallet-empty');
    vi.spyOn(backend, 'topUpOpen').mockRejectedValueOnce(ipcError('browserUnavailable'));
    await expect(app.wallets.topUp('quota-1')).rejects.toBeDefined();
    expect(app.wallets.watching('quota-1', Date.now())).toBe(false);
  });
});
