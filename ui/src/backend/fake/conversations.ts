import type {
  ConversationDetail,
  ConversationView,
  MessageView,
  SearchHitView,
  TurnRetryParams,
  TurnSendParams,
  TurnStarted,
} from '../../ipc/generated/contract';
import type { OnTurnEvent } from '../types';
import { FakeAccounts } from './accounts';
import { breadAnswer, datesAnswer } from './answers';
import { FakeStream } from './stream';
import { answer, conversation, ipcError, newId, userMessage } from './world';

/** Conversations, drafts and turns of the fake host. */
export class FakeConversations extends FakeAccounts {
  readonly #streams = new Map<string, FakeStream>();

  async conversationsList(): Promise<ConversationView[]> {
    return this.host.answer('conversationsList', this.host.world.conversations);
  }

  async conversationOpen(conversationId: string): Promise<ConversationDetail> {
    return this.host.answer(`conversationOpen ${conversationId}`, {
      conversation: this.host.conversation(conversationId),
      messages: this.host.messages(conversationId),
      draft: this.host.world.drafts.get(conversationId) ?? '',
    });
  }

  async conversationRename(conversationId: string, title: string): Promise<void> {
    this.host.change({ ...this.host.conversation(conversationId), title });
    return this.host.answer(`conversationRename ${conversationId} ${title}`, undefined);
  }

  async conversationDelete(conversationId: string): Promise<void> {
    this.host.world.deleted.set(conversationId, this.host.conversation(conversationId));
    this.host.world.conversations = this.host.world.conversations.filter(({ id }) => id !== conversationId);
    return this.host.answer(`conversationDelete ${conversationId}`, undefined);
  }

  async conversationRestore(conversationId: string): Promise<void> {
    const deleted = this.host.world.deleted.get(conversationId);
    if (!deleted) throw ipcError('notFound');
    this.host.world.deleted.delete(conversationId);
    this.host.world.conversations = [...this.host.world.conversations, deleted];
    return this.host.answer(`conversationRestore ${conversationId}`, undefined);
  }

  async search(words: string): Promise<SearchHitView[]> {
    const sought = words.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = this.host.world.conversations.flatMap((conversation) =>
      this.host
        .messages(conversation.id)
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
    return this.host.answer(`search ${words}`, hits);
  }

  async draftSave(conversationId: string | null, text: string): Promise<void> {
    this.host.world.drafts.set(conversationId ?? '', text);
    return this.host.answer(`draftSave ${conversationId ?? 'new'} ${text}`, undefined);
  }

  async draftGet(conversationId: string | null): Promise<string> {
    return this.host.answer('draftGet', this.host.world.drafts.get(conversationId ?? '') ?? '');
  }

  async turnSend(params: TurnSendParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    const { text, accountId, modelId } = params;
    const id = params.conversationId ?? newId('c');
    const begun =
      params.conversationId === null
        ? { ...conversation(id, text.slice(0, 60), 0, 0), costUsd: null }
        : this.host.conversation(id);
    this.host.change({ ...begun, accountId, modelId, streaming: true, updatedAt: new Date().toISOString() });
    const asked = userMessage(text, 0);
    this.host.world.messages.set(id, [...this.host.messages(id), asked]);
    return this.#stream(id, asked, modelId, accountId, onEvent);
  }

  async turnRetry(params: TurnRetryParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    for (const [id, messages] of this.host.world.messages) {
      const at = messages.findIndex((message) => message.id === params.messageId);
      const asked = messages[at - 1];
      if (!asked) continue;
      this.host.world.messages.set(id, messages.slice(0, at));
      return this.#stream(id, asked, params.modelId, params.accountId, onEvent);
    }
    throw ipcError('notFound');
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

  #stream(
    id: string,
    asked: MessageView,
    modelId: string,
    accountId: string,
    onEvent: OnTurnEvent,
  ): TurnStarted {
    const turnId = newId('turn');
    const payer = this.host.account(accountId);
    const blocks = /dates/i.test(asked.text) ? datesAnswer : breadAnswer;
    const empty = answer([], 0, {
      status: { type: 'streaming', turnId },
      modelId,
      accountId,
      usage: null,
      cost: null,
    });
    this.host.world.messages.set(id, [...this.host.messages(id), empty]);
    const stream = new FakeStream({
      turnId,
      message: empty,
      conversation: this.host.conversation(id),
      blocks,
      perToken: 6,
      kind: payer.playMoney ? 'play' : 'usd',
      pauseAfter: this.host.scenario.pauseAfter ?? null,
      onEnded: (message) => this.#store(id, message),
    });
    this.#streams.set(turnId, stream);
    stream.start(onEvent);
    return this.host.answer(`turn ${asked.text}`, {
      turnId,
      conversation: this.host.conversation(id),
      userMessage: asked,
      assistantMessage: empty,
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

/** The beginning of a text, with what was found told from the rest. */
function marked(text: string, sought: string[]): SearchHitView['snippet'] {
  return text
    .slice(0, 160)
    .split(/(\s+)/)
    .map((part) => ({ text: part, found: sought.some((word) => part.toLowerCase().startsWith(word)) }));
}
