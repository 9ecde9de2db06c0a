import { describe, expect, it } from 'vitest';
import type { AmountView, ModelView } from '../ipc/generated/contract';
import { figures, floorForDisplay, formatAmount, formatBalance, formatPrices, formatTokens } from './money';

const usd = (micro: number): AmountView => ({ type: 'usd', micro });
const play = (micro: number): AmountView => ({ type: 'play', micro });

describe('amounts', () => {
  it.each([
    [0, '$0.00'],
    [42, '0.0042¢'],
    [3_400, '0.34¢'],
    [41_000, '4.1¢'],
    [99_400, '9.9¢'],
    [99_600, '10¢'],
    [124_000, '12¢'],
    [994_000, '99¢'],
    [995_000, '$1.00'],
    [4_180_000, '$4.18'],
    [1_204_500_000, '$1,204.50'],
    [-20_000, '−2¢'],
    [-4_180_000, '−$4.18'],
  ])('%d millionths of a dollar read %s', (micro, text) => {
    expect(figures(usd(micro))).toBe(text);
  });

  it.each([
    [3_400, '▷ 0.34¢ play'],
    [5_000_000, '▷ 5.00 play'],
    [0, '▷ 0.00 play'],
    [-1_500_000, '▷ −1.50 play'],
  ])('%d millionths of play money are marked as play money and never as dollars', (micro, text) => {
    expect(formatAmount(play(micro))).toBe(text);
    expect(formatAmount(play(micro))).not.toContain('$');
  });
});

describe('balances', () => {
  it('are rounded down: a wallet never shows more than it holds', () => {
    expect(figures(floorForDisplay(usd(4_189_999)))).toBe('$4.18');
    expect(figures(floorForDisplay(usd(-4_181_000)))).toBe('−$4.19');
  });

  it('of a key are its cap, and never look like what an account holds', () => {
    const key = { type: 'keyCap', asOf: '', endsAt: null, stale: false } as const;
    const limit = { amount: usd(10_000_000), used: usd(3_201_000), resets: 'daily' } as const;
    expect(formatBalance({ ...key, spent: usd(12_000_000), limit })).toBe('Cap: $3.21 of $10.00 used');
    expect(formatBalance({ ...key, spent: usd(1_250_000), limit: null })).toBe('$1.25 spent, no cap');
  });

  it('say in words why there is no number', () => {
    const words = (['notLinked', 'notReadable', 'unlimited', 'unknown'] as const).map((type) =>
      formatBalance({ type }),
    );
    expect(new Set(words).size).toBe(4);
    for (const word of words) expect(word).not.toMatch(/\d/);
  });
});

describe('prices and counts', () => {
  const model = (input: AmountView | null, output: AmountView | null): ModelView => ({
    id: 'm',
    inputPrice: input,
    outputPrice: output,
    contextLength: null,
    inputModalities: [],
    features: [],
  });

  it('name both directions, or the one that is known, or nothing', () => {
    expect(formatPrices(model(usd(3_000_000), usd(15_000_000)))).toBe('$3.00 in · $15.00 out');
    expect(formatPrices(model(usd(20_000), usd(0)))).toBe('$0.02 in · $0 out');
    expect(formatPrices(model(play(250_000), null))).toBe('▷0.25');
    expect(formatPrices(model(null, null))).toBeNull();
  });

  it('keep token counts short', () => {
    expect([412, 9_999, 12_400, 131_072, 2_000_000].map(formatTokens)).toEqual([
      '412',
      '9,999',
      '12.4k',
      '131k',
      '2.0M',
    ]);
  });
});
