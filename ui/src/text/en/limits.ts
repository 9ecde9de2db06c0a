import type { LimitNameView, LoweredByView } from '../../ipc/generated/contract';
import type { LimitField, MoneyKind } from '../../state/limits.svelte';

/** Spending limits, and what is said where they hold. */
export const limits = {
  limits: {
    title: 'Spending limits',
    section: 'Spending',
    short: 'What an answer, a conversation, a day, a month or an account may cost at most.',
    open: 'Spending limits…',
    lead: 'No answer goes past these, in this window, in the terminal or in several at once. Leave a field empty for no limit.',
    none: 'no limit',
    noAmount: 'That is not an amount. Write it like 2.50.',
    kinds: { usd: 'Dollars', play: 'Play money' } satisfies Record<MoneyKind, string>,
    fields: {
      message: 'One answer',
      conversation: 'One conversation',
      day: 'A day',
      month: 'A month',
    } satisfies Record<LimitField, string>,
    accounts: 'Each account, a month',
    counted: (amount: string) => `${amount} counted so far`,
    unpriced: 'Also use models whose price is not known. Limits cannot hold those.',
    resets: (day: string, month: string) => `A new day begins in ${day}, a new month in ${month}.`,
    reckoning:
      'Limits count what a provider says that it charged and, where it says nothing, the most that it can have been.',
    asked: 'A dialog of your system asks before a limit is raised.',
    loading: 'Reading your limits…',
    names: {
      message: 'for one answer',
      conversation: 'for this conversation',
      day: 'for today',
      month: 'for this month',
      account: 'for this account this month',
    } satisfies Record<LimitNameView, string>,
    reached: (amount: string, name: string, counted: string) =>
      `You allowed ${amount} ${name}; ${counted} are spent or held for answers under way.`,
    resetsIn: (wait: string) => `It begins anew in ${wait}.`,
    lowered: (tokens: string, why: string) => `At most ${tokens} tokens: ${why} leaves no room for more.`,
    shorter: (tokens: string) => `At most ${tokens} tokens: a shorter answer, as you asked.`,
    loweredBy: {
      wallet: 'what is in the wallet',
      message: 'your limit for one answer',
      conversation: 'your limit for this conversation',
      day: 'your limit for today',
      month: 'your limit for this month',
      account: 'your limit for this account',
    } satisfies Record<Exclude<LoweredByView, 'asked'>, string>,
    estimate: (low: string, high: string) => `about ${low} to ${high}`,
    estimateHint:
      'An estimate for this message with what is sent along: from a short answer to a long one, by how long answers have been here.',
  },
} as const;
