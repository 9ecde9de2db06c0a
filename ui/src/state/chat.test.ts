import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ipcError } from '../backend/fake/world';
import { stage, type Stage } from './testing/stage';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const END = 60_000;

describe('sending', () => {
  it('starts a conversation, streams, and ends with a cost and a smaller balance', async () => {
    const { app, surfaces } = await stage('chat');
    await app.chat.startNew();
    app.chat.draft.text = '  a question  ';
    expect(app.chat.canSend).toBe(true);
    await app.chat.send();
    expect(app.chat.draft.text).toBe('');
    expect(app.chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(app.chat.messages[0]?.text).toBe('a question');
    expect(app.chat.conversation?.streaming).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(surfaces[0]?.ops.length).toBeGreaterThan(2);
    await vi.advanceTimersByTimeAsync(END);
    const answer = app.chat.messages[1];
    expect(answer?.status.type).toBe('complete');
    expect(surfaces[0]?.settled).toEqual(answer?.blocks);
    expect(app.turns.live(answer?.id ?? '')).toBeNull();
    expect(app.chat.conversation?.costUsd?.amount.micro).toBeGreaterThan(0);
    expect(app.session.active?.balance).toMatchObject({ amount: { type: 'usd' } });
    expect(app.spoken.status).toMatch(/^Answer finished, cost .+, reported$/);
  });

  it('nothing is sent while an answer streams, nor without words', async () => {
    const { app, backend } = await stage('chat');
    app.chat.draft.text = '   ';
    expect(app.chat.canSend).toBe(false);
    app.chat.draft.text = 'first';
    await app.chat.send();
    app.chat.draft.text = 'second';
    expect(app.chat.canSend).toBe(false);
    await app.chat.send();
    expect(app.chat.draft.text).toBe('second');
    expect(backend.calls.filter((call) => call.startsWith('turn '))).toEqual(['turn first']);
  });

  it('two presses of Enter send once', async () => {
    const { app, backend } = await stage('chat');
    app.chat.draft.text = 'once';
    await Promise.all([app.chat.send(), app.chat.send()]);
    expect(backend.calls.filter((call) => call === 'turn once')).toHaveLength(1);
  });

  it('a message written before the models are known waits for them', async () => {
    const { app, backend } = await stage('welcome');
    await app.session.signIn('quota');
    await vi.advanceTimersByTimeAsync(2000);
    app.chat.draft.text = 'early';
    expect(app.payment.modelId(null)).toBeNull();
    await Promise.all([app.chat.send(), app.chat.send()]);
    expect(backend.calls.filter((call) => call === 'turn early')).toHaveLength(1);
    expect(app.chat.messages).toHaveLength(2);
  });

  it('a message without any model to ask stays, and says why', async () => {
    const { app, backend } = await stage('welcome');
    await app.session.signIn('quota');
    await vi.advanceTimersByTimeAsync(2000);
    vi.spyOn(backend, 'modelsList').mockRejectedValueOnce(ipcError('networkOffline'));
    app.chat.draft.text = 'early';
    await app.chat.send();
    expect(app.chat.sendFault?.code).toBe('networkOffline');
    expect(app.chat.draft.text).toBe('early');
    await app.chat.tryAgain();
    expect(app.chat.messages).toHaveLength(2);
  });

  it('a refusal keeps the words and says why', async () => {
    const { app, backend } = await stage('chat');
    vi.spyOn(backend, 'turnSend').mockRejectedValueOnce(ipcError('reauthRequired'));
    app.chat.draft.text = 'precious';
    await app.chat.send();
    expect(app.chat.draft.text).toBe('precious');
    expect(app.chat.sendFault?.code).toBe('reauthRequired');
    expect(app.chat.messages).toHaveLength(0);
    await app.chat.tryAgain();
    expect(app.chat.sendFault).toBeNull();
    expect(app.chat.messages).toHaveLength(2);
  });

  it('stop ends the answer and keeps what had come', async () => {
    const { app } = await stage('chat');
    app.chat.draft.text = 'a question';
    await app.chat.send();
    await vi.advanceTimersByTimeAsync(400);
    await app.chat.stop();
    const answer = app.chat.messages[1];
    expect(answer?.status.type).toBe('stopped');
    expect(answer?.blocks.length).toBeGreaterThan(0);
    expect(app.chat.streaming).toBeNull();
    expect(app.spoken.status).toMatch(/^Answer stopped, cost .+, estimate$/);
  });

  it('a retry takes the place of the answer', async () => {
    const { app } = await stage('chat');
    await app.chat.open('c-dates');
    const [asked, answer] = app.chat.messages;
    await app.chat.retry(answer?.id ?? '');
    expect(app.chat.messages).toHaveLength(2);
    expect(app.chat.messages[0]?.id).toBe(asked?.id);
    expect(app.chat.messages[1]?.id).not.toBe(answer?.id);
    await vi.advanceTimersByTimeAsync(END);
    expect(app.chat.messages[1]?.status.type).toBe('complete');
  });
});

describe('changing conversations', () => {
  it('a stream goes on behind, and is followed again without a second subscription', async () => {
    const { app, surfaces, backend } = await stage('chat');
    await app.chat.startNew();
    app.chat.draft.text = 'a question';
    await app.chat.send();
    const id = app.chat.id ?? '';
    await app.chat.open('c-dates');
    expect(app.chat.messages.every(({ status }) => status.type === 'complete')).toBe(true);
    await vi.advanceTimersByTimeAsync(300);
    await app.chat.open(id);
    expect(surfaces).toHaveLength(1);
    expect(backend.calls).not.toContain('turnAttach');
    await vi.advanceTimersByTimeAsync(END);
    expect(app.chat.messages[1]?.status.type).toBe('complete');
  });

  it('a reloaded window attaches to a turn that runs already', async () => {
    const { app, backend, surfaces } = await stage('chat');
    await backend.turnSend(
      {
        conversationId: 'c-dates',
        text: 'from before',
        attachments: [],
        preset: null,
        modelId: 'gpt-mini',
        accountId: 'quota-1',
      },
      () => undefined,
    );
    await vi.advanceTimersByTimeAsync(300);
    await app.chat.open('c-dates');
    expect(backend.calls).toContain('turnAttach');
    expect(surfaces[0]?.ops.length).toBeGreaterThan(2);
    await vi.advanceTimersByTimeAsync(END);
    expect(app.chat.messages.at(-1)?.status.type).toBe('complete');
  });

  it('a slow answer to an earlier click does not replace a later one', async () => {
    const { app, backend } = await stage('chat');
    const open = backend.conversationOpen.bind(backend);
    vi.spyOn(backend, 'conversationOpen').mockImplementationOnce(async (id, message) => {
      await new Promise((wake) => setTimeout(wake, 500));
      return open(id, message);
    });
    const slow = app.chat.open('c-bread');
    await app.chat.open('c-dates');
    await vi.advanceTimersByTimeAsync(600);
    await slow;
    expect(app.chat.id).toBe('c-dates');
    expect(app.chat.messages[0]?.text).toContain('dates');
  });

  it('a conversation that cannot be opened says so, and can be tried again', async () => {
    const { app, backend } = await stage('chat');
    vi.spyOn(backend, 'conversationOpen').mockRejectedValueOnce(ipcError('notFound'));
    await app.chat.open('c-dates');
    expect(app.chat.openFault?.code).toBe('notFound');
    await app.chat.open('c-dates');
    expect(app.chat.openFault).toBeNull();
    expect(app.chat.messages).toHaveLength(2);
  });
});

describe('branches', () => {
  const words = (app: Stage['app']): string[] =>
    app.chat.messages.filter(({ role }) => role === 'user').map(({ text }) => text);

  it('other words are sent in place of the old ones, which can be walked back to', async () => {
    const { app, backend } = await stage('chat');
    await app.chat.open('c-dates');
    const old = app.chat.messages[0];
    app.chat.editing.type({ id: old?.id ?? '', text: 'something else' });
    await app.chat.edit(old?.id ?? '', ' something else ');
    expect(app.chat.editing.now).toBeNull();
    expect(words(app)).toEqual(['something else']);
    expect(app.chat.messages[0]?.siblingIds).toEqual([old?.id, app.chat.messages[0]?.id]);
    await vi.advanceTimersByTimeAsync(END);
    await app.chat.chooseBranch(old?.id ?? '');
    expect(words(app)).toEqual([old?.text]);
    expect(app.chat.messages[0]?.siblingIds).toHaveLength(2);
    expect(backend.calls).toContain(`branchChoose ${old?.id ?? ''}`);
  });

  it('an answer in the middle can be asked for again, of another model too', async () => {
    const { app } = await stage('endings');
    await app.chat.open('c-dates');
    const [, stopped, second] = app.chat.messages;
    await app.chat.retry(stopped?.id ?? '', 'gpt-mini');
    expect(app.chat.messages.map(({ id }) => id)).not.toContain(second?.id);
    expect(app.chat.messages[1]?.modelId).toBe('gpt-mini');
    await vi.advanceTimersByTimeAsync(END);
    await app.chat.chooseBranch(stopped?.id ?? '');
    expect(app.chat.messages[1]?.status.type).toBe('stopped');
    expect(app.chat.messages[2]?.id).toBe(second?.id);
  });

  it('a deleted message goes with what followed it, and comes back', async () => {
    const { app } = await stage('endings');
    await app.chat.open('c-dates');
    const ids = app.chat.messages.map(({ id }) => id);
    await app.chat.deleteMessage(ids[2] ?? '');
    expect(app.chat.messages.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    await app.chat.restoreMessage(ids[2] ?? '');
    expect(app.chat.messages.map(({ id }) => id)).toEqual(ids);
  });

  it('nothing is sent instead of words that were emptied', async () => {
    const { app, backend } = await stage('chat');
    await app.chat.open('c-dates');
    await app.chat.edit(app.chat.messages[0]?.id ?? '', '  ');
    expect(backend.calls.some((call) => call.startsWith('turn '))).toBe(false);
  });
});

describe('a long conversation', () => {
  it('opens at its end with a part of it, and loads what comes near the view', async () => {
    const { app, backend } = await stage('long');
    await app.chat.open('c-dates');
    expect(app.chat.branch.total).toBe(500);
    expect(app.chat.messages).toHaveLength(40);
    expect(app.chat.branch.rows[0]).toBeNull();
    app.chat.branch.want(0, 30);
    app.chat.branch.want(10, 40);
    await vi.advanceTimersByTimeAsync(10);
    expect(app.chat.branch.rows[0]?.text).toBe('Question 1');
    expect(backend.calls.filter((call) => call === 'messagesPage 0 50')).toHaveLength(1);
    expect(app.chat.branch.rows[60]).toBeNull();
  });

  it('opens around a message that was searched for', async () => {
    const { app, backend } = await stage('long');
    const hits = await backend.search({
      words: 'Question 17',
      accountId: null,
      modelId: null,
      days: null,
      bestFirst: false,
    });
    const hit = hits.at(0);
    await app.chat.open('c-dates', hit?.messageId);
    expect(app.chat.target).toBe(hit?.messageId);
    expect(app.chat.branch.rows[app.chat.branch.indexOf(hit?.messageId ?? '')]?.text).toContain(
      'Question 17',
    );
    expect(app.chat.branch.indexOf('nowhere')).toBe(-1);
    await vi.advanceTimersByTimeAsync(10);
    expect(app.chat.branch.rows.at(-1)).not.toBeNull();
  });

  it('a page of a branch that is shown no more is no part of the next', async () => {
    const { app } = await stage('long');
    await app.chat.open('c-dates');
    app.chat.branch.want(0, 10);
    await app.chat.open('c-bread');
    await vi.advanceTimersByTimeAsync(10);
    expect(app.chat.branch.total).toBe(2);
    expect(app.chat.messages[0]?.text).toContain('bread');
  });
});
