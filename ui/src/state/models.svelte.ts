import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type { IpcError, ModelView } from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import { instantNow } from '../text/time';

/** The models of one account, as far as they are known. */
export type ModelList =
  | { type: 'loading' }
  | { type: 'loaded'; models: ModelView[]; readAt: string }
  | { type: 'failed'; error: IpcError };

/** What each account can ask for. Read once per account and window, and again on request. */
export class Models {
  readonly #backend: Backend;
  readonly #lists = new SvelteMap<string, ModelList>();
  /** Requests under way: whoever asks meanwhile waits for the same one. */
  readonly #loading = new SvelteMap<string, Promise<void>>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  list(accountId: string): ModelList | null {
    return this.#lists.get(accountId) ?? null;
  }

  /** Loads the list unless it is there; resolves when it is there or has failed. */
  async want(accountId: string): Promise<void> {
    if (this.#lists.get(accountId)?.type !== 'loaded') await this.reload(accountId);
  }

  async reload(accountId: string): Promise<void> {
    const request = this.#loading.get(accountId) ?? this.#load(accountId);
    this.#loading.set(accountId, request);
    await request;
    this.#loading.delete(accountId);
  }

  async #load(accountId: string): Promise<void> {
    this.#lists.set(accountId, { type: 'loading' });
    try {
      const models = await this.#backend.modelsList(accountId);
      this.#lists.set(accountId, { type: 'loaded', models, readAt: instantNow() });
    } catch (thrown) {
      this.#lists.set(accountId, { type: 'failed', error: toIpcError(thrown) });
    }
  }
}

/** Models whose id holds every word of the query, in their own order. */
export function findModels(models: readonly ModelView[], query: string): ModelView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)));
}
