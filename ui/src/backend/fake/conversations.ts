import type {
  AttachmentView,
  ConversationDetail,
  ConversationView,
  DeletedMessageView,
  EditDraftView,
  FoundView,
  MessagePage,
  MessageView,
  TurnEditParams,
  TurnRetryParams,
  TurnSendParams,
  TurnStarted,
} from '../../ipc/generated/contract';
import type { OnTurnEvent } from '../types';
import { MONEY_TAKES } from './accounts';
import { breadAnswer, datesAnswer } from './answers';
import { FakeBranches } from './branches';
import type { FakeHost } from './host';
import { FakeLibrary } from './library';
import { FakeStream, STEP } from './stream';
import { answer, conversation, ipcError, newId, userMessage } from './world';

/** How many messages a conversation opens with, as at the real host. */
const OPENED = 40;

/** Conversations, drafts and turns of the fake host. */
export class FakeConversations extends FakeLibrary {
  readonly #streams = new Map<string, FakeStream>();
  readonly #branches: FakeBranches;
  /** What was sent last, for tests. */
  sent: TurnSendParams | null = null;
  readonly #edited = new Map<string, EditDraftView>();

  constructor(host: FakeHost) {
    super(host);
    this.#branches = new FakeBranches(host);
  }

  async conversationOpen(conversationId: string, messageId: string | null): Promise<ConversationDetail> {
    const at = this.host.messages(conversationId).findIndex(({ id }) => id === messageId);
    return this.host.answer(`conversationOpen ${conversationId}`, this.#detail(conversationId, at));
  }

  async messagesPage(conversationId: string, first: number, count: number): Promise<MessagePage> {
    return this.host.answer(`messagesPage ${first} ${count}`, this.#page(conversationId, first, count));
  }

  async conversationFind(conversationId: string, words: string): Promise<FoundView[]> {
    const sought = words.trim().toLowerCase();
    const found = this.host.messages(conversationId).flatMap((message, index) => {
      const text = message.text || message.blocks.join(' ').replace(/<[^>]+>/g, '');
      return sought !== '' && text.toLowerCase().includes(sought) ? [{ messageId: message.id, index }] : [];
    });
    return this.host.answer(`conversationFind ${words}`, found);
  }

  async branchChoose(messageId: string): Promise<ConversationDetail> {
    const { id, at } = this.#branches.choose(messageId);
    return this.host.answer(`branchChoose ${messageId}`, this.#detail(id, at));
  }

  async messageDelete(messageId: string): Promise<void> {
    this.#branches.delete(messageId);
    return this.host.answer(`messageDelete ${messageId}`, undefined);
  }

  async messagesDeleted(): Promise<DeletedMessageView[]> {
    return this.host.answer('messagesDeleted', this.#branches.deleted);
  }

  async messageRestore(messageId: string): Promise<ConversationDetail> {
    const { id, at } = this.#branches.restore(messageId);
    return this.host.answer(`messageRestore ${messageId}`, this.#detail(id, at));
  }

  async draftSave(conversationId: string | null, text: string): Promise<void> {
    this.host.world.drafts.set(conversationId ?? '', text);
    return this.host.answer(`draftSave ${conversationId ?? 'new'} ${text}`, undefined);
  }

  async editDraftSave(messageId: string, text: string | null): Promise<void> {
    const { id } = this.#branches.find(messageId);
    if (text === null) this.#edited.delete(id);
    else this.#edited.set(id, { messageId, text });
    return this.host.answer(`editDraftSave ${text ?? ''}`, undefined);
  }

  async draftGet(conversationId: string | null): Promise<string> {
    return this.host.answer('draftGet', this.host.world.drafts.get(conversationId ?? '') ?? '');
  }

  async turnSend(params: TurnSendParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    this.sent = params;
    const { text, accountId, modelId } = params;
    const before = this.host.world.conversations.find((one) => one.id === params.conversationId);
    if (this.host.scenario.tooLong && before?.context === 'whole' && modelId === before.modelId)
      throw ipcError('conversationTooLong', { retryable: false });
    const id = params.conversationId ?? newId('c');
    const begun =
      params.conversationId === null
        ? { ...conversation(id, text.slice(0, 60), 0, 0), costUsd: null }
        : this.host.conversation(id);
    this.host.change({ ...begun, accountId, modelId, streaming: true, updatedAt: new Date().toISOString() });
    const asked = { ...userMessage(text, 0), attachments: this.attached(params.attachments) };
    this.host.world.messages.set(id, [...this.host.messages(id), asked]);
    const empty = emptyAnswer(modelId, accountId);
    this.host.world.messages.set(id, [...this.host.messages(id), empty]);
    return this.#stream(id, asked, empty, onEvent);
  }

  async turnRetry(params: TurnRetryParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    const created = emptyAnswer(params.modelId, params.accountId);
    const { id, at, message } = this.#branches.beside(params.messageId, created);
    const asked = this.host.messages(id)[at - 1] ?? userMessage('', 0);
    return this.#stream(id, asked, message, onEvent);
  }

  async turnEdit(params: TurnEditParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    const { id, message } = this.#branches.beside(params.messageId, userMessage(params.text, 0));
    this.#edited.delete(id);
    const empty = emptyAnswer(params.modelId, params.accountId);
    this.host.world.messages.set(id, [...this.host.messages(id), empty]);
    return this.#stream(id, message, empty, onEvent);
  }

  async turnAttach(turnId: string, onEvent: OnTurnEvent): Promise<void> {
    const stream = this.#streams.get(turnId);
    if (!stream) throw ipcError('notFound');
    stream.attach(onEvent);
    return this.host.answer('turnAttach', undefined);
  }

  async turnStop(turnId: string): Promise<void> {
    this.#streams.get(turnId)?.stop();
    return this.host.answer('turnStop', undefined);
  }

  /** As the real host: the refused answer goes on by itself, once money has come. */
  override async topUpOpen(accountId: string, messageId: string | null): Promise<void> {
    await super.topUpOpen(accountId, messageId);
    if (messageId === null) return;
    this.host.update({ awaitingMoney: [messageId] });
    setTimeout(() => void this.#goOn(accountId, messageId), MONEY_TAKES);
  }

  async turnStay(messageId: string): Promise<void> {
    const { awaitingMoney } = this.host.world.view;
    this.host.update({ awaitingMoney: awaitingMoney.filter((id) => id !== messageId) });
    return this.host.answer(`turnStay ${messageId}`, undefined);
  }

  async #goOn(accountId: string, messageId: string): Promise<void> {
    if (!this.host.world.view.awaitingMoney.includes(messageId)) return;
    await this.turnStay(messageId);
    const refused = [...this.host.world.messages.values()].flat().find(({ id }) => id === messageId);
    const modelId = refused?.modelId ?? '';
    const { conversation } = await this.turnRetry(
      { messageId, accountId, modelId, shorter: false },
      () => undefined,
    );
    for (const listener of this.host.wentOn) listener(conversation.id);
  }

  /** The files that go with a message. */
  protected attached(_ids: readonly string[]): AttachmentView[] {
    return [];
  }

  #page(id: string, first: number, count: number): MessagePage {
    const all = this.host.messages(id);
    return { first, total: all.length, messages: all.slice(first, first + count) };
  }

  #detail(id: string, around: number): ConversationDetail {
    const end = Math.max(0, this.host.messages(id).length - OPENED);
    const first = around < 0 ? end : Math.min(end, Math.max(0, around - OPENED / 2));
    return {
      conversation: this.host.conversation(id),
      page: this.#page(id, first, OPENED),
      draft: this.host.world.drafts.get(id) ?? '',
      editDraft: this.#edited.get(id) ?? null,
    };
  }

  #stream(id: string, asked: MessageView, empty: MessageView, onEvent: OnTurnEvent): TurnStarted {
    const turnId = empty.status.type === 'streaming' ? empty.status.turnId : '';
    const payer = this.host.account(empty.accountId ?? '');
    const blocks = /dates/i.test(asked.text) ? datesAnswer : breadAnswer;
    const stream = new FakeStream({
      turnId,
      message: empty,
      conversation: this.host.conversation(id),
      blocks,
      perToken: 6,
      kind: payer.playMoney ? 'play' : 'usd',
      pauseAfter: this.host.scenario.pauseAfter ?? null,
      step: this.host.scenario.step ?? STEP,
      onEnded: (message) => this.#store(id, message),
    });
    this.#streams.set(turnId, stream);
    stream.start(onEvent);
    return this.host.answer(`turn ${asked.text}`, {
      turnId,
      conversation: this.host.conversation(id),
      userMessage: asked,
      assistantMessage: empty,
      userIndex: this.host.messages(id).length - 2,
    });
  }

  /** Keeps an answer, takes its cost from the wallet and adds it to the conversation's total. */
  #store(id: string, message: MessageView): ConversationView {
    const cost = message.cost;
    this.host.world.messages.set(
      id,
      this.host.messages(id).map((one) => (one.id === message.id ? message : one)),
    );
    const before = this.host.conversation(id);
    const key = cost?.amount.type === 'play' ? 'costPlay' : 'costUsd';
    const total = (before[key]?.amount.micro ?? 0) + (cost?.amount.micro ?? 0);
    const after: ConversationView = {
      ...before,
      streaming: false,
      [key]: cost ? { ...cost, amount: { ...cost.amount, micro: total } } : before[key],
    };
    this.host.change(after);
    const payer = this.host.account(message.accountId ?? '');
    if (cost && payer.balance.type === 'known') {
      const amount = { ...payer.balance.amount, micro: payer.balance.amount.micro - cost.amount.micro };
      this.host.setBalance(payer.id, { ...payer.balance, amount, asOf: new Date().toISOString() });
    }
    return structuredClone(after);
  }
}

function emptyAnswer(modelId: string, accountId: string): MessageView {
  const status = { type: 'streaming', turnId: newId('turn') } as const;
  return answer([], 0, { status, modelId, accountId, usage: null, cost: null });
}
