import type {
  AttachmentView,
  CompositionView,
  ExportedView,
  ExportParams,
  ImportedView,
} from '../../ipc/generated/contract';
import { FakeConversations } from './conversations';
import { ipcError, newId } from './world';

/** Attachments, instructions, exports and imports of the fake host. */
export class FakeCompose extends FakeConversations {
  readonly #files = new Map<string, { draft: string; view: AttachmentView; bytes: Uint8Array }>();
  readonly #compositions = new Map<string, CompositionView>();

  async attachmentAdd(
    conversationId: string | null,
    name: string,
    bytes: Uint8Array,
  ): Promise<AttachmentView> {
    if (/\.(exe|zip)$/i.test(name)) throw ipcError('attachmentUnsupported');
    const kind = /\.(png|jpe?g|gif|webp)$/i.test(name) ? 'image' : /\.pdf$/i.test(name) ? 'pdf' : 'text';
    const pages = kind === 'pdf' ? 3 : null;
    const view: AttachmentView = { id: newId('file'), name, kind, size: bytes.length, pages };
    this.#files.set(view.id, { draft: conversationId ?? '', view, bytes });
    return this.host.answer(`attachmentAdd ${name}`, view);
  }

  async attachmentRemove(attachmentId: string): Promise<void> {
    this.#files.delete(attachmentId);
    return this.host.answer(`attachmentRemove ${attachmentId}`, undefined);
  }

  async attachmentsOfDraft(conversationId: string | null): Promise<AttachmentView[]> {
    const files = [...this.#files.values()].filter(({ draft }) => draft === (conversationId ?? ''));
    return this.host.answer(
      'attachmentsOfDraft',
      files.map(({ view }) => view),
    );
  }

  async attachmentBytes(attachmentId: string): Promise<Uint8Array> {
    const file = this.#files.get(attachmentId);
    if (!file) throw ipcError('notFound');
    return file.bytes;
  }

  protected override attached(ids: readonly string[]): AttachmentView[] {
    return ids.flatMap((id) => {
      const file = this.#files.get(id);
      if (file) file.draft = 'sent';
      return file ? [file.view] : [];
    });
  }

  async conversationsExport(params: ExportParams): Promise<ExportedView | null> {
    const { conversationId, format, archive, deleted } = params;
    const { world } = this.host;
    const all = world.conversations.length + (deleted ? world.deleted.size : 0);
    const path = `/home/penny/Documents/Conversations.${archive ? 'zip' : format}`;
    const how = `${format}${archive ? ' archive' : ''}${deleted ? ' deleted' : ''}`;
    return this.host.answer(`conversationsExport ${how}`, {
      conversations: conversationId === null ? all : 1,
      path,
    });
  }

  async conversationsImport(bytes: Uint8Array): Promise<ImportedView> {
    if (bytes[0] !== 0x5b && bytes[0] !== 0x7b) throw ipcError('importUnreadable');
    const imported = { added: 0, firstId: null, alreadyHere: 1, leftOut: 0 };
    return this.host.answer('conversationsImport', imported);
  }

  async compositionGet(conversationId: string): Promise<CompositionView> {
    const none = { instructions: '', temperature: null, topP: null, maxTokens: null };
    return this.host.answer('compositionGet', this.#compositions.get(conversationId) ?? none);
  }

  async compositionSet(conversationId: string, composition: CompositionView): Promise<void> {
    this.#compositions.set(conversationId, composition);
    return this.host.answer(`compositionSet ${conversationId}`, undefined);
  }
}
