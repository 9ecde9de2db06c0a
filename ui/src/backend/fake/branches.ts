import type { DeletedMessageView, MessageView } from '../../ipc/generated/contract';
import type { FakeHost } from './host';
import { ipcError } from './world';

/** The branches of the fake host's conversations that are not shown: what hangs from which message. */
export class FakeBranches {
  readonly #host: FakeHost;
  readonly #tails = new Map<string, MessageView[]>();
  readonly #deleted = new Map<string, { conversationId: string; tail: MessageView[]; at: string }>();

  constructor(host: FakeHost) {
    this.#host = host;
  }

  /** Where a shown message is. */
  find(messageId: string): { id: string; at: number } {
    for (const [id, messages] of this.#host.world.messages) {
      const at = messages.findIndex((message) => message.id === messageId);
      if (at >= 0) return { id, at };
    }
    throw ipcError('notFound');
  }

  /** Puts a new message beside a shown one, in its place; what was there is a branch of its own. */
  beside(messageId: string, created: MessageView): { id: string; at: number; message: MessageView } {
    const { id, at } = this.find(messageId);
    const messages = this.#host.messages(id);
    const siblingIds = [...(messages[at]?.siblingIds ?? []), created.id];
    this.#tails.set(messageId, this.#known(messages.slice(at), siblingIds));
    const message = { ...created, siblingIds };
    this.#host.world.messages.set(id, [...messages.slice(0, at), message]);
    return { id, at, message };
  }

  /** Shows the branch through a sibling of a shown message. */
  choose(messageId: string): { id: string; at: number } {
    for (const [id, messages] of this.#host.world.messages) {
      const at = messages.findIndex(({ siblingIds }) => siblingIds.includes(messageId));
      const shown = messages[at];
      if (!shown) continue;
      const tail = this.#tails.get(messageId);
      if (shown.id !== messageId && tail) {
        this.#tails.set(shown.id, messages.slice(at));
        this.#host.world.messages.set(id, [...messages.slice(0, at), ...this.#known(tail, shown.siblingIds)]);
      }
      return { id, at };
    }
    throw ipcError('notFound');
  }

  delete(messageId: string): void {
    const { id, at } = this.find(messageId);
    const messages = this.#host.messages(id);
    this.#deleted.set(messageId, {
      conversationId: id,
      tail: messages.slice(at),
      at: new Date().toISOString(),
    });
    const left = (messages[at]?.siblingIds ?? []).filter((sibling) => sibling !== messageId);
    const tail = this.#tails.get(left.at(-1) ?? '') ?? [];
    this.#host.world.messages.set(id, [...messages.slice(0, at), ...this.#known(tail, left)]);
  }

  /** What was deleted and can be taken back, the latest first. */
  get deleted(): DeletedMessageView[] {
    return [...this.#deleted]
      .map(([id, { conversationId, tail, at }]) => ({
        id,
        conversationId,
        title: this.#host.conversation(conversationId).title,
        role: tail[0]?.role ?? 'user',
        beginning: (tail[0]?.text || (tail[0]?.blocks ?? []).join(' ').replace(/<[^>]+>/g, '')).slice(0, 200),
        deletedAt: at,
        messages: tail.length,
      }))
      .reverse();
  }

  restore(messageId: string): { id: string; at: number } {
    const deleted = this.#deleted.get(messageId);
    if (!deleted) throw ipcError('notFound');
    this.#deleted.delete(messageId);
    const siblings = deleted.tail[0]?.siblingIds ?? [];
    const messages = this.#host.messages(deleted.conversationId);
    const place = messages.findIndex(({ id }) => siblings.includes(id));
    const at = place < 0 ? messages.length : place;
    this.#host.world.messages.set(deleted.conversationId, [...messages.slice(0, at), ...deleted.tail]);
    return { id: deleted.conversationId, at };
  }

  #known(tail: readonly MessageView[], siblingIds: string[]): MessageView[] {
    return tail.map((message, at) => (at === 0 ? { ...message, siblingIds } : message));
  }
}
