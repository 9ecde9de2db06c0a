import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../backend/types';
import { Draft, DRAFT_DELAY } from './drafts.svelte';

const draftSave = vi.fn();
const fault = vi.fn();
let draft: Draft;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  draftSave.mockResolvedValue(undefined);
  draft = new Draft({ draftSave } as unknown as Backend, fault);
});
afterEach(() => void vi.useRealTimers());

describe('a draft', () => {
  it('is kept a moment after the last key, once', () => {
    for (const text of ['h', 'he', 'hel']) {
      draft.text = text;
      vi.advanceTimersByTime(DRAFT_DELAY - 100);
    }
    expect(draftSave).not.toHaveBeenCalled();
    vi.advanceTimersByTime(DRAFT_DELAY);
    expect(draftSave.mock.calls).toEqual([[null, 'hel']]);
  });

  it('is kept at once when the composer loses the focus, and not twice', () => {
    draft.text = 'words';
    draft.flush();
    draft.flush();
    vi.advanceTimersByTime(1000);
    expect(draftSave.mock.calls).toEqual([[null, 'words']]);
  });

  it('belongs to its conversation', () => {
    draft.text = 'for the new one';
    draft.switchTo('c1');
    expect(draftSave).toHaveBeenCalledWith(null, 'for the new one');
    expect(draft.text).toBe('');
    draft.text = 'for c1';
    draft.flush();
    expect(draftSave).toHaveBeenLastCalledWith('c1', 'for c1');
  });

  it('that arrives late does not overwrite what was typed meanwhile', () => {
    draft.switchTo('c1');
    draft.restore('c2', 'of another conversation');
    expect(draft.text).toBe('');
    draft.text = 'typed';
    draft.restore('c1', 'kept');
    expect(draft.text).toBe('typed');
    draft.switchTo('c2');
    draft.restore('c2', 'kept');
    expect(draft.text).toBe('kept');
  });

  it('is forgotten once it was sent, and only if it still says the same', () => {
    draft.text = 'sent';
    draft.sent('sent', 'c9');
    expect(draft.text).toBe('');
    expect(draftSave).toHaveBeenCalledWith(null, '');
    draft.text = 'next';
    draft.sent('something else', 'c9');
    expect(draft.text).toBe('next');
    draft.flush();
    expect(draftSave).toHaveBeenLastCalledWith('c9', 'next');
  });

  it('that cannot be kept is reported', async () => {
    draftSave.mockRejectedValue(new Error('disk full'));
    draft.text = 'words';
    draft.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(fault).toHaveBeenCalled();
  });
});
