import type { Translation } from '../sentences';

/** Dateien, Anweisungen, Unterhaltungen hinaus und herein. */
export const compose = {
  attachments: {
    label: 'Angehängte Dateien',
    add: 'Dateien anhängen',
    limits: 'Bilder und PDF bis 20 MB, Text und Quelltext bis 1 MB',
    adding: (name) => `${name} wird vorbereitet …`,
    remove: (name) => `${name} entfernen`,
    about: ({ kind, size, pages }) => {
      const kilobytes = `${String(Math.max(1, Math.round(size / 1024)))} KB`;
      if (kind === 'image') return `Bild · ${kilobytes}`;
      if (kind === 'pdf')
        return `PDF · ${String(pages ?? 0)} ${pages === 1 ? 'Seite' : 'Seiten'} · ${kilobytes} Text`;
      return `Text · ${kilobytes}`;
    },
    drop: 'Dateien zum Anhängen hier ablegen',
    dropHint: 'Dateien mit Unterhaltungen werden importiert.',
  },

  instructions: {
    menu: 'Anweisungen …',
    title: 'Anweisungen für diese Unterhaltung',
    label: 'Was das Modell wissen oder beachten soll',
    hint: 'Geht ab jetzt jeder Nachricht voraus und wird mit ihr bezahlt. {{date}} wird zum Datum.',
    temperature: 'Temperatur',
    temperatureHint: '0 bis 2',
    topP: 'Top P',
    topPHint: '0 bis 1',
    maxTokens: 'Längste Antwort',
    maxTokensHint: 'in Token',
    byProvider: 'vom Anbieter',
    cancel: 'Abbrechen',
    keep: 'Behalten',
    kept: 'Behalten. Es gilt ab der nächsten Nachricht.',
  },

  exchange: {
    menu: 'Exportieren …',
    title: 'Diese Unterhaltung exportieren',
    section: 'Import und Export',
    import: 'Unterhaltungen importieren',
    importing: 'Wird importiert …',
    importLead:
      'Nimmt Tuppences eigene JSON- und ZIP-Dateien und die Datenexporte von ChatGPT und Claude: die ZIP-Datei oder ihre conversations.json. Du kannst so eine Datei auch auf das Fenster ziehen.',
    exportLead: 'Alle Unterhaltungen in einer Datei:',
    save: 'Sichern',
    saveAs: (name) => `Als ${name} sichern`,
    formats: {
      markdown: { name: 'Markdown', about: 'Was gesagt wurde, als Text.' },
      html: { name: 'Webseite', about: 'Für jeden Browser; eine Datei, nichts wird geladen.' },
      json: {
        name: 'JSON',
        about: 'Alles, mit allen Fassungen, Kosten und Dateien. Kann wieder importiert werden.',
      },
    },
    archive: 'Als eine ZIP-Datei, mit den angehängten Dateien',
    archiveHint: 'Eine Seite je Unterhaltung, und alles noch einmal so, dass es importiert werden kann.',
    deleted: 'Auch Gelöschtes',
    deletedHint:
      'Nachrichten und Unterhaltungen, die noch nicht mit dem Papierkorb gegangen sind. JSON- und ZIP-Dateien enthalten sie, als gelöscht; so kommen sie beim Import auch wieder.',
    exported: (count, path) =>
      count === 1 ? `Gesichert in ${path}` : `${String(count)} Unterhaltungen gesichert in ${path}`,
    imported: ({ added, alreadyHere, leftOut }) => {
      const parts = [`${String(added)} ${added === 1 ? 'Unterhaltung' : 'Unterhaltungen'} importiert`];
      if (alreadyHere > 0) parts.push(`${String(alreadyHere)} schon da`);
      if (leftOut > 0) parts.push(`${String(leftOut)} leer oder unlesbar`);
      return parts.join(', ');
    },
  },
} satisfies Pick<Translation, 'attachments' | 'instructions' | 'exchange'>;
