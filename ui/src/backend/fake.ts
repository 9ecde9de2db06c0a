import type { AppView, ConversationView, MessageView, SignInOutcome } from '../ipc/generated/contract';
import { FakeDiagrams } from './fake/diagrams';
import { FakeHost, subscribe } from './fake/host';
import type { Scenario } from './fake/scenarios';
import type { Backend, Unlisten } from './types';

/**
 * A host that lives in this page: it remembers, streams, spends and refuses as the real one would,
 * so that the whole window runs in any browser. It is no part of the product.
 */
export class FakeBackend extends FakeDiagrams implements Backend {
  constructor(scenario: Scenario) {
    super(new FakeHost(scenario));
  }

  /** Every call so far, for tests. */
  get calls(): readonly string[] {
    return this.host.calls;
  }

  /** An answer becomes otherwise, as when its cost is found out later. */
  messageBecomes(message: MessageView): void {
    for (const listener of this.host.messageChanged) listener(structuredClone(message));
  }

  async linkOpen(url: string): Promise<void> {
    return this.host.answer(`linkOpen ${url}`, undefined);
  }

  async messageCopy(messageId: string): Promise<void> {
    return this.host.answer(`messageCopy ${messageId}`, undefined);
  }

  async textCopy(text: string): Promise<void> {
    return this.host.answer(`textCopy ${text}`, undefined);
  }

  async onAppChanged(listener: (view: AppView) => void): Promise<Unlisten> {
    return subscribe(this.host.app, listener);
  }

  /** The fake sign-in is over too soon to be watched. */
  async onSignInStep(): Promise<Unlisten> {
    return subscribe(new Set<() => void>(), () => undefined);
  }

  async onSignInEnded(listener: (outcome: SignInOutcome) => void): Promise<Unlisten> {
    return subscribe(this.host.ended, listener);
  }

  async onConversationWentOn(listener: (conversationId: string) => void): Promise<Unlisten> {
    return subscribe(this.host.wentOn, listener);
  }

  async onMessageChanged(listener: (message: MessageView) => void): Promise<Unlisten> {
    return subscribe(this.host.messageChanged, listener);
  }

  async onConversationChanged(listener: (conversation: ConversationView) => void): Promise<Unlisten> {
    return subscribe(this.host.changed, listener);
  }
}
