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

  search: {
    title: 'Alles durchsuchen',
    placeholder: 'Wörter, an die du dich erinnerst',
    hint: 'Nachrichten, in denen jedes Wort vorkommt, die neuesten zuerst. Wortanfänge genügen.',
    nothing: 'In keiner Nachricht kommen alle diese Wörter vor.',
    failed: 'Die Suche ist gescheitert.',
    hits: (count) => (count === 1 ? '1 Nachricht' : `${String(count)} Nachrichten`),
  },

  conversation: {
    untitled: 'Neue Unterhaltung',
    rename: 'Umbenennen',
    renameLabel: 'Titel dieser Unterhaltung',
    remove: 'Löschen',
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
