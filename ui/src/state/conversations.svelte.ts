import { SvelteSet } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type { ConversationView, IpcError, ListNamesView, ListPlaceView } from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import { knownOf, withOne, without, type Known } from './knownConversations';
import { isBefore, placeOf } from './listPlace';

/** How many rows of the list are fetched at once, where no more are in view. */
const PAGE = 100;

/**
 * The list of conversations, latest first, as far as it has been scrolled to: its beginning is here,
 * up to a place, and what lies behind that is fetched when it comes near the view.
 */
export class Conversations {
  loaded = $state(false);
  fault = $state.raw<IpcError | null>(null);
  /** Rows behind those that are here. */
  remaining = $state(0);

  readonly #backend: Backend;
  /**
   * All that the host told of, by id; some lie behind the place up to which the list is here, or in the
   * archive.
   */
  #known = $state.raw<Known>(knownOf([]));
  #next = $state.raw<ListPlaceView | null>(null);
  readonly list = $derived(
    [...this.#known.values()]
      .filter((one) => !one.archived && (this.#next === null || isBefore(placeOf(one), this.#next)))
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt)),
  );
  /** Deleted here; a late event must not bring one back. */
  readonly #removed = new SvelteSet<string>();
  /** So many rows lie above the end of the view. */
  #wanted = 0;
  #fetching = false;
  /** So many times the list was read anew; what was asked for before that counts no more. */
  #generation = 0;
  /** What was told or done here since the host was last asked, by id: its answer may be older. */
  readonly #touched = new SvelteSet<string>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Reads the list anew, down to where it is looked at. */
  async load(): Promise<void> {
    this.fault = null;
    this.#generation += 1;
    await this.#fetch(null, Math.max(PAGE, this.#wanted));
  }

  /** Has at least so many rows here, if there are so many. */
  want(rows: number): void {
    this.#wanted = rows;
    if (this.#next !== null && !this.fault && rows > this.list.length)
      void this.#fetch(this.#next, Math.max(PAGE, rows - this.list.length));
  }

  find(id: string | null): ConversationView | null {
    return id === null ? null : (this.#known.get(id) ?? null);
  }

  /** Takes in a conversation that is new or has changed. */
  upsert(conversation: ConversationView): void {
    if (this.#removed.has(conversation.id)) return;
    this.#touched.add(conversation.id);
    this.#known =
      conversation.deletedAt === null
        ? withOne(this.#known, conversation)
        : without(this.#known, conversation.id);
  }

  async rename(id: string, title: string): Promise<void> {
    if (title === '' || title === this.find(id)?.title) return;
    await this.#change(id, { title }, () => this.#backend.conversationRename(id, title));
  }

  async pin(id: string, pinned: boolean): Promise<void> {
    await this.#change(id, { pinned }, () => this.#backend.conversationPin(id, pinned));
  }

  /** Lays it into a folder of this name; an empty one takes it out. */
  async file(id: string, folder: string): Promise<void> {
    const name = folder.trim() === '' ? null : folder.trim();
    await this.#change(id, { folder: name }, () => this.#backend.conversationFile(id, name));
  }

  async archive(id: string, archived: boolean): Promise<void> {
    await this.#backend.conversationArchive(id, archived);
    const before = this.find(id);
    if (before) this.upsert({ ...before, archived });
    await this.load();
  }

  /** The names of all folders and models, here or not. */
  names(): Promise<ListNamesView> {
    return this.#backend.conversationNames();
  }

  async remove(id: string): Promise<void> {
    const before = this.find(id);
    this.#removed.add(id);
    this.#known = without(this.#known, id);
    try {
      await this.#backend.conversationDelete(id);
    } catch (thrown) {
      this.#removed.delete(id);
      if (before) this.upsert(before);
      throw thrown;
    }
  }

  async restore(id: string): Promise<void> {
    await this.#backend.conversationRestore(id);
    this.#removed.delete(id);
    await this.load();
  }

  /** Shows a change at once, and takes it back if the host refuses. */
  async #change(id: string, change: Partial<ConversationView>, ask: () => Promise<void>): Promise<void> {
    const before = this.find(id);
    if (!before) return;
    this.upsert({ ...before, ...change });
    try {
      await ask();
    } catch (thrown) {
      this.upsert(before);
      throw thrown;
    }
  }

  async #fetch(after: ListPlaceView | null, count: number): Promise<void> {
    // A page is read once; a list that is read anew does not wait for one.
    if (this.#fetching && after !== null) return;
    this.#fetching = true;
    this.#touched.clear();
    const generation = this.#generation;
    const late = (): boolean => generation !== this.#generation;
    try {
      const page = await this.#backend.conversationsList({ shelf: 'current', after, count });
      if (late()) return;
      const kept = [...this.#known.values()].filter((one) => {
        const behind = page.next !== null && !isBefore(placeOf(one), page.next);
        const above = after !== null && isBefore(placeOf(one), after);
        return one.archived || behind || above || this.#touched.has(one.id);
      });
      const shown = page.conversations.filter(({ id }) => !this.#removed.has(id) && !this.#touched.has(id));
      this.#known = knownOf([...kept, ...shown]);
      this.#next = page.next;
      this.remaining = page.next === null ? 0 : Math.max(0, page.total - this.list.length);
      this.loaded = true;
    } catch (thrown) {
      if (!late()) this.fault = toIpcError(thrown);
    } finally {
      if (!late()) this.#fetching = false;
    }
  }
}
