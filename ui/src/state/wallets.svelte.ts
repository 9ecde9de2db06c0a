import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../backend/types';
import type { AmountView, BalanceView } from '../ipc/generated/contract';
import type { Session } from './session.svelte';

interface Watch {
  /** What the wallet held when the top-up page was opened; null where it was not known. */
  from: number | null;
  startedAt: number;
}

/** How long a wallet is watched after its top-up page was opened, in milliseconds. */
const WATCH_FOR = 10 * 60_000;

/** Balances: asking for them again, and watching them rise after a top-up. */
export class Wallets {
  readonly #backend: Backend;
  readonly #session: Session;
  readonly #watches = new SvelteMap<string, Watch>();

  constructor(backend: Backend, session: Session) {
    this.#backend = backend;
    this.#session = session;
  }

  /**
   * Opens the provider's top-up page; the host then reads the balance again and again.
   *
   * @param messageId - a refused answer that is to go on by itself once money has come.
   */
  async topUp(accountId: string, messageId: string | null = null): Promise<void> {
    const from = knownMicro(this.#session.account(accountId)?.balance);
    this.#watches.set(accountId, { from, startedAt: Date.now() });
    try {
      await this.#backend.topUpOpen(accountId, messageId);
    } catch (thrown) {
      this.#watches.delete(accountId);
      throw thrown;
    }
  }

  /** Whether money is still awaited. */
  watching(accountId: string, now: number): boolean {
    const watch = this.#watches.get(accountId);
    return watch !== undefined && now - watch.startedAt < WATCH_FOR && this.risen(accountId) === null;
  }

  /** What the wallet holds since a top-up made it hold more; null before that. */
  risen(accountId: string): AmountView | null {
    const watch = this.#watches.get(accountId);
    const balance = this.#session.account(accountId)?.balance;
    if (!watch || balance?.type !== 'known') return null;
    return balance.amount.micro > (watch.from ?? 0) ? balance.amount : null;
  }

  /** Whether this refused answer goes on by itself once money has come. */
  goesOn(messageId: string): boolean {
    return this.#session.view?.awaitingMoney.includes(messageId) ?? false;
  }

  /** Lets it be. */
  async stay(messageId: string): Promise<void> {
    await this.#backend.turnStay(messageId);
  }

  /** An answer was paid for: money that had arrived is no news any more. */
  paid(accountId: string | null): void {
    if (accountId !== null && this.risen(accountId) !== null) this.settle(accountId);
  }

  /** Ends the watch. */
  settle(accountId: string): void {
    this.#watches.delete(accountId);
  }

  async refresh(accountId: string): Promise<void> {
    const balance = await this.#backend.balanceRefresh(accountId);
    const { view } = this.#session;
    if (!view) return;
    const accounts = view.accounts.map((account) =>
      account.id === accountId ? { ...account, balance } : account,
    );
    this.#session.view = { ...view, accounts };
  }
}

function knownMicro(balance: BalanceView | undefined): number | null {
  return balance?.type === 'known' ? balance.amount.micro : null;
}
