import type { KeyTermsParams, LimitResetView } from '../ipc/generated/contract';

/** What was typed about a key, read; `terms` is null while something in it cannot be used. */
export interface ReadTerms {
  terms: KeyTermsParams | null;
  limitFault: boolean;
  daysFault: boolean;
}

/** Years in which a key ends are no use to anybody, and no provider takes them. */
const MOST_DAYS = 3650;

/** Reads a cap in dollars (up to six decimals, point or comma) and days; both may be left empty. */
export function readTerms(limit: string, resets: LimitResetView, days: string): ReadTerms {
  const micro = limit.trim() === '' ? null : readMicroUsd(limit.trim());
  const ends = days.trim() === '' ? null : readDays(days.trim());
  const limitFault = micro === undefined;
  const daysFault = ends === undefined;
  const terms =
    limitFault || daysFault
      ? null
      : { limitMicroUsd: micro, resets: micro === null ? 'never' : resets, endsInDays: ends };
  return { terms, limitFault, daysFault };
}

/** Without floating point: the digits are the amount. */
function readMicroUsd(text: string): number | undefined {
  const match = /^(\d{1,9})(?:[.,](\d{1,6}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  const micro = Number(match[1] + (match[2] ?? '').padEnd(6, '0'));
  return micro > 0 ? micro : undefined;
}

function readDays(text: string): number | undefined {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MOST_DAYS ? days : undefined;
}
