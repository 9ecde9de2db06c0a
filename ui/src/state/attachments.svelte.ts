import type { Backend } from '../backend/types';
import type { AttachmentView } from '../ipc/generated/contract';

/** Largest file that is read at all, in bytes; the host has closer limits by kind. */
const LARGEST_FILE = 20 << 20;

/** What goes with the words in the composer, kept by the host with the draft. */
export class DraftAttachments {
  #list = $state.raw<readonly AttachmentView[]>([]);
  /** Names of files that are being prepared. */
  adding = $state.raw<readonly string[]>([]);
  #conversationId: string | null = null;

  readonly #backend: Backend;
  readonly #onFault: (thrown: unknown) => void;

  constructor(backend: Backend, onFault: (thrown: unknown) => void) {
    this.#backend = backend;
    this.#onFault = onFault;
  }

  get list(): readonly AttachmentView[] {
    return this.#list;
  }

  /** Turns to another conversation's draft (null: the one that does not exist yet). */
  async load(conversationId: string | null): Promise<void> {
    this.#conversationId = conversationId;
    this.#list = [];
    try {
      const list = await this.#backend.attachmentsOfDraft(conversationId);
      if (this.#conversationId === conversationId) this.#list = list;
    } catch (thrown) {
      this.#onFault(thrown);
    }
  }

  /** Adds files one after the other; one that is refused does not keep the others out. */
  async add(files: Iterable<File>): Promise<void> {
    const conversationId = this.#conversationId;
    for (const file of files) {
      this.adding = [...this.adding, file.name];
      try {
        if (file.size > LARGEST_FILE) throw tooLarge();
        const bytes = new Uint8Array(await file.arrayBuffer());
        const added = await this.#backend.attachmentAdd(conversationId, file.name, bytes);
        if (this.#conversationId === conversationId) this.#list = [...this.#list, added];
      } catch (thrown) {
        this.#onFault(thrown);
      } finally {
        const at = this.adding.indexOf(file.name);
        this.adding = this.adding.filter((_, index) => index !== at);
      }
    }
  }

  async remove(id: string): Promise<void> {
    this.#list = this.#list.filter((attachment) => attachment.id !== id);
    await this.#backend.attachmentRemove(id);
  }

  /** Forgets those that were sent; the draft is now that of this conversation. */
  sent(ids: readonly string[], conversationId: string): void {
    this.#conversationId = conversationId;
    this.#list = this.#list.filter(({ id }) => !ids.includes(id));
  }
}

function tooLarge() {
  return {
    code: 'attachmentTooLarge',
    detail: 'more than 20 MB',
    retryable: false,
    retryAt: null,
    correlationId: '',
  };
}
