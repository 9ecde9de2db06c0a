import type { Backend } from '../backend/types';
import type {
  AmountView,
  BilledDayView,
  CostView,
  IpcError,
  LedgerFormatView,
  LossesView,
  ReconciliationView,
  SpendingBy,
  SpendingGroupView,
  SpendingView,
} from '../ipc/generated/contract';
import { toIpcError } from '../text/ipcError';
import { lastNames } from './lastNames';

export type MoneyKind = AmountView['type'];

/** What one group cost in one kind of money. */
export interface UsageRow {
  name: string;
  /** The title of a conversation that is still here. */
  title: string | null;
  /** Null where nothing of it cost this kind of money. */
  cost: CostView | null;
  answers: number;
}

/** What was spent, as the usage page shows it. Dollars and play money never meet. */
export class Usage {
  by = $state<SpendingBy>('day');
  kind = $state<MoneyKind>('usd');
  /** Null: all accounts. */
  accountId = $state<string | null>(null);
  spending = $state.raw<SpendingView | null>(null);
  reconciled = $state.raw<ReconciliationView[]>([]);
  losses = $state.raw<LossesView[]>([]);
  /** The provider's books by day; null where it does not tell, undefined where they could not be read. */
  billed = $state.raw<BilledDayView[] | null | undefined>(null);
  fault = $state.raw<IpcError | null>(null);

  readonly #backend: Backend;
  #asked = 0;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** Kinds of money that anything was paid in. */
  get kinds(): MoneyKind[] {
    const total = this.spending?.total;
    const all: MoneyKind[] = ['usd', 'play'];
    return all.filter((kind) => total?.[kind]);
  }

  get total(): CostView | null {
    return this.spending?.total[this.kind] ?? null;
  }

  /** Answers of the groups that cost this kind of money. */
  get answers(): number {
    return rowsOf(this.spending?.groups ?? [], this.kind).reduce((sum, row) => sum + row.answers, 0);
  }

  /** The groups, dearest first; days and months in their order. */
  get rows(): UsageRow[] {
    const rows = rowsOf(this.spending?.groups ?? [], this.kind);
    if (this.by === 'day' || this.by === 'month') return rows.reverse();
    return rows.sort((a, b) => (b.cost?.amount.micro ?? 0) - (a.cost?.amount.micro ?? 0));
  }

  /** The last days or months without a gap; null where time is not what they are grouped by. */
  columns(now: Date): UsageRow[] | null {
    if (this.by !== 'day' && this.by !== 'month') return null;
    const known = rowsOf(this.spending?.groups ?? [], this.kind);
    return lastNames(this.by, now).map(
      (name) => known.find((row) => row.name === name) ?? { name, title: null, cost: null, answers: 0 },
    );
  }

  /** Reads everything anew; what was asked for before is dropped when it comes late. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { by, accountId } = this;
    try {
      const spending = await this.#backend.spendingGet({ by, accountId });
      const reconciled = accountId === null ? [] : await this.#backend.spendingReconcile(accountId);
      const losses = await this.#backend.lossesGet(accountId);
      if (asked !== this.#asked) return;
      this.spending = spending;
      this.losses = losses;
      this.billed = null;
      this.reconciled = reconciled;
      this.fault = null;
      const [first] = this.kinds;
      if (first && !this.kinds.includes(this.kind)) this.kind = first;
      if (accountId !== null) void this.#readBooks(accountId, asked);
    } catch (thrown) {
      if (asked === this.#asked) this.fault = toIpcError(thrown);
    }
  }

  /** The provider is asked for these, which may take a while: the page does not wait. */
  async #readBooks(accountId: string, asked: number): Promise<void> {
    const billed = await this.#backend.spendingBilled(accountId).catch(() => undefined);
    if (asked === this.#asked) this.billed = billed;
  }

  /** Writes the ledger to a file and says where. */
  export(format: LedgerFormatView): Promise<string> {
    return this.#backend.ledgerSave(format, this.accountId);
  }
}

function rowsOf(groups: readonly SpendingGroupView[], kind: MoneyKind): UsageRow[] {
  return groups
    .filter(({ totals }) => totals[kind] !== null)
    .map(({ name, title, totals }) => ({ name, title, cost: totals[kind], answers: totals.answers }));
}
