import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Backend } from '../backend/types';
import type { SearchHitView, SearchParams } from '../ipc/generated/contract';
import { Search } from './search.svelte';

const hit = (messageId: string): SearchHitView => ({
  messageId,
  conversationId: 'c',
  title: 'Bread',
  role: 'user',
  createdAt: '2026-11-20T10:00:00Z',
  snippet: [{ text: messageId, found: true }],
});

function searching(answer: (words: string) => Promise<SearchHitView[]>): Search {
  return new Search({ search: ({ words }: SearchParams) => answer(words) } as unknown as Backend);
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('words are looked for once they rest, and Enter opens the first hit', async () => {
  const asked: string[] = [];
  const search = searching((words) => {
    asked.push(words);
    return Promise.resolve([hit('a'), hit('b')]);
  });
  search.look('b');
  search.look('br');
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toEqual(['br']);
  expect(search.chosen?.messageId).toBe('a');
  search.choose(1);
  search.choose(1);
  expect(search.chosen?.messageId).toBe('b');
});

test('a late answer to earlier words is not shown', async () => {
  let settle: (hits: SearchHitView[]) => void = () => undefined;
  const search = searching((words) =>
    words === 'slow' ? new Promise((resolve) => (settle = resolve)) : Promise.resolve([hit('quick')]),
  );
  search.look('slow');
  await vi.advanceTimersByTimeAsync(200);
  search.look('quick');
  await vi.advanceTimersByTimeAsync(200);
  settle([hit('slow')]);
  await vi.advanceTimersByTimeAsync(1);
  expect(search.hits.map(({ messageId }) => messageId)).toEqual(['quick']);
});

test('no words show no hits, and a refusal says so', async () => {
  const search = searching(() => Promise.reject(new Error('no')));
  search.look('x');
  await vi.advanceTimersByTimeAsync(200);
  expect(search.fault).not.toBeNull();
  search.look('  ');
  expect(search.fault).toBeNull();
  expect(search.looked).toBe(false);
});
