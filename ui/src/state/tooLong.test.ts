import { describe, expect, it } from 'vitest';
import { chatSteps } from '../workspace/steps';
import { stage } from './testing/stage';

describe('a conversation that is too long', () => {
  it('keeps the words, and sends them once something was chosen', async () => {
    const { app, backend } = await stage('too-long');
    await app.chat.open('c-dates');
    app.chat.draft.text = 'And now?';
    await app.chat.send();
    const fault = app.chat.sendFault;
    expect(fault?.code).toBe('conversationTooLong');
    expect(app.chat.draft.text).toBe('And now?');
    chatSteps(app, { retry: () => void app.chat.tryAgain() }, null, fault)['choose-context']?.();
    expect(app.overlay).toBe('context');
    expect(app.tooLong?.asked).toEqual({
      conversationId: 'c-dates',
      before: null,
      text: 'And now?',
      preset: null,
    });
    await backend.contextChoose('c-dates', 'recent');
    expect(app.chat.conversation?.context).toBe('recent');
    await app.tooLong?.again();
    await expect.poll(() => app.chat.draft.text).toBe('');
    expect(app.chat.sendFault).toBeNull();
  });

  it('is asked about for an answer that was refused, from its own place', async () => {
    const { app } = await stage('errors');
    await app.chat.open('c-dates');
    const refused = app.chat.messages.at(-1);
    if (refused?.status.type !== 'failed') throw new Error('it has failed');
    const error = { ...refused.status.error, code: 'conversationTooLong' as const };
    chatSteps(app, { retry: () => undefined }, refused, error)['choose-context']?.();
    expect(app.tooLong?.asked).toMatchObject({ before: refused.id, text: '' });
  });
});
