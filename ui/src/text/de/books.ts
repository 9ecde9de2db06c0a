import type { Translation } from '../sentences';

export const books = {
  allowances: {
    title: 'Enthalten',
    periods: {
      fourHours: 'Tarif, vier Stunden',
      month: 'Tarif, Monat',
      day: 'Anfragen heute',
    },
    requests: (count) => count,
    used: (used, limit) => `${used} von ${limit} verbraucht`,
    unlimited: (used) => `${used} verbraucht, keine Grenze`,
    resets: (wait) => `beginnt neu in ${wait}`,
  },

  losses: {
    causes: {
      noWords: (amount) =>
        `Für diese Antwort wurden ${amount} berechnet, und kein Wort davon ist angekommen.`,
      begunAnew: (amount) =>
        `Der Anbieter hat diese Antwort neu begonnen. Etwa ${amount} ihrer Kosten sind für den verworfenen Anfang.`,
    },
    basis: {
      reported: 'So hat es der Anbieter gemeldet.',
      computed: 'Nach den Tokens, die der Anbieter gezählt hat.',
      estimate: 'Um so viel ist das Guthaben dabei gesunken.',
    },
    begunBasis: 'Hier gezählt.',
    report: 'Notiz an den Anbieter kopieren',
    reported: 'Kopiert: kein Wort der Unterhaltung steht darin',
    note: (provider, at, model, amount, message) =>
      `An ${provider}: Für eine Anfrage vom ${at} an ${model} wurden ${amount} berechnet, doch bis die Verbindung endete, kam keine Antwort an. Kennung hier: ${message}. Bitte prüfen und erstatten.`,
    sum: (amount, answers) =>
      answers === 1
        ? `${amount} wurden für eine Antwort bezahlt, von der nichts oder nur ein Teil ankam.`
        : `${amount} wurden für ${answers} Antworten bezahlt, von denen nichts oder nur ein Teil ankam.`,
  },

  billed: {
    title: (provider) => `In den Büchern von ${provider}, nach Tagen (UTC)`,
    agrees: (provider) => `Tag für Tag dasselbe wie in den Büchern von ${provider}.`,
    differs: (provider, amount) =>
      `In den Büchern von ${provider} stehen ${amount}, die keine Antwort hier erklärt. Vielleicht nutzt ein anderes Programm dasselbe Konto.`,
    less: (provider, amount) =>
      `In den Büchern von ${provider} stehen ${amount} weniger, als die Antworten hier kosten; manches kommt vielleicht noch.`,
    unread: (provider) => `Die Bücher von ${provider} waren gerade nicht zu lesen.`,
    day: 'Tag',
    theirs: 'Anbieter',
    ours: 'Antworten hier',
    difference: 'Unterschied',
    periods: 'Wann es geschah',
    period: (from, to, amount) => `${from} bis ${to}: ${amount}`,
  },

  favourites: {
    mark: (model) => `Favorit: ${model}`,
    hint: 'F merkt einen Favoriten vor',
    source: (provider, age) => `Preise je Million Tokens, aus der Liste von ${provider}, gelesen ${age}`,
    reload: 'Liste neu lesen',
  },
} satisfies Translation;
