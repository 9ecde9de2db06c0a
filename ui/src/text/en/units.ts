/** Money, counts and times as they are written. */
export const units = {
  /** Whose rules numbers and dates follow (BCP 47). */
  tags: { numbers: 'en-US', dates: 'en-GB', months: 'en-US' },

  money: {
    dollars: (figure: string) => `$${figure}`,
    cents: (figure: string) => `${figure}¢`,
    notLinked: 'no wallet linked',
    notReadable: 'balance hidden',
    unlimited: 'no limit',
    unknown: 'balance unknown',
    spentNoCap: (spent: string) => `${spent} spent, no cap`,
    cap: (used: string, limit: string) => `Cap: ${used} of ${limit} used`,
    prices: (input: string, output: string) => `${input} in · ${output} out`,
  },

  counts: {
    thousands: (figure: string) => `${figure}k`,
    millions: (figure: string) => `${figure}M`,
  },

  time: {
    justNow: 'just now',
    minutesAgo: (minutes: number) => `${String(minutes)} min ago`,
    hoursAgo: (hours: number) => `${String(hours)} h ago`,
    yesterdayAgo: 'yesterday',
    daysAgo: (days: number) => `${String(days)} days ago`,
    secondsAgo: (seconds: number) => `${String(seconds)} seconds ago`,
    seconds: (seconds: number) => `${String(seconds)} s`,
    minutes: (minutes: number) => `${String(minutes)} min`,
    hours: (hours: number) => `${String(hours)} h`,
    days: (days: number) => `${String(days)} days`,
    today: 'Today',
    yesterday: 'Yesterday',
    thisWeek: 'This week',
    lastWeek: 'Last week',
  },
} as const;
