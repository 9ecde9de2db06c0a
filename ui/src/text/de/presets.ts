import type { Translation } from '../sentences';

export const presets = {
  presets: {
    title: 'Vorlagen',
    lead: 'Anweisungen, Modell und Parameter, mit denen Unterhaltungen beginnen.',
    none: 'Es gibt noch keine Vorlage. Lege hier eine an, oder sichere die Anweisungen einer Unterhaltung als Vorlage.',
    button: 'Vorlage',
    without: 'Ohne Vorlage',
    manage: 'Vorlagen…',
    new: 'Neue Vorlage',
    edit: (name) => `${name} bearbeiten`,
    remove: (name) => `${name} löschen`,
    deleted: (name) => `„${name}“ gelöscht`,
    name: 'Name',
    nameTaken: 'Eine andere Vorlage heißt schon so.',
    instructions: 'Anweisungen',
    instructionsHint:
      'Was in doppelten Klammern steht, etwa {{Sprache}}, wird zu Beginn einer Unterhaltung erfragt. {{date}} wird zum Tag.',
    asks: (names) => `Fragt nach: ${names}`,
    model: 'Modell',
    anyModel: 'Das für neue Unterhaltungen gewählte',
    keep: 'Sichern',
    back: 'Zurück',
    kept: 'Vorlage gesichert',
    saveAs: 'Als Vorlage sichern…',
    default: 'Neue Unterhaltungen beginnen mit',
    defaultHint: 'Neben der Nachricht lässt sich eine andere wählen.',
    fill: (preset) => `${preset} fragt:`,
    open: 'Vorlagen verwalten',
  },
} satisfies Translation;
