import type { Backend } from '../backend/types';
import type {
  ConversationView,
  ErrorCode,
  IpcError,
  MessageView,
  TurnStarted,
} from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import type { Conversations } from './conversations.svelte';
import type { Draft } from './drafts.svelte';
import type { Choice, Payment } from './payment.svelte';
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
  messages = $state.raw<MessageView[]>([]);
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
  #refused: (() => Promise<void>) | null = null;
  readonly #backend: Backend;
  readonly #conversations: Conversations;
  readonly #payment: Payment;
  readonly #turns: Turns;

  constructor(backend: Backend, conversations: Conversations, payment: Payment, turns: Turns, draft: Draft) {
    this.#backend = backend;
    this.#conversations = conversations;
    this.#payment = payment;
    this.#turns = turns;
    this.draft = draft;
  }

  get conversation(): ConversationView | null {
    return this.#conversations.find(this.id);
  }

  /** The answer that is arriving here, if one is. */
  get streaming(): MessageView | null {
    return this.messages.findLast(({ status }) => status.type === 'streaming') ?? null;
  }

  /** The last answer failed for want of money: what comes in is shown right there. */
  get awaitsMoney(): boolean {
    const status = this.messages.at(-1)?.status;
    return status?.type === 'failed' && MONEY_FAULTS.has(status.error.code);
  }

  get canSend(): boolean {
    return (
      !this.sending &&
      !this.opening &&
      this.streaming === null &&
      this.draft.text.trim() !== '' &&
      this.#payment.payer(this.conversation) !== null
    );
  }

  async startNew(): Promise<void> {
    this.#turnTo(null);
    this.#payment.startNew();
    try {
      this.draft.restore(null, await this.#backend.draftGet(null));
    } catch {
      // An unread draft is no reason to bother anyone; typing goes on as ever.
    }
  }

  /** Shows a conversation, at its end or at one of its messages. */
  async open(id: string, messageId: string | null = null): Promise<void> {
    this.target = messageId;
    if (id === this.id && !this.openFault) return;
    this.#turnTo(id);
    this.opening = true;
    try {
      const detail = await this.#backend.conversationOpen(id);
      if (this.id !== id) return;
      this.messages = detail.messages;
      this.#conversations.upsert(detail.conversation);
      this.draft.restore(id, detail.draft);
      await this.#attachRunning(detail.messages);
    } catch (thrown) {
      if (this.id === id) this.openFault = toIpcError(thrown);
    } finally {
      if (this.id === id) this.opening = false;
    }
  }

  /** Sends what is in the composer. */
  async send(): Promise<void> {
    if (this.canSend) await this.sendText(this.draft.text);
  }

  /** Sends these words to the chosen model, paid by the chosen account. */
  async sendText(text: string): Promise<void> {
    const conversationId = this.id;
    await this.#start(
      () => this.sendText(text),
      (choice, onStarted) => this.#turns.send({ conversationId, text: text.trim(), ...choice }, onStarted),
      (started) => {
        this.messages = withTurn(this.messages, started, null);
        this.draft.sent(text, started.conversation.id);
      },
    );
  }

  /** Asks for another answer in place of this one. */
  async retry(messageId: string): Promise<void> {
    await this.#start(
      () => this.retry(messageId),
      (choice, onStarted) => this.#turns.retry({ messageId, ...choice }, onStarted),
      (started) => {
        this.messages = withTurn(this.messages, started, messageId);
      },
    );
  }

  async stop(): Promise<void> {
    if (this.streaming) await this.#turns.stop(this.streaming.id);
  }

  /** The words of the last message, for editing. */
  lastWords(): string | null {
    return this.messages.findLast(({ role }) => role === 'user')?.text ?? null;
  }

  /** A turn has ended somewhere: shows its answer if it belongs here. */
  ended(message: MessageView): void {
    this.messages = this.messages.map((shown) => (shown.id === message.id ? message : shown));
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
    show: (started: TurnStarted) => void,
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
        show(started);
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
    this.id = id;
    this.messages = [];
    this.opening = false;
    this.openFault = null;
    this.sendFault = null;
  }

  async #attachRunning(messages: readonly MessageView[]): Promise<void> {
    for (const { id, status } of messages) {
      if (status.type === 'streaming') await this.#turns.attach(id, status.turnId);
    }
  }
}

/** The messages with a new turn at their end, in place of the answer it replaces and all after it. */
export function withTurn(
  messages: readonly MessageView[],
  { userMessage, assistantMessage }: TurnStarted,
  replaced: string | null,
): MessageView[] {
  const cut = messages.findIndex(({ id }) => id === userMessage.id || id === replaced);
  const kept = cut < 0 ? messages : messages.slice(0, cut);
  return [...kept, userMessage, assistantMessage];
}
