import type { Backend } from '../backend/types';
import type { ConversationView, EmptiedView, ShelfName } from '../ipc/generated/contract';
import type { Conversations } from './conversations.svelte';

/** What lies in the archive or in the bin. */
export class Shelves {
  name = $state<Exclude<ShelfName, 'current'>>('archive');
  list = $state.raw<readonly ConversationView[] | null>(null);
  failed = $state(false);
  /** What emptying the bin did; null before. */
  emptied = $state.raw<EmptiedView | null>(null);
  purged = $state(false);
  readonly #backend: Backend;
  readonly #conversations: Conversations;

  constructor(backend: Backend, conversations: Conversations) {
    this.#backend = backend;
    this.#conversations = conversations;
  }

  async show(name: Exclude<ShelfName, 'current'>): Promise<void> {
    this.name = name;
    this.failed = false;
    try {
      const list = await this.#backend.conversationsList(name);
      if (name === this.name) this.list = list;
    } catch {
      this.failed = true;
    }
  }

  /** Takes one back into the list. */
  async takeBack(id: string): Promise<void> {
    if (this.name === 'archive') await this.#conversations.archive(id, false);
    else await this.#conversations.restore(id);
    await this.show(this.name);
  }

  async emptyBin(): Promise<void> {
    this.emptied = await this.#backend.binEmpty();
    await this.show('bin');
  }

  async purgeBackups(): Promise<void> {
    await this.#backend.backupsPurge();
    this.purged = true;
  }
}
