import type { Translation } from '../sentences';

export const library = {
  sidebar: {
    search: 'Alles durchsuchen',
    newConversation: 'Neue Unterhaltung',
    toggle: 'Seitenleiste ein- oder ausblenden',
    conversations: 'Unterhaltungen',
    empty: 'Was du fragst, steht dann hier, mit dem, was es gekostet hat.',
    streaming: 'Antwortet',
    loadFailed: 'Die Liste konnte nicht gelesen werden.',
  },

  shelf: {
    pinned: 'Angeheftet',
    open: 'Archiv und Papierkorb',
    archive: 'Archiv',
    bin: 'Papierkorb',
    archiveEmpty: 'Was du archivierst, verlässt die Liste und wird von der Suche weiter gefunden.',
    binEmpty: 'Der Papierkorb ist leer.',
    failed: 'Das konnte nicht gelesen werden.',
    messages: 'Einzelne Nachrichten',
    noWords: 'Ohne Worte',
    messageOf: (title, count) =>
      count === 1 ? `In „${title}“` : `${String(count)} Nachrichten in „${title}“`,
    unarchive: 'Zurück in die Liste',
    restore: 'Wiederherstellen',
    empty: 'Papierkorb leeren',
    emptyHint:
      'Löscht diese Unterhaltungen und einzeln gelöschte Nachrichten endgültig. Was sie gekostet haben, bleibt vermerkt.',
    emptySure: 'Endgültig löschen',
    cancel: 'Abbrechen',
    emptied: (conversations, messages) =>
      `Endgültig weg: ${conversations === 1 ? '1 Unterhaltung' : `${String(conversations)} Unterhaltungen`}, ${
        messages === 1 ? '1 Nachricht' : `${String(messages)} Nachrichten`
      }.`,
    copies: (count) =>
      count === 1
        ? 'Eine Sicherung kann ihre Wörter noch enthalten.'
        : `${String(count)} Sicherungen können ihre Wörter noch enthalten.`,
    purge: 'Auch alle Sicherungen entfernen',
    purged: 'Auch die Sicherungen sind weg.',
  },

  folder: {
    title: 'In einen Ordner legen',
    label: 'Ordner',
    hint: 'Ein neuer Name macht einen neuen Ordner. Leer gelassen, kommt die Unterhaltung heraus.',
    move: 'Verschieben',
  },

  search: {
    title: 'Alles durchsuchen',
    placeholder: 'Wörter, an die du dich erinnerst',
    hint: 'Nachrichten, in denen jedes Wort vorkommt, die neuesten zuerst. Wortanfänge genügen.',
    nothing: 'In keiner Nachricht kommen alle diese Wörter vor.',
    failed: 'Die Suche ist gescheitert.',
    account: 'Konto',
    anyAccount: 'Jedes Konto',
    model: 'Modell',
    anyModel: 'Jedes Modell',
    date: 'Wann',
    anyDate: 'Jederzeit',
    days: (days) => `Letzte ${String(days)} Tage`,
    order: 'Reihenfolge',
    newest: 'Neueste zuerst',
    best: 'Beste der letzten zuerst',
    hits: (count) => (count === 1 ? '1 Nachricht' : `${String(count)} Nachrichten`),
  },

  conversation: {
    untitled: 'Neue Unterhaltung',
    rename: 'Umbenennen',
    renameLabel: 'Titel dieser Unterhaltung',
    remove: 'Löschen',
    pin: 'Oben anheften',
    unpin: 'Nicht mehr anheften',
    folder: 'In einen Ordner legen …',
    archive: 'Archivieren',
    archived: (title) => `„${title}“ archiviert`,
    menu: 'Menü der Unterhaltung',
    cost: 'Diese Unterhaltung',
    deleted: (title) => `„${title}“ gelöscht`,
    undo: 'Rückgängig',
    transcript: 'Unterhaltung',
    you: 'Du',
    answer: 'Antwort',
    latest: 'Zum Ende springen',
    emptyTitle: 'Was möchtest du wissen?',
    emptyLead: 'Unter jeder Antwort steht ihr Preis, auf den Bruchteil eines Cents genau.',
    emptyLeadPlay: 'Du zahlst hier mit Spielgeld, also frag nur: Gezählt wird wie bei echtem.',
    opening: 'Wird geöffnet …',
  },
} satisfies Translation;
