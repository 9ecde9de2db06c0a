import type { Backend } from '../backend/types';
import { DRAFT_DELAY } from './drafts.svelte';

/** Other words for a message, so far. */
export interface Edited {
  id: string;
  text: string;
  /** They were kept from before: nobody has just asked to write here. */
  kept?: boolean;
}

/** The message whose words are being changed in their place, kept by the host as they are typed. */
export class Editing {
  #now = $state.raw<Edited | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #backend: Backend;
  readonly #onFault: (thrown: unknown) => void;

  constructor(backend: Backend, onFault: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onFault = onFault;
  }

  get now(): Edited | null {
    return this.#now;
  }

  /** Offers a message's own words to be changed: nothing is typed yet. */
  begin(edited: Edited): void {
    this.leave();
    this.#now = edited;
  }

  /** What a person types. */
  type(edited: Edited): void {
    this.#now = edited;
    this.#cancel();
    this.#timer = setTimeout(() => {
      this.flush();
    }, DRAFT_DELAY);
  }

  /** The person gave the words up. */
  drop(): void {
    const was = this.#now;
    this.sent();
    if (was) this.#backend.editDraftSave(was.id, null).catch(this.#onFault);
  }

  /** The words were sent, and are a message now. */
  sent(): void {
    this.#cancel();
    this.#now = null;
  }

  /** Something else is shown; the words are kept. */
  leave(): void {
    this.flush();
    this.#now = null;
  }

  /** Shows what was kept, unless the person has begun to type meanwhile. */
  restore(draft: { messageId: string; text: string } | null): void {
    if (draft && !this.#now) this.#now = { id: draft.messageId, text: draft.text, kept: true };
  }

  /** Keeps what is not kept yet, now. */
  flush(): void {
    if (this.#timer === null || !this.#now) return;
    this.#cancel();
    this.#backend.editDraftSave(this.#now.id, this.#now.text).catch(this.#onFault);
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
