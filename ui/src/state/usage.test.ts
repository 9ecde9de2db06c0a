import { describe, expect, it } from 'vitest';
import type { SpendingView, TotalsView } from '../ipc/generated/contract';
import { FakeBackend } from '../backend/fake';
import { buildScenario } from '../backend/fake/scenarios';
import { lastNames } from './lastNames';
import { Usage } from './usage.svelte';

const totals = (usd: number | null, play: number | null): TotalsView => ({
  usd: usd === null ? null : { amount: { type: 'usd', micro: usd }, label: 'reported' },
  play: play === null ? null : { amount: { type: 'play', micro: play }, label: 'computed' },
  answers: 1,
  unpriced: 0,
});

function usage(spending: SpendingView): Usage {
  const page = new Usage(new FakeBackend(buildScenario(new URLSearchParams({ scenario: 'chat' }))));
  page.spending = spending;
  return page;
}

describe('usage', () => {
  const groups = [
    { name: 'cheap', title: null, totals: totals(5, null) },
    { name: 'dear', title: null, totals: totals(50, null) },
    { name: 'toy', title: null, totals: totals(null, 7) },
  ];

  it('keeps dollars and play money apart', () => {
    const page = usage({ total: totals(55, 7), groups });
    page.by = 'model';
    expect(page.kinds).toEqual(['usd', 'play']);
    expect(page.rows.map(({ name }) => name)).toEqual(['dear', 'cheap']);
    page.kind = 'play';
    expect(page.total?.amount).toEqual({ type: 'play', micro: 7 });
    expect(page.rows.map(({ name }) => name)).toEqual(['toy']);
  });

  it('leaves no gap between days, nor between months', () => {
    const days = lastNames('day', new Date(2026, 2, 2));
    expect(days).toHaveLength(30);
    expect(days.slice(-3)).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
    expect(lastNames('month', new Date(2026, 0, 31)).slice(-2)).toEqual(['2025-12', '2026-01']);
  });

  it('shows a day without an answer as nothing, not as missing', () => {
    const page = usage({
      total: totals(5, null),
      groups: [{ name: '2026-03-01', title: null, totals: totals(5, null) }],
    });
    const columns = page.columns(new Date(2026, 2, 2)) ?? [];
    expect(columns.at(-1)).toEqual({ name: '2026-03-02', title: null, cost: null, answers: 0 });
    expect(columns.at(-2)?.cost?.amount.micro).toBe(5);
  });

  it('reads the host, and shows what it could not read as such', async () => {
    const backend = new FakeBackend(buildScenario(new URLSearchParams({ scenario: 'chat' })));
    const page = new Usage(backend);
    await page.load();
    expect(page.spending).not.toBeNull();
    backend.spendingGet = () => Promise.reject(new Error('no'));
    await page.load();
    expect(page.fault?.code).toBe('internal');
  });
});
