import type { Backend } from '../backend/types';
import type {
  ConversationView,
  DeletedMessageView,
  EmptiedView,
  ListPlaceView,
  ShelfName,
} from '../ipc/generated/contract';
import type { Conversations } from './conversations.svelte';

/** How many are fetched at once. */
const PAGE = 100;

/** What lies in the archive or in the bin, as far as it has been scrolled to. */
export class Shelves {
  name = $state<Exclude<ShelfName, 'current'>>('archive');
  list = $state.raw<readonly ConversationView[] | null>(null);
  /** Single messages that were deleted, the latest first; shown with the bin. */
  messages = $state.raw<readonly DeletedMessageView[]>([]);
  failed = $state(false);
  /** What emptying the bin did; null before. */
  emptied = $state.raw<EmptiedView | null>(null);
  purged = $state(false);
  #next: ListPlaceView | null = null;
  /** So many times the host was asked; only its answer to the last counts. */
  #asked = 0;
  readonly #backend: Backend;
  readonly #conversations: Conversations;

  constructor(backend: Backend, conversations: Conversations) {
    this.#backend = backend;
    this.#conversations = conversations;
  }

  async show(name: Exclude<ShelfName, 'current'>): Promise<void> {
    if (name !== this.name) this.list = null;
    this.name = name;
    await this.#fetch([], null, PAGE);
  }

  /** Fetches what comes after the last one shown. */
  async more(): Promise<void> {
    const after = this.#next;
    if (after === null) return;
    await this.#fetch(this.list ?? [], after, PAGE);
  }

  /** Takes one back into the list. */
  async takeBack(id: string): Promise<void> {
    if (this.name === 'archive') await this.#conversations.archive(id, false);
    else await this.#conversations.restore(id);
    await this.#again();
  }

  /** Takes a message's deletion back. */
  async takeBackMessage(id: string): Promise<void> {
    await this.#backend.messageRestore(id);
    await this.#again();
  }

  async emptyBin(): Promise<void> {
    this.emptied = await this.#backend.binEmpty();
    await this.show('bin');
  }

  async purgeBackups(): Promise<void> {
    await this.#backend.backupsPurge();
    this.purged = true;
  }

  /** Reads the shelf anew, as far as it is here. */
  async #again(): Promise<void> {
    await this.#fetch([], null, Math.max(PAGE, this.list?.length ?? 0));
  }

  async #fetch(
    before: readonly ConversationView[],
    after: ListPlaceView | null,
    count: number,
  ): Promise<void> {
    const { name } = this;
    this.#asked += 1;
    const asked = this.#asked;
    this.#next = null;
    this.failed = false;
    try {
      const page = await this.#backend.conversationsList({ shelf: name, after, count });
      const messages = name === 'bin' ? await this.#backend.messagesDeleted() : [];
      if (asked !== this.#asked) return;
      this.messages = messages;
      this.list = [...before, ...page.conversations];
      this.#next = page.next;
    } catch {
      if (asked === this.#asked) this.failed = true;
    }
  }
}
