// A formatter takes far longer to make than to use, and `toLocaleString` makes one with every call: one of
// each kind is kept. There are as many kinds as places that name one.

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function kept<T>(all: Map<string, T>, tag: string, options: object, make: () => T): T {
  const kind = tag + JSON.stringify(options);
  let formatter = all.get(kind);
  if (formatter === undefined) {
    formatter = make();
    all.set(kind, formatter);
  }
  return formatter;
}

/** A number as people write it who speak the language of this BCP 47 tag. */
export function formatNumber(value: number, tag: string, options: Intl.NumberFormatOptions = {}): string {
  return kept(numbers, tag, options, () => new Intl.NumberFormat(tag, options)).format(value);
}

/** A date, a time or a part of them, in the same way; empty where `date` is none. */
export function formatDate(date: Date, tag: string, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(date.getTime())) return '';
  return kept(dates, tag, options, () => new Intl.DateTimeFormat(tag, options)).format(date);
}
