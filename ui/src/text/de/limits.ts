import type { Translation } from '../sentences';

export const limits = {
  limits: {
    title: 'Ausgabengrenzen',
    section: 'Ausgaben',
    short: 'Was eine Antwort, eine Unterhaltung, ein Tag, ein Monat oder ein Konto höchstens kosten darf.',
    open: 'Ausgabengrenzen …',
    lead: 'Keine Antwort überschreitet sie, weder hier noch im Terminal noch in mehreren zugleich. Ein leeres Feld heißt: keine Grenze.',
    none: 'keine Grenze',
    noAmount: 'Das ist kein Betrag. Schreib ihn wie 2,50.',
    kinds: { usd: 'Dollar', play: 'Spielgeld' },
    fields: {
      message: 'Eine Antwort',
      conversation: 'Eine Unterhaltung',
      day: 'Ein Tag',
      month: 'Ein Monat',
    },
    accounts: 'Jedes Konto, im Monat',
    counted: (amount) => `bisher ${amount} gezählt`,
    unpriced:
      'Auch Modelle verwenden, deren Preis nicht bekannt ist. Für sie können Grenzen nicht einstehen.',
    resets: (day, month) => `Ein neuer Tag beginnt in ${day}, ein neuer Monat in ${month}.`,
    reckoning:
      'Grenzen zählen, was ein Anbieter als berechnet angibt, und wo er nichts sagt, das Höchste, was es gewesen sein kann.',
    asked: 'Bevor eine Grenze angehoben wird, fragt ein Dialog deines Systems.',
    loading: 'Deine Grenzen werden gelesen …',
    names: {
      message: 'für eine Antwort',
      conversation: 'für diese Unterhaltung',
      day: 'für heute',
      month: 'für diesen Monat',
      account: 'für dieses Konto in diesem Monat',
    },
    reached: (amount, name, counted) =>
      `Du hast ${amount} ${name} erlaubt; ${counted} sind ausgegeben oder für laufende Antworten zurückgelegt.`,
    resetsIn: (wait) => `Sie beginnt in ${wait} von vorn.`,
    lowered: (tokens, why) => `Höchstens ${tokens} Tokens: ${why} lässt nicht mehr zu.`,
    shorter: (tokens) => `Höchstens ${tokens} Tokens: eine kürzere Antwort, wie du wolltest.`,
    loweredBy: {
      wallet: 'dein Guthaben',
      message: 'deine Grenze für eine Antwort',
      conversation: 'deine Grenze für diese Unterhaltung',
      day: 'deine Grenze für heute',
      month: 'deine Grenze für diesen Monat',
      account: 'deine Grenze für dieses Konto',
    },
    estimate: (low, high) => `etwa ${low} bis ${high}`,
    estimateHint:
      'Eine Schätzung für diese Nachricht samt allem, was mitgeschickt wird: von einer kurzen Antwort bis zu einer langen, so wie Antworten hier bisher waren.',
  },
} satisfies Translation;
