import type { AllowancePeriodView, LossCauseView } from '../../ipc/generated/contract';

/** What an account may use beside its balance, what its provider's books say, and what was paid for in vain. */
export const books = {
  allowances: {
    title: 'Included',
    periods: {
      fourHours: 'Plan, four hours',
      month: 'Plan, month',
      day: 'Requests today',
    } satisfies Record<AllowancePeriodView, string>,
    requests: (count: string) => count,
    used: (used: string, limit: string) => `${used} of ${limit} used`,
    unlimited: (used: string) => `${used} used, no limit`,
    resets: (wait: string) => `begins anew in ${wait}`,
  },

  losses: {
    causes: {
      noWords: (amount: string) => `${amount} was charged for this answer, and no word of it came.`,
      begunAnew: (amount: string) =>
        `The provider began this answer anew. About ${amount} of its cost is for the beginning that was dropped.`,
    } satisfies Record<LossCauseView, (amount: string) => string>,
    basis: {
      reported: 'As the provider reported it.',
      computed: 'By the provider’s token counts.',
      estimate: 'By what the balance lost meanwhile.',
    },
    begunBasis: 'Counted here.',
    report: 'Copy a note to the provider',
    reported: 'Copied: it names no word of the conversation',
    note: (provider: string, at: string, model: string, amount: string, message: string) =>
      `To ${provider}: a request of ${at} to ${model} was charged ${amount}, and no answer arrived before the connection ended. Reference here: ${message}. Please check and refund.`,
    sum: (amount: string, answers: number) =>
      answers === 1
        ? `${amount} was paid for an answer of which nothing, or a part only, came.`
        : `${amount} was paid for ${answers} answers of which nothing, or a part only, came.`,
  },

  billed: {
    title: (provider: string) => `In the books of ${provider}, by day (UTC)`,
    agrees: (provider: string) => `Day by day the same as in the books of ${provider}.`,
    differs: (provider: string, amount: string) =>
      `The books of ${provider} have ${amount} that no answer here explains. Another program may use the same account.`,
    less: (provider: string, amount: string) =>
      `The books of ${provider} have ${amount} less than the answers here cost; some of it may come later.`,
    unread: (provider: string) => `The books of ${provider} could not be read just now.`,
    day: 'Day',
    theirs: 'Provider',
    ours: 'Answers here',
    difference: 'Difference',
    periods: 'When it happened',
    period: (from: string, to: string, amount: string) => `${from} to ${to}: ${amount}`,
  },

  favourites: {
    mark: (model: string) => `Favourite: ${model}`,
    hint: 'F marks a favourite',
    source: (provider: string, age: string) =>
      `Prices per million tokens, from ${provider}’s list, read ${age}`,
    reload: 'Read the list again',
  },
} as const;
