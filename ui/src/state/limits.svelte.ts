import type { Backend } from '../backend/types';
import type { LimitSetView, LimitsStateView, LimitsView } from '../ipc/generated/contract';

/** One of the limits on a kind of money. */
export type LimitField = keyof LimitSetView;

/** A kind of money that limits can be set on. */
export type MoneyKind = 'usd' | 'play';

/** The limits, as the host has them, and changes to them. */
export class LimitsEditor {
  state = $state.raw<LimitsStateView | null>(null);

  readonly #backend: Backend;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async load(): Promise<void> {
    this.state = await this.#backend.limitsGet();
  }

  /** Sets one limit; null takes it away. */
  async set(kind: MoneyKind, field: LimitField, micro: number | null): Promise<void> {
    const limits = this.#copy();
    if (limits === null || limits[kind][field] === micro) return;
    limits[kind][field] = micro;
    await this.#offer(limits);
  }

  /** Sets what an account may spend in a month; null takes that away. */
  async setAccount(accountId: string, micro: number | null): Promise<void> {
    const limits = this.#copy();
    if (limits === null) return;
    const others = limits.accounts.filter((one) => one.accountId !== accountId);
    limits.accounts = micro === null ? others : [...others, { accountId, micro }];
    await this.#offer(limits);
  }

  async allowUnpriced(allowed: boolean): Promise<void> {
    const limits = this.#copy();
    if (limits === null) return;
    limits.unpricedAllowed = allowed;
    await this.#offer(limits);
  }

  #copy(): LimitsView | null {
    return this.state ? structuredClone(this.state.limits) : null;
  }

  /** The host asks where something is raised: this page cannot be the one to know, nor to answer. */
  async #offer(limits: LimitsView): Promise<void> {
    const state = await this.#backend.limitsSet(limits);
    // What was typed and not set goes back to what holds.
    this.state = { ...state };
  }
}

/** Millionths of what somebody typed as units, `null` for nothing; undefined for what is no amount. */
export function typedAmount(text: string): number | null | undefined {
  const plain = text
    .trim()
    .replace(/^[$▷]\s*/u, '')
    .replace(',', '.');
  if (plain === '') return null;
  if (!/^\d{1,7}(\.\d{0,6})?$/.test(plain)) return undefined;
  return Math.round(Number(plain) * 1_000_000);
}
