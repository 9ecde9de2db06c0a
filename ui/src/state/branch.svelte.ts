import { SvelteSet } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type { MessagePage, MessageView, TurnStarted } from '../ipc/generated/contract';

/** How many messages are asked for at once. */
export const PAGE = 50;

/** A place on the branch: its message, or null while that is not loaded. */
export type Row = MessageView | null;

/** The messages of the shown branch, loaded page by page as they come near the view. */
export class Branch {
  /** As long as the branch; what is not loaded is null. */
  rows = $state.raw<readonly Row[]>([]);
  readonly #backend: Backend;
  readonly #onFault: (thrown: unknown) => void;
  readonly #asked = new SvelteSet<number>();
  #conversationId: string | null = null;
  /** Pages that were asked for before the branch changed are no part of it. */
  #age = 0;
  readonly messages = $derived(this.rows.filter((row) => row !== null));

  constructor(backend: Backend, onFault: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onFault = onFault;
  }

  get total(): number {
    return this.rows.length;
  }

  /** Where a loaded message is; -1 where it is not. */
  indexOf(messageId: string): number {
    return this.rows.findLastIndex((row) => row?.id === messageId);
  }

  clear(): void {
    this.show(null, { first: 0, total: 0, messages: [] });
  }

  /** Shows another branch, of which this page is known. */
  show(conversationId: string | null, page: MessagePage): void {
    this.#conversationId = conversationId;
    this.#age += 1;
    this.#asked.clear();
    const before = Array.from<Row>({ length: page.first }).fill(null);
    const after = Array.from<Row>({ length: page.total - page.first - page.messages.length }).fill(null);
    this.rows = [...before, ...page.messages, ...after];
  }

  /** Loads what is missing between two places; the second is not included. */
  want(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, this.total); page += 1) {
      const first = page * PAGE;
      const missing = this.rows.slice(Math.max(first, from), Math.min(first + PAGE, to)).includes(null);
      if (missing && !this.#asked.has(page)) void this.#load(page, first);
    }
  }

  /** Takes in a message that has changed. */
  put(message: MessageView): void {
    const at = this.indexOf(message.id);
    if (at >= 0) this.rows = this.rows.with(at, message);
  }

  /** A turn has begun: it ends the branch at its place, over whatever was there. */
  begin(conversationId: string, { userMessage, assistantMessage, userIndex }: TurnStarted): void {
    if (conversationId !== this.#conversationId) this.clear();
    this.#conversationId = conversationId;
    this.#age += 1;
    this.#asked.clear();
    // Another program may have gone on with the conversation since it was read here.
    const unread = Array.from<Row>({ length: Math.max(0, userIndex - this.total) }).fill(null);
    this.rows = [...this.rows.slice(0, userIndex), ...unread, userMessage, assistantMessage];
  }

  async #load(page: number, first: number): Promise<void> {
    const [age, id] = [this.#age, this.#conversationId];
    if (id === null) return;
    this.#asked.add(page);
    try {
      const { messages } = await this.#backend.messagesPage(id, first, PAGE);
      if (age !== this.#age) return;
      const rows = [...this.rows];
      messages.forEach((message, at) => (rows[first + at] ??= message));
      this.rows = rows;
    } catch (thrown) {
      if (age === this.#age) this.#onFault(thrown);
    } finally {
      if (age === this.#age) this.#asked.delete(page);
    }
  }
}
