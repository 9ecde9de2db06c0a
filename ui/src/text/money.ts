import type { AmountView, BalanceView, CostView, ModelView } from '../ipc/generated/contract';

/** Millionths in one cent. */
const CENT = 10_000;
/** Millionths in one dollar. */
const DOLLAR = 1_000_000;
const MINUS = '\u2212';

/** Marks play money wherever an amount stands as plain text. */
export const PLAY_MARK = '▷';

function dollars(micro: number): string {
  return (micro / DOLLAR).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** Cents with two significant digits below ten, whole cents above. */
function cents(micro: number): string {
  const value = micro / CENT;
  if (value >= 9.95) return String(Math.round(value));
  return String(Number(value.toPrecision(2)));
}

/**
 * The figures of an amount, without what marks it as play money.
 *
 * Play money never carries a dollar sign.
 */
export function figures(amount: AmountView): string {
  const size = Math.abs(amount.micro);
  const sign = amount.micro < 0 ? MINUS : '';
  const cash = amount.type === 'usd';
  if (size === 0) return cash ? '$0.00' : '0.00';
  if (size < 99.5 * CENT) return `${sign}${cents(size)}¢`;
  return `${sign}${cash ? '$' : ''}${dollars(size)}`;
}

/** An amount as plain text: `$4.18`, `0.34¢`, `▷ 0.34¢ play`. */
export function formatAmount(amount: AmountView): string {
  return amount.type === 'play' ? `${PLAY_MARK} ${figures(amount)} play` : figures(amount);
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
      return 'no wallet linked';
    case 'notReadable':
      return 'balance hidden';
    case 'unlimited':
      return 'no limit';
    case 'unknown':
      return 'balance unknown';
  }
}

/** What a key may spend is no balance: the words say so. What was used is rounded up. */
function formatKeyCap({ spent, limit }: Extract<BalanceView, { type: 'keyCap' }>): string {
  if (!limit) return `${formatAmount(ceilForDisplay(spent))} spent, no cap`;
  const used = figures(ceilForDisplay(limit.used));
  return `Cap: ${used} of ${formatAmount(floorForDisplay(limit.amount))} used`;
}

/** `$3.00 in · $15.00 out` per million tokens, or what is known of it. */
export function formatPrices(model: ModelView): string | null {
  const { inputPrice, outputPrice } = model;
  if (inputPrice && outputPrice) return `${price(inputPrice)} in · ${price(outputPrice)} out`;
  const one = inputPrice ?? outputPrice;
  return one ? price(one) : null;
}

/** Prices keep two places even below a dollar: they are compared down a column. */
function price(amount: AmountView): string {
  const figure = amount.micro === 0 ? '0' : placesFor(amount.micro / DOLLAR);
  return amount.type === 'play' ? `${PLAY_MARK}${figure}` : `$${figure}`;
}

function placesFor(value: number): string {
  return value >= 0.1 ? value.toFixed(2) : String(Number(value.toPrecision(2)));
}

/** `0.34¢, computed`: for tooltips and screen readers. */
export function describeCost(cost: CostView): string {
  return `${formatAmount(cost.amount)}, ${cost.label}`;
}

/** 1,204 or 12.4k: token counts stay short. */
export function formatTokens(count: number): string {
  if (count < 10_000) return count.toLocaleString('en-US');
  if (count < 1_000_000) return `${(count / 1000).toFixed(count < 100_000 ? 1 : 0)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}
