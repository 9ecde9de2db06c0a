import type {
  AccountView,
  AppView,
  BalanceView,
  ConversationView,
  MessageView,
  SignInOutcome,
} from '../../ipc/generated/contract';
import type { Unlisten } from '../types';
import type { Scenario } from './scenarios';
import { ipcError, type World } from './world';

/** What the parts of the fake host share: the world, who listens, and a record of every call. */
export class FakeHost {
  /** Every call, for tests. */
  readonly calls: string[] = [];
  readonly scenario: Scenario;
  readonly app = new Set<(view: AppView) => void>();
  readonly ended = new Set<(outcome: SignInOutcome) => void>();
  readonly wentOn = new Set<(conversationId: string) => void>();
  readonly messageChanged = new Set<(message: MessageView) => void>();
  readonly changed = new Set<(conversation: ConversationView) => void>();

  constructor(scenario: Scenario) {
    this.scenario = scenario;
  }

  get world(): World {
    return this.scenario.world;
  }

  /** Copies what crosses, as the real border does. */
  answer<T>(call: string, value: T): T {
    this.calls.push(call);
    return structuredClone(value);
  }

  update(change: Partial<AppView>): void {
    this.world.view = { ...this.world.view, ...change };
    for (const listener of this.app) listener(structuredClone(this.world.view));
  }

  setBalance(accountId: string, balance: BalanceView): void {
    const { accounts } = this.world.view;
    this.update({ accounts: accounts.map((one) => (one.id === accountId ? { ...one, balance } : one)) });
  }

  change(changed: ConversationView): void {
    const others = this.world.conversations.filter(({ id }) => id !== changed.id);
    this.world.conversations = [changed, ...others];
    for (const listener of this.changed) listener(structuredClone(changed));
  }

  account(id: string): AccountView {
    const found = this.world.view.accounts.find((one) => one.id === id);
    if (!found) throw ipcError('notFound');
    return found;
  }

  conversation(id: string): ConversationView {
    const found = this.world.conversations.find((one) => one.id === id);
    if (!found) throw ipcError('notFound');
    return found;
  }

  messages(id: string): MessageView[] {
    return this.world.messages.get(id) ?? [];
  }
}

/** Adds a listener and hands back what removes it. */
export function subscribe<T>(listeners: Set<T>, listener: T): Unlisten {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
