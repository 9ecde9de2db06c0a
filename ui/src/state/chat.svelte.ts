import type { Backend } from '../backend/types';
import type {
  AskedParams,
  ConversationDetail,
  ConversationView,
  ErrorCode,
  IpcError,
  MessageView,
  TurnStarted,
} from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import { DraftAttachments } from './attachments.svelte';
import { Branch } from './branch.svelte';
import type { Conversations } from './conversations.svelte';
import type { Draft } from './drafts.svelte';
import { Editing } from './editing.svelte';
import type { Choice, Payment } from './payment.svelte';
import type { Presets } from './presets.svelte';
import type { Turns } from './turns.svelte';

const MONEY_FAULTS: ReadonlySet<ErrorCode> = new Set([
  'insufficientBalance',
  'reservationTooLarge',
  'allowanceUsedUp',
  'keyCapReached',
  'modelNotIncluded',
]);

/** The conversation on screen: its messages, and sending more. */
export class Chat {
  /** Null: a conversation that does not exist yet. */
  id = $state<string | null>(null);
  opening = $state(false);
  openFault = $state.raw<IpcError | null>(null);
  /** Why the last message could not be sent at all. Its words are still in the composer. */
  sendFault = $state.raw<IpcError | null>(null);
  sending = $state(false);
  /** A message to show as soon as it is there, such as the one that was searched for. */
  target = $state<string | null>(null);
  /** Grows with every message sent, so that the transcript goes to its end. */
  sent = $state(0);
  readonly draft: Draft;
  readonly branch: Branch;
  readonly editing: Editing;
  readonly attachments: DraftAttachments;
  #refused: (() => Promise<void>) | null = null;
  /** What was asked for last. */
  asked: AskedParams | null = null;
  readonly #presets: Presets;
  readonly #backend: Backend;
  readonly #conversations: Conversations;
  readonly #payment: Payment;
  readonly #turns: Turns;

  constructor(
    backend: Backend,
    conversations: Conversations,
    payment: Payment,
    presets: Presets,
    turns: Turns,
    draft: Draft,
    onFault: (thrown: unknown) => void = () => undefined,
    onFileFault = onFault,
  ) {
    this.#backend = backend;
    this.#conversations = conversations;
    this.#payment = payment;
    this.#presets = presets;
    this.#turns = turns;
    this.draft = draft;
    this.branch = new Branch(backend, onFault);
    this.editing = new Editing(backend, onFault);
    this.attachments = new DraftAttachments(backend, onFileFault);
  }

  get conversation(): ConversationView | null {
    return this.#conversations.find(this.id);
  }

  /** The messages that are loaded, oldest first. */
  get messages(): readonly MessageView[] {
    return this.branch.messages;
  }

  /** The answer that is arriving here, if one is. */
  get streaming(): MessageView | null {
    return this.messages.findLast(({ status }) => status.type === 'streaming') ?? null;
  }

  /** The last answer failed for want of money: what comes in is shown right there. */
  get awaitsMoney(): boolean {
    const status = this.branch.rows.at(-1)?.status;
    return status?.type === 'failed' && MONEY_FAULTS.has(status.error.code);
  }

  get canSend(): boolean {
    return (
      !this.sending &&
      !this.opening &&
      this.streaming === null &&
      this.attachments.adding.length === 0 &&
      (this.draft.text.trim() !== '' || this.attachments.list.length > 0) &&
      this.#payment.payer(this.conversation) !== null
    );
  }

  async startNew(): Promise<void> {
    this.#turnTo(null);
    this.#payment.startNew();
    this.#presets.startNew();
    try {
      this.draft.restore(null, await this.#backend.draftGet(null));
    } catch {
      // An unread draft is no reason to bother anyone; typing goes on as ever.
    }
  }

  /** Shows a conversation, at its end or at one of its messages. */
  async open(id: string, messageId: string | null = null): Promise<void> {
    const loaded = messageId === null || this.branch.indexOf(messageId) >= 0;
    if (id === this.id && !this.openFault && loaded) {
      this.target = messageId;
      return;
    }
    this.#turnTo(id);
    this.opening = true;
    try {
      const detail = await this.#backend.conversationOpen(id, messageId);
      if (this.id !== id) return;
      this.#conversations.upsert(detail.conversation);
      this.draft.restore(id, detail.draft);
      this.editing.restore(detail.editDraft);
      await this.#show(detail);
      this.target = messageId;
    } catch (thrown) {
      if (this.id === id) this.openFault = toIpcError(thrown);
    } finally {
      if (this.id === id) this.opening = false;
    }
  }

  /** Shows the branch through a message: an edit or a retry of one that is shown. */
  async chooseBranch(messageId: string): Promise<void> {
    await this.#follow(() => this.#backend.branchChoose(messageId), messageId);
  }

  /** Deletes a message and what followed it, and shows what is left. */
  async deleteMessage(messageId: string): Promise<void> {
    const id = this.id;
    const at = this.branch.indexOf(messageId);
    const near = this.branch.rows[at - 1]?.id ?? null;
    await this.#backend.messageDelete(messageId);
    if (id === null || this.id !== id) return;
    await this.#follow(() => this.#backend.conversationOpen(id, near), near);
  }

  /** Takes such a deletion back. */
  async restoreMessage(messageId: string): Promise<void> {
    await this.#follow(() => this.#backend.messageRestore(messageId), messageId);
  }

  /** Reads the conversation on screen again: something went on in it without this window. */
  async reload(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const detail = await this.#backend.conversationOpen(id, null);
    this.#conversations.upsert(detail.conversation);
    if (this.id !== id) return;
    await this.#show(detail);
    this.sent += 1;
  }

  /** Sends what is in the composer. */
  async send(): Promise<void> {
    if (!this.canSend) return;
    if (this.id === null && this.#presets.missing.length > 0) this.#presets.asked += 1;
    else await this.sendText(this.draft.text);
  }

  /** Sends these words to the chosen model, paid by the chosen account. */
  async sendText(text: string): Promise<void> {
    const conversationId = this.id;
    const attachments = this.attachments.list.map(({ id }) => id);
    const preset = conversationId === null ? this.#presets.use : null;
    this.asked = { conversationId, before: null, text, preset };
    await this.#start(
      () => this.sendText(text),
      (choice, onStarted) =>
        this.#turns.send({ conversationId, text: text.trim(), attachments, preset, ...choice }, onStarted),
      (started) => {
        this.attachments.sent(attachments, started.conversation.id);
        this.draft.sent(text, started.conversation.id);
      },
    );
  }

  /** Asks for another answer beside this one: of another model if one is named, or no longer than is affordable. */
  async retry(messageId: string, modelId: string | null = null, shorter = false): Promise<void> {
    this.asked = { conversationId: this.id, before: messageId, text: '', preset: null };
    await this.#start(
      () => this.retry(messageId, modelId, shorter),
      (choice, onStarted) =>
        this.#turns.retry({ messageId, ...choice, modelId: modelId ?? choice.modelId, shorter }, onStarted),
    );
  }

  /** Says something else instead of this message. */
  async edit(messageId: string, text: string): Promise<void> {
    if (text.trim() === '') return;
    this.asked = { conversationId: this.id, before: messageId, text, preset: null };
    await this.#start(
      () => this.edit(messageId, text),
      (choice, onStarted) => this.#turns.edit({ messageId, text: text.trim(), ...choice }, onStarted),
      () => {
        this.editing.sent();
      },
    );
  }

  async stop(): Promise<void> {
    if (this.streaming) await this.#turns.stop(this.streaming.id);
  }

  /** The last message of the person, for editing. */
  lastAsked(): MessageView | null {
    return this.messages.findLast(({ role }) => role === 'user') ?? null;
  }

  /** A turn has ended somewhere: shows its answer if it belongs here. */
  ended(message: MessageView): void {
    this.branch.put(message);
  }

  /** Does again what was refused last. */
  async tryAgain(): Promise<void> {
    await this.#refused?.();
  }

  dismissSendFault(): void {
    this.sendFault = null;
  }

  /** One turn at a time: what is asked for while one is being started or streams is not done. */
  async #start(
    again: () => Promise<void>,
    run: (choice: Choice, onStarted: (started: TurnStarted) => void) => Promise<void>,
    done: (started: TurnStarted) => void = () => undefined,
  ): Promise<void> {
    if (this.sending || this.streaming) return;
    const from = this.id;
    this.sending = true;
    this.sendFault = null;
    this.#refused = again;
    try {
      const choice = await this.#payment.choice(this.conversation);
      if (this.id !== from || choice === null) return;
      await run(choice, (started) => {
        this.#conversations.upsert(started.conversation);
        if (this.id !== from) return;
        this.id = started.conversation.id;
        this.branch.begin(started.conversation.id, started);
        done(started);
        this.sent += 1;
      });
    } catch (thrown) {
      if (this.id === from) this.sendFault = toIpcError(thrown);
    } finally {
      this.sending = false;
    }
  }

  #turnTo(id: string | null): void {
    this.draft.switchTo(id);
    void this.attachments.load(id);
    this.id = id;
    this.branch.clear();
    this.target = null;
    this.editing.leave();
    this.opening = false;
    this.openFault = null;
    this.sendFault = null;
  }

  /** Shows what the host answers with, unless another conversation was turned to meanwhile. */
  async #follow(ask: () => Promise<ConversationDetail>, target: string | null): Promise<void> {
    const detail = await ask();
    this.#conversations.upsert(detail.conversation);
    if (this.id !== detail.conversation.id) return;
    this.editing.leave();
    await this.#show(detail);
    this.target = target;
  }

  async #show({ conversation, page }: ConversationDetail): Promise<void> {
    this.branch.show(conversation.id, page);
    // What can be done next hangs on the last message.
    this.branch.want(page.total - 1, page.total);
    for (const { id, status } of page.messages) {
      if (status.type === 'streaming') await this.#turns.attach(id, status.turnId);
    }
  }
}
