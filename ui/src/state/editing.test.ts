import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DRAFT_DELAY } from './drafts.svelte';
import { stage } from './testing/stage';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const elsewhere = 'c-bread';

describe('words typed in the place of a message', () => {
  it('are kept as they are typed, and are there when the conversation is opened again', async () => {
    const { app, backend } = await stage('chat');
    await app.chat.open('c-dates');
    const id = app.chat.lastAsked()?.id ?? '';
    app.chat.editing.begin({ id, text: 'the old words' });
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY);
    expect(backend.calls.filter((call) => call.startsWith('editDraftSave'))).toEqual([]);
    app.chat.editing.type({ id, text: 'other wo' });
    app.chat.editing.type({ id, text: 'other words' });
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY);
    expect(backend.calls.filter((call) => call.startsWith('editDraftSave'))).toEqual([
      'editDraftSave other words',
    ]);
    app.chat.editing.type({ id, text: 'other words still' });
    await app.chat.open(elsewhere);
    expect(app.chat.editing.now).toBeNull();
    await app.chat.open('c-dates');
    expect(app.chat.editing.now).toEqual({ id, text: 'other words still', kept: true });
  });

  it('are forgotten when they are given up or sent', async () => {
    const { app } = await stage('chat');
    await app.chat.open('c-dates');
    const id = app.chat.lastAsked()?.id ?? '';
    app.chat.editing.type({ id, text: 'other words' });
    await vi.advanceTimersByTimeAsync(DRAFT_DELAY);
    app.chat.editing.drop();
    await app.chat.open(elsewhere);
    await app.chat.open('c-dates');
    expect(app.chat.editing.now).toBeNull();

    app.chat.editing.type({ id, text: 'other words' });
    await app.chat.edit(id, 'other words');
    await vi.advanceTimersByTimeAsync(60_000);
    await app.chat.open(elsewhere);
    await app.chat.open('c-dates');
    expect(app.chat.editing.now).toBeNull();
  });
});
