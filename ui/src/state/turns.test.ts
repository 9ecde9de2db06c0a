import { describe, expect, it, vi } from 'vitest';
import type { Backend, OnTurnEvent } from '../backend/types';
import { answer, conversation, ipcError, userMessage } from '../backend/fake/world';
import type { TurnEvent, TurnStarted } from '../ipc/generated/contract';
import { RecordingSurface } from './testing/stage';
import { LiveTurn, Turns } from './turns.svelte';

const params = {
  conversationId: null,
  text: 'q',
  attachments: [],
  preset: null,
  modelId: 'm',
  accountId: 'a',
};
const streaming = answer([], 0, { id: 'answer', status: { type: 'streaming', turnId: 'turn' } });
const started: TurnStarted = {
  turnId: 'turn',
  userIndex: 0,
  conversation: conversation('c', 't', 0, 0),
  userMessage: userMessage('q', 0),
  assistantMessage: streaming,
};
const ended: TurnEvent = {
  type: 'ended',
  message: { ...streaming, blocks: ['<p>done</p>'], status: { type: 'complete' } },
  conversation: started.conversation,
};

describe('a turn', () => {
  it('that ends before its start returns is started first, then ended', async () => {
    const order: string[] = [];
    const backend = {
      turnSend: (_: unknown, onEvent: OnTurnEvent) => {
        onEvent(ended);
        return Promise.resolve(started);
      },
    } as unknown as Backend;
    const turns = new Turns(
      backend,
      () => new RecordingSurface(),
      () => order.push('ended'),
    );
    await turns.send(params, () => order.push('started'));
    expect(order).toEqual(['started', 'ended']);
    expect(turns.live('answer')).toBeNull();
  });

  it('that is refused leaves nothing behind', async () => {
    const backend = {
      turnSend: () => Promise.reject(ipcError('rateLimited') as never),
    } as unknown as Backend;
    const onStarted = vi.fn();
    const turns = new Turns(backend, () => new RecordingSurface(), vi.fn());
    await expect(turns.send(params, onStarted)).rejects.toMatchObject({ code: 'rateLimited' });
    expect(onStarted).not.toHaveBeenCalled();
  });

  it('begun anew drops what was shown', () => {
    const surface = new RecordingSurface();
    const turn = new LiveTurn(surface, vi.fn());
    turn.handle({ type: 'patch', ops: [{ op: 'append', html: '<p>old</p>' }], reasoning: 'hm' });
    expect(turn.speaking).toBe(true);
    turn.handle({ type: 'restarted' });
    expect(surface.ops).toHaveLength(0);
    expect(turn).toMatchObject({ restarted: true, speaking: false, reasoning: '' });
  });

  it('thinks aloud before it speaks', () => {
    const turn = new LiveTurn(new RecordingSurface(), vi.fn());
    turn.handle({ type: 'patch', ops: [], reasoning: 'Let me ' });
    turn.handle({ type: 'patch', ops: [], reasoning: 'see.' });
    expect(turn.reasoning).toBe('Let me see.');
    expect(turn.speaking).toBe(false);
  });

  it('has a rate only once a second has passed', () => {
    const turn = new LiveTurn(new RecordingSurface(), vi.fn());
    turn.handle({ type: 'patch', ops: [{ op: 'append', html: '<p></p>' }], reasoning: '' });
    const usage = { inputTokens: 1, cachedTokens: 0, outputTokens: 142, reasoningTokens: 0 };
    turn.handle({ type: 'running', usage, cost: null });
    const first = turn.firstWordAt ?? 0;
    expect(turn.rate(first + 500)).toBeNull();
    expect(turn.rate(first + 2000)).toBe(71);
  });

  it('whose Stop is refused can be stopped again', async () => {
    const backend = {
      turnSend: () => Promise.resolve(started),
      turnStop: vi.fn().mockRejectedValueOnce(ipcError('internal')).mockResolvedValueOnce(undefined),
    } as unknown as Backend;
    const turns = new Turns(backend, () => new RecordingSurface(), vi.fn());
    await turns.send(params, vi.fn());
    await expect(turns.stop('answer')).rejects.toBeDefined();
    expect(turns.live('answer')?.stopping).toBe(false);
    await turns.stop('answer');
    expect(turns.live('answer')?.stopping).toBe(true);
  });
});
