import type { Translation } from '../sentences';

export const settings = {
  settings: {
    title: 'Einstellungen',
    theme: 'Farben',
    themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
    version: (version) => `Tuppence ${version}`,
    done: 'Fertig',
  },

  shortcuts: {
    title: 'Tastenkürzel',
    newConversation: 'Neue Unterhaltung',
    search: 'Alles durchsuchen',
    model: 'Modell wählen',
    send: 'Senden',
    newLine: 'Neue Zeile',
    stop: 'Antwort anhalten, Offenes schließen',
    edit: 'Letzte Nachricht bearbeiten (bei leerem Eingabefeld)',
    sidebar: 'Seitenleiste ein- oder ausblenden',
    settings: 'Einstellungen',
    sheet: 'Diese Übersicht',
  },
} satisfies Translation;
