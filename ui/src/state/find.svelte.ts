import type { Backend } from '../backend/types';
import type { FoundView } from '../ipc/generated/contract';
import type { Chat } from './chat.svelte';

/** How long the words must rest before they are looked for, in milliseconds. */
const REST = 120;

/** Finding words in the open conversation: in all of it, not only in what is drawn. */
export class Find {
  open = $state(false);
  words = $state('');
  found = $state.raw<readonly FoundView[]>([]);
  /** Which of them is shown. */
  at = $state(0);
  /** `found` belongs to the words. */
  looked = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #backend: Backend;
  readonly #chat: Chat;
  readonly #onFault: (thrown: unknown) => void;

  constructor(backend: Backend, chat: Chat, onFault: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#chat = chat;
    this.#onFault = onFault;
  }

  /** Looks for other words, a moment after the last key. */
  look(words: string): void {
    this.words = words;
    this.looked = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(words), REST);
  }

  /** Goes to the message found after or before, round and round. */
  step(by: 1 | -1): void {
    const count = this.found.length;
    if (count === 0) return;
    this.at = (this.at + by + count) % count;
    this.#show();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.open = false;
    this.words = '';
    this.found = [];
    this.looked = false;
  }

  async #ask(words: string): Promise<void> {
    const { id } = this.#chat;
    if (id === null) return;
    try {
      const found = words.trim() === '' ? [] : await this.#backend.conversationFind(id, words);
      if (words !== this.words || id !== this.#chat.id) return;
      this.found = found;
      // The newest first: that is where one is.
      this.at = Math.max(found.length - 1, 0);
      this.looked = words.trim() !== '';
      this.#show();
    } catch (thrown) {
      this.#onFault(thrown);
    }
  }

  #show(): void {
    const { id } = this.#chat;
    const found = this.found[this.at];
    if (id !== null && found) this.#chat.open(id, found.messageId).catch(this.#onFault);
  }
}
