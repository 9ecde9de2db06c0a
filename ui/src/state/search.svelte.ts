import type { Backend } from '../backend/types';
import type { IpcError, SearchHitView, SearchParams } from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';

/** How long the words must rest before they are looked for, in milliseconds. */
const REST = 80;

/** Where to look, and which hits come first. */
export type SearchFilter = Omit<SearchParams, 'words'>;

/** Looking for words in everything that was said, as they are typed. */
export class Search {
  words = $state('');
  filter = $state.raw<SearchFilter>({ accountId: null, modelId: null, days: null, bestFirst: false });
  hits = $state.raw<SearchHitView[]>([]);
  /** What is shown belongs to words that were looked for. */
  looked = $state(false);
  fault = $state.raw<IpcError | null>(null);
  #at = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** The hit that Enter opens. */
  get chosen(): SearchHitView | null {
    return this.hits[this.#at] ?? null;
  }

  /** Chooses the hit after or before. */
  choose(step: 1 | -1): void {
    this.#at = Math.min(Math.max(this.#at + step, 0), Math.max(this.hits.length - 1, 0));
  }

  /** Looks for the same words elsewhere. */
  narrow(change: Partial<SearchFilter>): void {
    this.filter = { ...this.filter, ...change };
    this.look(this.words);
  }

  /** Looks for other words, a moment after the last key. */
  look(words: string): void {
    this.words = words;
    clearTimeout(this.#timer);
    if (words.trim() === '') {
      this.#show([], false);
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(words), REST);
  }

  async #ask(words: string): Promise<void> {
    const { filter } = this;
    try {
      const hits = await this.#backend.search({ words, ...filter });
      // An answer that comes after other words were typed is no answer to them.
      if (words === this.words && filter === this.filter) this.#show(hits, true);
    } catch (thrown) {
      if (words === this.words) {
        this.#show([], false);
        this.fault = toIpcError(thrown);
      }
    }
  }

  #show(hits: SearchHitView[], looked: boolean): void {
    this.fault = null;
    this.hits = hits;
    this.looked = looked;
    this.#at = 0;
  }
}
