import { SvelteSet } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type { ConversationView, IpcError } from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import { dayGroup } from '../text/time';

export interface ConversationGroup {
  heading: string;
  conversations: ConversationView[];
}

/** The list of conversations, newest first. */
export class Conversations {
  list = $state.raw<ConversationView[]>([]);
  loaded = $state(false);
  fault = $state.raw<IpcError | null>(null);

  readonly #backend: Backend;
  /** Deleted here; a late event must not bring one back. */
  readonly #removed = new SvelteSet<string>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    this.fault = null;
    try {
      this.#set(await this.#backend.conversationsList('current'));
      this.loaded = true;
    } catch (thrown) {
      this.fault = toIpcError(thrown);
    }
  }

  find(id: string | null): ConversationView | null {
    return this.list.find((conversation) => conversation.id === id) ?? null;
  }

  /** Takes in a conversation that is new or has changed. */
  upsert(conversation: ConversationView): void {
    if (this.#removed.has(conversation.id)) return;
    this.#set([conversation, ...this.list.filter(({ id }) => id !== conversation.id)]);
  }

  async rename(id: string, title: string): Promise<void> {
    const before = this.find(id);
    if (!before || title === '' || title === before.title) return;
    this.upsert({ ...before, title });
    try {
      await this.#backend.conversationRename(id, title);
    } catch (thrown) {
      this.upsert(before);
      throw thrown;
    }
  }

  async remove(id: string): Promise<void> {
    const before = this.list;
    this.#removed.add(id);
    this.list = before.filter((conversation) => conversation.id !== id);
    try {
      await this.#backend.conversationDelete(id);
    } catch (thrown) {
      this.#removed.delete(id);
      this.list = before;
      throw thrown;
    }
  }

  async restore(id: string): Promise<void> {
    await this.#backend.conversationRestore(id);
    this.#removed.delete(id);
    await this.load();
  }

  #set(list: ConversationView[]): void {
    this.list = list
      .filter(({ id }) => !this.#removed.has(id))
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
  }
}

/** The list under headings of days; `now` in milliseconds. */
export function groupByDay(list: readonly ConversationView[], now: number): ConversationGroup[] {
  const groups: ConversationGroup[] = [];
  for (const conversation of list) {
    const heading = dayGroup(conversation.updatedAt, now);
    const last = groups.at(-1);
    if (last?.heading === heading) last.conversations.push(conversation);
    else groups.push({ heading, conversations: [conversation] });
  }
  return groups;
}
