import type { Translation } from '../sentences';

export const usage = {
  usage: {
    title: 'Verbrauch',
    grouping: 'Gruppieren nach',
    by: {
      day: 'Tag',
      month: 'Monat',
      model: 'Modell',
      account: 'Konto',
      conversation: 'Unterhaltung',
      purpose: 'Zweck',
    },
    purposes: { answer: 'Antworten', summary: 'Zusammenfassungen', title: 'Titel' },
    chart: { day: 'Die letzten 30 Tage', month: 'Die letzten 12 Monate' },
    account: 'Konto',
    allAccounts: 'Alle Konten',
    money: 'Art des Geldes',
    kinds: { usd: 'Dollar', play: 'Spielgeld' },
    spent: 'Ausgegeben',
    answers: 'Antworten',
    cost: 'Kosten',
    known: 'Bekannt als',
    labels: { reported: 'gemeldet', computed: 'berechnet', estimate: 'geschätzt' },
    table: 'Was ausgegeben wurde, als Tabelle',
    unpriced: (count) =>
      count === 1
        ? 'Von einer Antwort sind die Kosten nicht bekannt; die Summen lassen sie aus.'
        : `Von ${count} Antworten sind die Kosten nicht bekannt; die Summen lassen sie aus.`,
    agrees: (provider, since) => `Stimmt mit dem überein, was ${provider} seit ${since} genommen hat.`,
    unexplained: (provider, amount, since) =>
      `${provider} hat seit ${since} ${amount} genommen, die keine Antwort hier erklärt. Vielleicht nutzt ein anderes Programm dieselbe Geldbörse.`,
    unbilled: (amount) => `${amount} sind noch nicht berechnet.`,
    chooseToCompare: 'Wähle ein Konto, um dies mit dem zu vergleichen, was sein Anbieter genommen hat.',
    saved: (path) => `Gespeichert: ${path}`,
    nothing:
      'Noch wurde nichts ausgegeben. Jede Antwort steht hier mit ihren Kosten und damit, woher man sie kennt.',
    loading: 'Wird zusammengezählt',
    formerAccount: 'Ein entferntes Konto',
    formerConversation: 'Eine gelöschte Unterhaltung',
  },
} satisfies Translation;
