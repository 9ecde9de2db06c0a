import type {
  AmountView,
  AskedParams,
  BilledDayView,
  LedgerFormatView,
  LimitSetView,
  LimitsStateView,
  LimitsView,
  LossesView,
  PromptCostView,
  ReconciliationView,
  SpendingBy,
  SpendingParams,
  SpendingView,
  TotalsView,
} from '../../ipc/generated/contract';
import { FakeSupport } from './support';
import { ago, ahead, play, usd } from './world';

const DAY = 24 * 60;
const noLimits = (): LimitSetView => ({ message: null, conversation: null, day: null, month: null });

const totals = (micro: number, answers: number, toys = 0): TotalsView => ({
  usd: micro > 0 ? { amount: usd(micro), label: 'computed' } : null,
  play: toys > 0 ? { amount: play(toys), label: 'reported' } : null,
  answers,
  unpriced: 0,
});

/** What was spent in the fake world, what a draft would cost there, and the limits on both. */
export class FakeSpending extends FakeSupport {
  #limits: LimitsView = {
    usd: { ...noLimits(), day: 2_000_000, month: 20_000_000 },
    play: noLimits(),
    accounts: [],
    unpricedAllowed: false,
  };

  async promptCosts(accountId: string, { conversationId, text }: AskedParams): Promise<PromptCostView[]> {
    const said = conversationId === null ? 0 : this.host.messages(conversationId).length * 300;
    const input = Math.ceil((said + text.length) / 4);
    const models = this.host.world.models.get(accountId) ?? [];
    const costs = models.map((model): PromptCostView => {
      const cost = (output: number): AmountView | null =>
        model.inputPrice && model.outputPrice
          ? {
              type: model.inputPrice.type,
              micro: Math.ceil((input * model.inputPrice.micro + output * model.outputPrice.micro) / 1e6),
            }
          : null;
      return { modelId: model.id, low: cost(60), high: cost(1200) };
    });
    return this.host.answer('promptCosts', costs);
  }

  async spendingGet({ by }: SpendingParams): Promise<SpendingView> {
    const groups = this.#groups(by).map(([name, sums]) => ({
      name,
      title: this.host.world.conversations.find(({ id }) => id === name)?.title ?? null,
      totals: sums,
    }));
    return this.host.answer(`spendingGet ${by}`, { total: totals(284_000, 41, 61_000), groups });
  }

  #groups(by: SpendingBy): [string, TotalsView][] {
    switch (by) {
      case 'day':
        return [6, 5, 4, 3, 2, 1, 0].map((back) => [
          ago(back * DAY).slice(0, 10),
          totals(
            [12_000, 48_000, 0, 96_000, 21_000, 54_000, 53_000][back] ?? 0,
            back + 3,
            back === 0 ? 61_000 : 0,
          ),
        ]);
      case 'month':
        return [[ago(0).slice(0, 7), totals(284_000, 41, 61_000)]];
      case 'model':
        return [
          ['claude-sonnet', totals(221_000, 22)],
          ['gpt-mini', totals(63_000, 17)],
          ['penny-small', totals(0, 2, 61_000)],
        ];
      case 'account':
        return this.host.world.view.accounts.map(({ id, playMoney }) => [
          id,
          playMoney ? totals(0, 2, 61_000) : totals(142_000, 20),
        ]);
      case 'purpose':
        return [
          ['answer', totals(276_000, 38, 61_000)],
          ['summary', totals(6_400, 1)],
          ['title', totals(1_600, 2)],
        ];
      case 'conversation':
        return this.host.world.conversations.map(({ id, costUsd }) => [
          id,
          totals(costUsd?.amount.micro ?? 0, 3),
        ]);
    }
  }

  async spendingReconcile(accountId: string): Promise<ReconciliationView[]> {
    const money = this.host.account(accountId).playMoney ? play : usd;
    return this.host.answer(`spendingReconcile ${accountId}`, [
      {
        from: ago(6 * DAY),
        to: ago(1),
        taken: money(286_400),
        explained: money(284_000),
        added: money(5_000_000),
        unexplained: money(2_400),
        unbilled: money(0),
        differences: [{ from: ago(2 * DAY + 30), to: ago(2 * DAY), amount: money(2_400) }],
      },
    ]);
  }

  async spendingBilled(accountId: string): Promise<BilledDayView[] | null> {
    const { providerId } = this.host.account(accountId);
    const day = (back: number, billed: number, explained: number): BilledDayView => ({
      day: `${ago(back * DAY).slice(0, 10)}T00:00:00Z`,
      billed: usd(billed),
      requests: 4,
      explained: usd(explained),
      answers: 3,
    });
    const days = [day(2, 98_400, 96_000), day(1, 54_000, 54_000), day(0, 53_000, 53_000)];
    return this.host.answer('spendingBilled', providerId === 'chutes' ? days : null);
  }

  async lossesGet(accountId: string | null): Promise<LossesView[]> {
    const lost = accountId === 'chutes-1' ? [{ amount: usd(2_400), answers: 1 }] : [];
    return this.host.answer('lossesGet', lost);
  }

  async ledgerSave(format: LedgerFormatView): Promise<string> {
    return this.host.answer(`ledgerSave ${format}`, `/home/ada/Downloads/tuppence-ledger.${format}`);
  }

  async limitsGet(): Promise<LimitsStateView> {
    return this.host.answer('limitsGet', this.#state());
  }

  /** As the system's dialog would, it asks the person of the scenario. */
  async limitsSet(limits: LimitsView): Promise<LimitsStateView> {
    if (!raises(this.#limits, limits) || this.host.scenario.saysYes === true)
      this.#limits = structuredClone(limits);
    return this.host.answer(`limitsSet ${JSON.stringify(limits)}`, this.#state());
  }

  #state(): LimitsStateView {
    return {
      limits: this.#limits,
      usdDay: usd(53_000),
      usdMonth: usd(284_000),
      playDay: play(61_000),
      playMonth: play(61_000),
      accounts: this.host.world.view.accounts.map(({ id, playMoney }) => ({
        accountId: id,
        month: playMoney ? play(61_000) : usd(142_000),
      })),
      dayEnds: ahead(7 * 3600),
      monthEnds: ahead(9 * 24 * 3600),
    };
  }
}

/** As the core decides it: more, or none where there was one. */
function raises(before: LimitsView, after: LimitsView): boolean {
  const raised = (from: number | null, to: number | null): boolean =>
    from !== null && (to === null || to > from);
  const sets = (['usd', 'play'] as const).some((kind) =>
    (['message', 'conversation', 'day', 'month'] as const).some((name) =>
      raised(before[kind][name], after[kind][name]),
    ),
  );
  const accounts = before.accounts.some(({ accountId, micro }) =>
    raised(micro, after.accounts.find((one) => one.accountId === accountId)?.micro ?? null),
  );
  return sets || accounts || (after.unpricedAllowed && !before.unpricedAllowed);
}
