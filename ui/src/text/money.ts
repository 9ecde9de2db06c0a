import type { AmountView, BalanceView, CostView, ModelView } from '../ipc/generated/contract';
import { formatNumber } from './formatters';
import { t } from './locale.svelte';

/** Millionths in one cent. */
const CENT = 10_000;
/** Millionths in one dollar. */
const DOLLAR = 1_000_000;
const MINUS = '\u2212';

/** Marks play money wherever an amount stands as plain text. */
export const PLAY_MARK = '▷';

/** A number as the language in use writes it, with so many decimals at least and at most. */
function decimal(value: number, least = 0, most = 20): string {
  return formatNumber(value, t.tags.numbers, { minimumFractionDigits: least, maximumFractionDigits: most });
}

function dollars(micro: number): string {
  return decimal(micro / DOLLAR, 2, 2);
}

/** Cents with two significant digits below ten, whole cents above. */
function cents(micro: number): string {
  const value = micro / CENT;
  return decimal(value >= 9.95 ? Math.round(value) : Number(value.toPrecision(2)));
}

/**
 * The figures of an amount, without what marks it as play money.
 *
 * Play money never carries a dollar sign.
 */
export function figures(amount: AmountView): string {
  const size = Math.abs(amount.micro);
  const sign = amount.micro < 0 ? MINUS : '';
  if (size > 0 && size < 99.5 * CENT) return `${sign}${t.money.cents(cents(size))}`;
  return `${sign}${amount.type === 'usd' ? t.money.dollars(dollars(size)) : dollars(size)}`;
}

/** An amount as plain text: `$4.18`, `0.34¢`, `▷ 0.34¢ play`. */
export function formatAmount(amount: AmountView): string {
  return amount.type === 'play' ? `${PLAY_MARK} ${figures(amount)} ${t.play}` : figures(amount);
}

/** Rounds what is left in a wallet down, so that it never promises more than there is. */
export function floorForDisplay(amount: AmountView): AmountView {
  const step = Math.abs(amount.micro) >= 99.5 * CENT ? CENT : 1;
  return { type: amount.type, micro: Math.floor(amount.micro / step) * step };
}

/** Rounds what was spent up, so that it never looks like less than it is. */
function ceilForDisplay(amount: AmountView): AmountView {
  const step = Math.abs(amount.micro) >= 99.5 * CENT ? CENT : 1;
  return { type: amount.type, micro: Math.ceil(amount.micro / step) * step };
}

/** A balance as plain text, or the word for why there is none. */
export function formatBalance(balance: BalanceView): string {
  switch (balance.type) {
    case 'known':
      return formatAmount(floorForDisplay(balance.amount));
    case 'keyCap':
      return formatKeyCap(balance);
    case 'notLinked':
      return t.money.notLinked;
    case 'notReadable':
      return t.money.notReadable;
    case 'unlimited':
      return t.money.unlimited;
    case 'unknown':
      return t.money.unknown;
  }
}

/** What a key may spend is no balance: the words say so. What was used is rounded up. */
function formatKeyCap({ spent, limit }: Extract<BalanceView, { type: 'keyCap' }>): string {
  if (!limit) return t.money.spentNoCap(formatAmount(ceilForDisplay(spent)));
  return t.money.cap(figures(ceilForDisplay(limit.used)), formatAmount(floorForDisplay(limit.amount)));
}

/** `$3.00 in · $15.00 out` per million tokens, or what is known of it. */
export function formatPrices(model: ModelView): string | null {
  const { inputPrice, outputPrice } = model;
  if (inputPrice && outputPrice) return t.money.prices(price(inputPrice), price(outputPrice));
  const one = inputPrice ?? outputPrice;
  return one ? price(one) : null;
}

/** Prices keep two places even below a dollar: they are compared down a column. */
function price(amount: AmountView): string {
  const figure = amount.micro === 0 ? '0' : placesFor(amount.micro / DOLLAR);
  return amount.type === 'play' ? `${PLAY_MARK}${figure}` : t.money.dollars(figure);
}

function placesFor(value: number): string {
  return value >= 0.1 ? decimal(value, 2, 2) : decimal(Number(value.toPrecision(2)));
}

/** `0.34¢, computed`: for tooltips and screen readers. */
export function describeCost(cost: CostView): string {
  return `${formatAmount(cost.amount)}, ${t.labels[cost.label]}`;
}

/** The same in words that are spoken: no mark stands for play money. */
export function spokenCost({ amount, label }: CostView): string {
  const words = amount.type === 'play' ? `${figures(amount)} ${t.play}` : figures(amount);
  return `${words}, ${t.labels[label]}`;
}

/** 1,204 or 12.4k: token counts stay short. */
export function formatTokens(count: number): string {
  if (count < 10_000) return decimal(count);
  const decimals = count < 100_000 || count >= 1_000_000 ? 1 : 0;
  if (count < 1_000_000) return t.counts.thousands(decimal(count / 1000, decimals, decimals));
  return t.counts.millions(decimal(count / 1_000_000, decimals, decimals));
}
