import type {
  BackupView,
  ConversationView,
  EmptiedView,
  ListNamesView,
  ListPageView,
  ListParams,
  ListPlaceView,
  SearchHitView,
  SearchParams,
  ShelfName,
} from '../../ipc/generated/contract';
import { isBefore, placeOf } from '../../state/listPlace';
import { FakeSpending } from './spending';
import { ago, ipcError } from './world';

/** The list, the archive, the bin, the search and the backups of the fake host. */
export class FakeLibrary extends FakeSpending {
  #backups: BackupView[] = [
    { name: 'tuppence-2.db', createdAt: ago(60 * 20), bytes: 4_812_800 },
    { name: 'tuppence-1.db', createdAt: ago(60 * 44), bytes: 4_689_920 },
  ];

  async conversationsList({ shelf, after, count }: ListParams): Promise<ListPageView> {
    const { conversations, deleted } = this.host.world;
    const lists: Record<ShelfName, ConversationView[]> = {
      current: conversations.filter(({ archived }) => !archived),
      archive: conversations.filter(({ archived }) => archived),
      bin: [...deleted.values()],
    };
    const flat = (one: ConversationView): ConversationView => ({ ...one, pinned: false, folder: null });
    const place = (one: ConversationView): ListPlaceView => placeOf(shelf === 'current' ? one : flat(one));
    const all = lists[shelf].sort((a, b) => (isBefore(place(a), place(b)) ? -1 : 1));
    const behind = all.filter((one) => after === null || !isBefore(place(one), after));
    const last = behind[count - 1];
    return this.host.answer(`conversationsList ${shelf} ${count}`, {
      conversations: behind.slice(0, count),
      next: last && behind.length > count ? place(last) : null,
      total: all.length,
    });
  }

  async conversationNames(): Promise<ListNamesView> {
    const { conversations } = this.host.world;
    const names = (of: (one: ConversationView) => string | null): string[] =>
      [...new Set(conversations.map(of).filter((name) => name !== null))].sort();
    return this.host.answer('conversationNames', {
      folders: names(({ folder }) => folder),
      modelIds: names(({ modelId }) => modelId),
    });
  }

  async conversationRename(conversationId: string, title: string): Promise<void> {
    this.host.change({ ...this.host.conversation(conversationId), title });
    return this.host.answer(`conversationRename ${conversationId} ${title}`, undefined);
  }

  async conversationPin(conversationId: string, pinned: boolean): Promise<void> {
    this.host.change({ ...this.host.conversation(conversationId), pinned });
    return this.host.answer(`conversationPin ${conversationId} ${String(pinned)}`, undefined);
  }

  async conversationArchive(conversationId: string, archived: boolean): Promise<void> {
    this.host.change({ ...this.host.conversation(conversationId), archived });
    return this.host.answer(`conversationArchive ${conversationId} ${String(archived)}`, undefined);
  }

  async conversationFile(conversationId: string, folder: string | null): Promise<void> {
    this.host.change({ ...this.host.conversation(conversationId), folder });
    return this.host.answer(`conversationFile ${conversationId} ${folder ?? ''}`, undefined);
  }

  async conversationDelete(conversationId: string): Promise<void> {
    const deleted = { ...this.host.conversation(conversationId), deletedAt: new Date().toISOString() };
    this.host.world.deleted.set(conversationId, deleted);
    this.host.world.conversations = this.host.world.conversations.filter(({ id }) => id !== conversationId);
    return this.host.answer(`conversationDelete ${conversationId}`, undefined);
  }

  async conversationRestore(conversationId: string): Promise<void> {
    const deleted = this.host.world.deleted.get(conversationId);
    if (!deleted) throw ipcError('notFound');
    this.host.world.deleted.delete(conversationId);
    this.host.world.conversations = [...this.host.world.conversations, { ...deleted, deletedAt: null }];
    return this.host.answer(`conversationRestore ${conversationId}`, undefined);
  }

  async binEmpty(): Promise<EmptiedView> {
    const conversations = this.host.world.deleted.size;
    this.host.world.deleted.clear();
    return this.host.answer('binEmpty', { conversations, messages: 0, copiesLeft: this.#backups.length });
  }

  async backupsList(): Promise<BackupView[]> {
    return this.host.answer('backupsList', this.#backups);
  }

  async backupMake(): Promise<BackupView> {
    const made = { name: `tuppence-${Date.now()}.db`, createdAt: new Date().toISOString(), bytes: 4_812_800 };
    this.#backups = [made, ...this.#backups].slice(0, 5);
    return this.host.answer('backupMake', made);
  }

  async backupRestore(name: string): Promise<void> {
    if (!this.#backups.some((backup) => backup.name === name)) throw ipcError('notFound');
    return this.host.answer(`backupRestore ${name}`, undefined);
  }

  async backupsPurge(): Promise<number> {
    const gone = this.#backups.length;
    this.#backups = [];
    return this.host.answer('backupsPurge', gone);
  }

  async search(params: SearchParams): Promise<SearchHitView[]> {
    const sought = params.words.toLowerCase().split(/\s+/).filter(Boolean);
    const since = params.days === null ? 0 : Date.now() - params.days * 24 * 60 * 60_000;
    const hits = this.host.world.conversations.flatMap((conversation) =>
      this.host
        .messages(conversation.id)
        .filter(({ accountId }) => params.accountId === null || accountId === params.accountId)
        .filter(({ modelId }) => params.modelId === null || modelId === params.modelId)
        .filter(({ createdAt }) => Date.parse(createdAt) >= since)
        .map((message) => ({
          message,
          text: message.text || message.blocks.join(' ').replace(/<[^>]+>/g, ''),
        }))
        .filter(({ text }) => sought.every((word) => text.toLowerCase().includes(word)))
        .map(({ message, text }) => ({
          messageId: message.id,
          conversationId: conversation.id,
          title: conversation.title,
          role: message.role,
          createdAt: message.createdAt,
          snippet: marked(text, sought),
        })),
    );
    return this.host.answer(`search ${params.words}`, hits);
  }
}

/** The beginning of a text, with what was found told from the rest. */
function marked(text: string, sought: string[]): SearchHitView['snippet'] {
  return text
    .slice(0, 160)
    .split(/(\s+)/)
    .map((part) => ({ text: part, found: sought.some((word) => part.toLowerCase().startsWith(word)) }));
}
