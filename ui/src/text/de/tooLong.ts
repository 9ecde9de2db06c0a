import type { Translation } from '../sentences';

export const tooLong = {
  tooLong: {
    title: 'Zu lang für dieses Modell',
    lead: (model, tokens, window) =>
      `Mit deiner Nachricht sind das etwa ${tokens} Tokens; ${model} nimmt ${window}, die Antwort mitgezählt.`,
    leadUnknown: (model, tokens) =>
      `Mit deiner Nachricht sind das etwa ${tokens} Tokens, mehr als ${model} nimmt.`,
    choose: 'Was soll gesendet werden?',
    recent: 'Das Älteste weglassen',
    recentAbout: (sent, all, tokens) =>
      `Die letzten ${String(sent)} von ${String(all)} Nachrichten, etwa ${tokens} Tokens.`,
    summary: 'Den Anfang zusammenfassen',
    summaryAbout: (model, covers, rest) =>
      `${model} fasst die ersten ${String(covers)} Nachrichten zusammen; das wird bezahlt wie eine Antwort. Gesendet werden die Zusammenfassung und die letzten ${String(rest)} Nachrichten.`,
    summaryCost: (range) => `${range} für die Zusammenfassung`,
    model: (model) => `${model} fragen`,
    modelAbout: (tokens) => `Es nimmt alles, etwa ${tokens} Tokens.`,
    otherModel: 'Ein anderes Modell wählen',
    each: (range) => `${range} für die Antwort`,
    range: (low, high) => `${low} – ${high}`,
    unpriced: 'Der Preis ist nicht bekannt',
    nothingFits:
      'Schon deine letzten Worte sind mehr, als es nimmt. Kürze sie, oder wähle ein anderes Modell.',
    stays:
      'Nichts wird gelöscht. Die Wahl gilt für diese Unterhaltung, bis du sie in ihren Anweisungen änderst.',
    cancel: 'Abbrechen',
    send: 'Senden',
    sendRecent: 'Weglassen und senden',
    sendSummary: 'Zusammenfassen und senden',
    summarising: 'Wird zusammengefasst…',
    stop: 'Anhalten',
    stopped:
      'Die Zusammenfassung wurde angehalten; was bis dahin geschrieben war, ist bezahlt. Gesendet wurde nichts.',
    reading: 'Wird gezählt…',
    failed: 'Das ließ sich nicht zählen.',
    notice: {
      recent: 'Nur die neuesten Nachrichten, die passen, werden gesendet.',
      summary: 'Statt des Anfangs wird eine Zusammenfassung gesendet.',
    },
    change: 'Ändern',
    rule: 'Was von dieser Unterhaltung gesendet wird',
    rules: {
      whole: 'Alles',
      recent: 'Die neuesten Nachrichten, die passen',
      summary: 'Eine Zusammenfassung, und was ihr folgt',
    },
    ruleHint: 'Was nicht passt, wird vor dem Senden gefragt.',
  },
} satisfies Translation;
