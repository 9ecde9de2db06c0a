import type { Backend } from '../backend/types';

/** Milliseconds after the last key until a draft is kept. */
export const DRAFT_DELAY = 300;

/** The words in the composer, kept by the host per conversation as they are typed. */
export class Draft {
  #text = $state('');
  #conversationId = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #touched = false;

  readonly #backend: Backend;
  readonly #onFault: (thrown: unknown) => void;

  constructor(backend: Backend, onFault: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onFault = onFault;
  }

  get text(): string {
    return this.#text;
  }

  /** What a person types. */
  set text(text: string) {
    this.#text = text;
    this.#touched = true;
    this.#cancel();
    this.#timer = setTimeout(() => {
      this.flush();
    }, DRAFT_DELAY);
  }

  /** Keeps what is not kept yet, now. */
  flush(): void {
    if (this.#timer === null) return;
    this.#cancel();
    this.#backend.draftSave(this.#conversationId, this.#text).catch(this.#onFault);
  }

  /** Turns to another conversation (null: one that does not exist yet). */
  switchTo(conversationId: string | null): void {
    this.flush();
    this.#conversationId = conversationId;
    this.#text = '';
    this.#touched = false;
  }

  /** Shows what was kept, unless the person has begun to type meanwhile. */
  restore(conversationId: string | null, text: string): void {
    if (conversationId === this.#conversationId && !this.#touched) this.#text = text;
  }

  /** Forgets the words: they were sent, and the turn's conversation now has this id. */
  sent(text: string, conversationId: string): void {
    const startedNew = this.#conversationId === null;
    if (this.#text === text) {
      this.#cancel();
      this.#text = '';
      this.#backend.draftSave(this.#conversationId, '').catch(this.#onFault);
    }
    if (startedNew) this.#conversationId = conversationId;
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
