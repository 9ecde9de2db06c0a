import type { Translation } from '../sentences';

export const common = {
  app: 'Tuppence',

  storage: {
    readOnly: 'In den Datenordner kann nicht geschrieben werden. Lesen geht, Neues wird nicht behalten.',
    newerVersion:
      'Deine Unterhaltungen stammen von einer neueren Version von Tuppence. Du kannst sie lesen, aber nicht ändern.',
    damaged:
      'Die Datei mit deinen Daten war beschädigt, und es gab keine Sicherung. Sie liegt beiseite, eine neue ist in Gebrauch.',
    restored:
      'Die Datei mit deinen Daten war beschädigt. Sie liegt beiseite, die letzte gute Sicherung ist in Gebrauch: was danach kam, fehlt.',
  },

  errorCard: {
    details: 'Einzelheiten',
    copy: 'Einzelheiten kopieren',
    copied: 'Kopiert',
    wait: (time) => `Erneut versuchen in ${time}`,
    dismiss: 'Ausblenden',
    reference: 'Vorgang',
  },

  start: {
    failed: 'Tuppence konnte nicht richtig starten',
    retry: 'Erneut versuchen',
  },

  labels: { reported: 'gemeldet', computed: 'berechnet', estimate: 'geschätzt' },

  labelHints: {
    reported: 'So hat es der Anbieter gemeldet.',
    computed: 'Aus Tokens und Preisen berechnet.',
    estimate: 'Aus dem geschätzt, was bisher bekannt ist.',
  },

  play: 'Spielgeld',
  playHint: 'Spielgeld: Es bezahlt nichts Echtes und zählt in keiner Dollarsumme.',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
} satisfies Translation;
