import { SvelteSet } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type { ConversationView, IpcError } from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import { t } from '../text/locale.svelte';
import { dayGroup } from '../text/time';

export interface ConversationGroup {
  heading: string;
  /** The heading is a folder's name. */
  folder?: boolean;
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
    await this.load();
  }

  /** The names of all folders, in order. */
  get folders(): string[] {
    return folderNames(this.list);
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

  #set(list: ConversationView[]): void {
    this.list = list
      .filter(({ id, archived, deletedAt }) => !this.#removed.has(id) && !archived && deletedAt === null)
      .sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
  }
}

function folderNames(list: readonly ConversationView[]): string[] {
  const names = list.map(({ folder }) => folder).filter((folder) => folder !== null);
  return names.filter((name, at) => names.indexOf(name) === at).sort((a, b) => a.localeCompare(b));
}

/** The list under headings: pinned ones, folders, then days; `now` in milliseconds. */
export function grouped(list: readonly ConversationView[], now: number): ConversationGroup[] {
  const pinned = list.filter((conversation) => conversation.pinned);
  const filed = list.filter(({ pinned, folder }) => !pinned && folder !== null);
  const others = list.filter(({ pinned, folder }) => !pinned && folder === null);
  return [
    ...(pinned.length > 0 ? [{ heading: t.shelf.pinned, conversations: pinned }] : []),
    ...folderNames(filed).map((heading) => ({
      heading,
      conversations: filed.filter(({ folder }) => folder === heading),
      folder: true,
    })),
    ...groupByDay(others, now),
  ];
}

/** Conversations under headings of days; `now` in milliseconds. */
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
