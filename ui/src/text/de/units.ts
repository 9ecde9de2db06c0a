import type { Translation } from '../sentences';

const NARROW = '\u202f';

export const units = {
  tags: { numbers: 'de-DE', dates: 'de-DE', months: 'de-DE' },

  money: {
    dollars: (figure) => `${figure}${NARROW}$`,
    cents: (figure) => `${figure}${NARROW}¢`,
    notLinked: 'keine Geldbörse verbunden',
    notReadable: 'Guthaben verborgen',
    unlimited: 'ohne Grenze',
    unknown: 'Guthaben unbekannt',
    spentNoCap: (spent) => `${spent} ausgegeben, keine Obergrenze`,
    cap: (used, limit) => `Obergrenze: ${used} von ${limit} verbraucht`,
    prices: (input, output) => `${input} rein · ${output} raus`,
  },

  counts: {
    thousands: (figure) => `${figure}${NARROW}Tsd.`,
    millions: (figure) => `${figure}${NARROW}Mio.`,
  },

  time: {
    justNow: 'gerade eben',
    minutesAgo: (minutes) => `vor ${String(minutes)} Min.`,
    hoursAgo: (hours) => `vor ${String(hours)} Std.`,
    yesterdayAgo: 'gestern',
    daysAgo: (days) => `vor ${String(days)} Tagen`,
    secondsAgo: (seconds) => `vor ${String(seconds)} Sekunden`,
    seconds: (seconds) => `${String(seconds)} s`,
    minutes: (minutes) => `${String(minutes)} Min.`,
    hours: (hours) => `${String(hours)} Std.`,
    days: (days) => `${String(days)} Tagen`,
    today: 'Heute',
    yesterday: 'Gestern',
    thisWeek: 'Diese Woche',
    lastWeek: 'Letzte Woche',
  },
} satisfies Translation;
