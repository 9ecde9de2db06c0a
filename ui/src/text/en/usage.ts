/** What was spent. */
export const usage = {
  usage: {
    title: 'Usage',
    grouping: 'Group by',
    by: {
      day: 'Day',
      month: 'Month',
      model: 'Model',
      account: 'Account',
      conversation: 'Conversation',
      purpose: 'Purpose',
    },
    purposes: { answer: 'Answers', summary: 'Summaries', title: 'Titles' },
    chart: { day: 'The last 30 days', month: 'The last 12 months' },
    account: 'Account',
    allAccounts: 'All accounts',
    money: 'Kind of money',
    kinds: { usd: 'Dollars', play: 'Play money' },
    spent: 'Spent',
    answers: 'Answers',
    cost: 'Cost',
    known: 'Known as',
    labels: { reported: 'reported', computed: 'computed', estimate: 'estimate' },
    table: 'What was spent, as a table',
    unpriced: (count: number) =>
      count === 1
        ? 'One answer has no known cost; the sums leave it out.'
        : `${count} answers have no known cost; the sums leave them out.`,
    agrees: (provider: string, since: string) => `Agrees with what ${provider} took since ${since}.`,
    unexplained: (provider: string, amount: string, since: string) =>
      `${provider} took ${amount} since ${since} that no answer here explains. Another program may use the same wallet.`,
    unbilled: (amount: string) => `${amount} is not charged yet.`,
    chooseToCompare: 'Choose an account to compare this with what its provider took.',
    saved: (path: string) => `Saved: ${path}`,
    nothing: 'Nothing was spent yet. Each answer is entered here with what it cost, and how that is known.',
    loading: 'Adding up',
    formerAccount: 'An account that was removed',
    formerConversation: 'A conversation that was deleted',
  },
} as const;
