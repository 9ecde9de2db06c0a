import type { Translation } from '../sentences';

export const composer = {
  composer: {
    placeholder: 'Nachricht schreiben',
    label: 'Nachricht',
    send: 'Senden',
    stop: 'Anhalten',
    youPay: 'Du zahlst',
    payer: 'Wer zahlt',
    model: 'Modell',
    modelSearch: 'Modell suchen',
    noModels: 'Kein Modell passt',
    noModelsShort: 'Keine Modelle',
    noPrice: 'Preis unbekannt',
    perMillion: 'Preise je Million Tokens',
    context: (size) => `${size} Kontext`,
    modelsLoading: 'Modelle werden geladen …',
    modelsFailed: 'Die Modelle konnten nicht abgerufen werden.',
    chooseModel: 'Modell wählen',
    order: 'Reihenfolge',
    orders: {
      listed: 'wie beim Anbieter',
      name: 'nach Namen',
      price: 'nach Preis',
      message: 'danach, was diese Nachricht kostet',
    },
    upTo: (amount) => `diese Nachricht: bis ${amount}`,
    more: (count) => `${count} weitere: weiterblättern oder suchen`,
  },
} satisfies Translation;
