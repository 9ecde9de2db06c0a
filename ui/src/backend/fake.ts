import type {
  AccountView,
  AppView,
  BalanceView,
  ConversationDetail,
  ConversationView,
  MessageView,
  ModelView,
  PendingSignInView,
  ProviderSetupParams,
  ProviderSetupView,
  SettingsView,
  SignInOutcome,
  SignInStartParams,
  TurnRetryParams,
  TurnSendParams,
  TurnStarted,
} from '../ipc/generated/contract';
import { gardenAnswer, redirectAnswer } from './fake/answers';
import type { Scenario } from './fake/scenarios';
import { FakeStream } from './fake/stream';
import {
  ahead,
  answer,
  chutesAccount,
  account,
  conversation,
  ipcError,
  newId,
  pendingSignIn,
  sandboxAccount,
  userMessage,
  type World,
} from './fake/world';
import type { Backend, OnTurnEvent, Unlisten } from './types';

/** Milliseconds after which the fake browser comes back. */
const BROWSER_TAKES = 1500;

/**
 * A host that lives in this page: it remembers, streams, spends and refuses as the real one would,
 * so that the whole window runs in any browser. It is no part of the product.
 */
export class FakeBackend implements Backend {
  /** Every call, for tests. */
  readonly calls: string[] = [];
  readonly #world: World;
  readonly #scenario: Scenario;
  readonly #app = new Set<(view: AppView) => void>();
  readonly #ended = new Set<(outcome: SignInOutcome) => void>();
  readonly #changed = new Set<(conversation: ConversationView) => void>();
  readonly #streams = new Map<string, FakeStream>();
  #browser: ReturnType<typeof setTimeout> | null = null;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#world = scenario.world;
  }

  async appGet(): Promise<AppView> {
    return this.#answer('appGet', this.#world.view);
  }

  async signInStart({ providerId, persistence }: SignInStartParams): Promise<PendingSignInView> {
    const providerName = this.#world.view.providers.find(({ id }) => id === providerId)?.name ?? providerId;
    const pending = pendingSignIn({ id: newId('sign-in'), providerId, providerName, deadlineAt: ahead(300) });
    this.#update({ pendingSignIn: pending });
    const fault = persistence === 'keychain' ? this.#scenario.signInFault : undefined;
    this.#browser = setTimeout(() => {
      if (fault) this.#endSignIn({ type: 'failed', error: ipcError(fault) });
      else this.#signedIn(providerId, persistence);
    }, BROWSER_TAKES);
    return this.#answer('signInStart', pending);
  }

  async signInOpenAgain(signInId: string): Promise<void> {
    this.#expectPending(signInId);
    return this.#answer('signInOpenAgain', undefined);
  }

  async signInCopyLink(signInId: string): Promise<void> {
    this.#expectPending(signInId);
    return this.#answer('signInCopyLink', undefined);
  }

  async signInPaste(signInId: string, address: string): Promise<void> {
    const pending = this.#expectPending(signInId);
    if (!address.startsWith('http://127.0.0.1:')) throw ipcError('redirectInvalid');
    this.#signedIn(pending.providerId, 'keychain');
    return this.#answer('signInPaste', undefined);
  }

  async signInCancel(signInId: string): Promise<void> {
    this.#expectPending(signInId);
    this.#endSignIn({ type: 'cancelled' });
    return this.#answer('signInCancel', undefined);
  }

  async signOut(accountId: string, endBrowserSession: boolean): Promise<void> {
    const accounts = this.#world.view.accounts.filter(({ id }) => id !== accountId);
    this.#update({ accounts, activeAccountId: accounts[0]?.id ?? null });
    return this.#answer(`signOut ${accountId} ${String(endBrowserSession)}`, undefined);
  }

  async accountActivate(accountId: string): Promise<void> {
    this.#account(accountId);
    this.#update({ activeAccountId: accountId });
    return this.#answer(`accountActivate ${accountId}`, undefined);
  }

  async balanceRefresh(accountId: string): Promise<BalanceView> {
    const { balance } = this.#account(accountId);
    const fresh =
      balance.type === 'known' ? { ...balance, asOf: new Date().toISOString(), stale: false } : balance;
    this.#setBalance(accountId, fresh);
    return this.#answer('balanceRefresh', fresh);
  }

  async topUpOpen(accountId: string): Promise<void> {
    const { balance } = this.#account(accountId);
    setTimeout(() => {
      if (balance.type !== 'known') return;
      const amount = { ...balance.amount, micro: balance.amount.micro + 5_000_000 };
      this.#setBalance(accountId, { ...balance, amount, asOf: new Date().toISOString() });
    }, 6000);
    return this.#answer('topUpOpen', undefined);
  }

  async modelsList(accountId: string): Promise<ModelView[]> {
    return this.#answer('modelsList', this.#world.models.get(accountId) ?? []);
  }

  async conversationsList(): Promise<ConversationView[]> {
    return this.#answer('conversationsList', this.#world.conversations);
  }

  async conversationOpen(conversationId: string): Promise<ConversationDetail> {
    return this.#answer(`conversationOpen ${conversationId}`, {
      conversation: this.#conversation(conversationId),
      messages: this.#messages(conversationId),
      draft: this.#world.drafts.get(conversationId) ?? '',
    });
  }

  async conversationRename(conversationId: string, title: string): Promise<void> {
    this.#change({ ...this.#conversation(conversationId), title });
    return this.#answer(`conversationRename ${conversationId} ${title}`, undefined);
  }

  async conversationDelete(conversationId: string): Promise<void> {
    this.#world.deleted.set(conversationId, this.#conversation(conversationId));
    this.#world.conversations = this.#world.conversations.filter(({ id }) => id !== conversationId);
    return this.#answer(`conversationDelete ${conversationId}`, undefined);
  }

  async conversationRestore(conversationId: string): Promise<void> {
    const deleted = this.#world.deleted.get(conversationId);
    if (!deleted) throw ipcError('notFound');
    this.#world.deleted.delete(conversationId);
    this.#world.conversations = [...this.#world.conversations, deleted];
    return this.#answer(`conversationRestore ${conversationId}`, undefined);
  }

  async draftSave(conversationId: string | null, text: string): Promise<void> {
    this.#world.drafts.set(conversationId ?? '', text);
    return this.#answer(`draftSave ${conversationId ?? 'new'} ${text}`, undefined);
  }

  async draftGet(conversationId: string | null): Promise<string> {
    return this.#answer('draftGet', this.#world.drafts.get(conversationId ?? '') ?? '');
  }

  async turnSend(params: TurnSendParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    const { text, accountId, modelId } = params;
    const id = params.conversationId ?? newId('c');
    const begun =
      params.conversationId === null
        ? { ...conversation(id, text.slice(0, 40), 0, 0), costUsd: null }
        : this.#conversation(id);
    this.#change({ ...begun, accountId, modelId, streaming: true, updatedAt: new Date().toISOString() });
    const asked = userMessage(text, 0);
    this.#world.messages.set(id, [...this.#messages(id), asked]);
    return this.#stream(id, asked, modelId, accountId, onEvent);
  }

  async turnRetry(params: TurnRetryParams, onEvent: OnTurnEvent): Promise<TurnStarted> {
    for (const [id, messages] of this.#world.messages) {
      const at = messages.findIndex((message) => message.id === params.messageId);
      const asked = messages[at - 1];
      if (!asked) continue;
      this.#world.messages.set(id, messages.slice(0, at));
      return this.#stream(id, asked, params.modelId, params.accountId, onEvent);
    }
    throw ipcError('notFound');
  }

  async turnAttach(turnId: string, onEvent: OnTurnEvent): Promise<void> {
    const stream = this.#streams.get(turnId);
    if (!stream) throw ipcError('notFound');
    stream.attach(onEvent);
    return this.#answer('turnAttach', undefined);
  }

  async turnStop(turnId: string): Promise<void> {
    this.#streams.get(turnId)?.stop();
    return this.#answer('turnStop', undefined);
  }

  async settingsSet(settings: SettingsView): Promise<void> {
    this.#update({ settings });
    return this.#answer('settingsSet', undefined);
  }

  async providerSetupGet(providerId: string): Promise<ProviderSetupView> {
    const other = providerId === 'other';
    const ports = [17493, 21907, 24611, 28561, 31847];
    return this.#answer('providerSetupGet', {
      providerId,
      providerName: other ? '' : (this.#world.view.providers.find(({ id }) => id === providerId)?.name ?? ''),
      redirectUris: ports.map((port) => `http://127.0.0.1:${port}/redirect/${providerId}`),
      scopes: other ? 'openid profile' : 'openid profile chutes:invoke balance:read',
      clientId: null,
      clientIdSource: 'none',
      secret: other ? 'optional' : 'required',
      secretSource: 'none',
      registrationUrl: other ? null : 'https://chutes.ai/app/api',
      issuer: null,
      apiBase: null,
    });
  }

  async providerSetupSave(params: ProviderSetupParams): Promise<void> {
    const id =
      params.providerId === 'other' ? (params.providerName ?? 'other').toLowerCase() : params.providerId;
    const known = this.#world.view.providers.filter((provider) => provider.id !== id);
    const name =
      this.#world.view.providers.find((provider) => provider.id === id)?.name ?? params.providerName ?? id;
    this.#update({ providers: [...known, { id, name, playMoney: false, ready: true }] });
    return this.#answer('providerSetupSave', undefined);
  }

  async linkOpen(url: string): Promise<void> {
    return this.#answer(`linkOpen ${url}`, undefined);
  }

  async messageCopy(messageId: string): Promise<void> {
    return this.#answer(`messageCopy ${messageId}`, undefined);
  }

  async textCopy(text: string): Promise<void> {
    return this.#answer(`textCopy ${text}`, undefined);
  }

  async onAppChanged(listener: (view: AppView) => void): Promise<Unlisten> {
    return subscribe(this.#app, listener);
  }

  async onSignInEnded(listener: (outcome: SignInOutcome) => void): Promise<Unlisten> {
    return subscribe(this.#ended, listener);
  }

  async onConversationChanged(listener: (conversation: ConversationView) => void): Promise<Unlisten> {
    return subscribe(this.#changed, listener);
  }

  /** Copies what crosses, as the real border does. */
  #answer<T>(call: string, value: T): T {
    this.calls.push(call);
    return structuredClone(value);
  }

  #update(change: Partial<AppView>): void {
    this.#world.view = { ...this.#world.view, ...change };
    for (const listener of this.#app) listener(structuredClone(this.#world.view));
  }

  #setBalance(accountId: string, balance: BalanceView): void {
    const { accounts } = this.#world.view;
    this.#update({ accounts: accounts.map((one) => (one.id === accountId ? { ...one, balance } : one)) });
  }

  #change(changed: ConversationView): void {
    const others = this.#world.conversations.filter(({ id }) => id !== changed.id);
    this.#world.conversations = [changed, ...others];
    for (const listener of this.#changed) listener(structuredClone(changed));
  }

  #account(id: string): AccountView {
    const found = this.#world.view.accounts.find((one) => one.id === id);
    if (!found) throw ipcError('notFound');
    return found;
  }

  #conversation(id: string): ConversationView {
    const found = this.#world.conversations.find((one) => one.id === id);
    if (!found) throw ipcError('notFound');
    return found;
  }

  #messages(id: string): MessageView[] {
    return this.#world.messages.get(id) ?? [];
  }

  #expectPending(id: string): PendingSignInView {
    const pending = this.#world.view.pendingSignIn;
    if (pending?.id !== id) throw ipcError('notFound');
    return pending;
  }

  #signedIn(providerId: string, persistence: SignInStartParams['persistence']): void {
    const make =
      { sandbox: sandboxAccount, chutes: chutesAccount }[providerId] ?? (() => account(`${providerId}-1`));
    const newcomer: AccountView = { ...make(), session: { type: 'signedIn', persistence } };
    const others = this.#world.view.accounts.filter(({ id }) => id !== newcomer.id);
    this.#update({ accounts: [...others, newcomer], activeAccountId: newcomer.id });
    this.#endSignIn({ type: 'signedIn', accountId: newcomer.id });
  }

  #endSignIn(outcome: SignInOutcome): void {
    if (this.#browser !== null) clearTimeout(this.#browser);
    this.#update({ pendingSignIn: null });
    for (const listener of this.#ended) listener(structuredClone(outcome));
  }

  #stream(
    id: string,
    asked: MessageView,
    modelId: string,
    accountId: string,
    onEvent: OnTurnEvent,
  ): TurnStarted {
    const turnId = newId('turn');
    const payer = this.#account(accountId);
    const blocks = /redirect/i.test(asked.text) ? redirectAnswer : gardenAnswer;
    const empty = answer([], 0, {
      status: { type: 'streaming', turnId },
      modelId,
      accountId,
      usage: null,
      cost: null,
    });
    this.#world.messages.set(id, [...this.#messages(id), empty]);
    const stream = new FakeStream({
      turnId,
      message: empty,
      conversation: this.#conversation(id),
      blocks,
      perToken: 6,
      kind: payer.playMoney ? 'play' : 'usd',
      pauseAfter: this.#scenario.pauseAfter ?? null,
      onEnded: (message) => this.#store(id, message),
    });
    this.#streams.set(turnId, stream);
    stream.start(onEvent);
    return this.#answer(`turn ${asked.text}`, {
      turnId,
      conversation: this.#conversation(id),
      userMessage: asked,
      assistantMessage: empty,
    });
  }

  /** Keeps an answer, takes its cost from the wallet and adds it to the conversation's total. */
  #store(id: string, message: MessageView): ConversationView {
    const cost = message.cost;
    this.#world.messages.set(
      id,
      this.#messages(id).map((one) => (one.id === message.id ? message : one)),
    );
    const before = this.#conversation(id);
    const key = cost?.amount.type === 'play' ? 'costPlay' : 'costUsd';
    const total = (before[key]?.amount.micro ?? 0) + (cost?.amount.micro ?? 0);
    const after: ConversationView = {
      ...before,
      streaming: false,
      [key]: cost ? { ...cost, amount: { ...cost.amount, micro: total } } : before[key],
    };
    this.#change(after);
    const payer = this.#account(message.accountId ?? '');
    if (cost && payer.balance.type === 'known') {
      const amount = { ...payer.balance.amount, micro: payer.balance.amount.micro - cost.amount.micro };
      this.#setBalance(payer.id, { ...payer.balance, amount, asOf: new Date().toISOString() });
    }
    return structuredClone(after);
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): Unlisten {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
