import type { Translation } from '../sentences';

export const accounts = {
  account: {
    menu: 'Konto',
    pays: 'Zahlt für neue Nachrichten',
    add: 'Konto hinzufügen …',
    topUp: 'Guthaben aufladen …',
    refresh: 'Guthaben prüfen',
    signOut: 'Abmelden',
    signOutBrowser: 'Hier und im Browser abmelden',
    signOutKey: (provider) => `Abmelden und den Schlüssel bei ${provider} löschen …`,
    keyStays: (provider) =>
      `Beim Abmelden wird der Schlüssel hier vergessen. Er gilt, bis du ihn bei ${provider} löschst.`,
    signOutStays: 'Unterhaltungen, Kosten und der Name des Kontos bleiben hier.',
    remove: 'Dieses Konto entfernen …',
    settings: 'Einstellungen …',
    shortcuts: 'Tastenkürzel',
    stale: 'zuletzt bekannt',
    refreshed: 'Das Guthaben ist aktuell',
    signedInAs: (name, provider) =>
      `Angemeldet als ${name} bei ${provider}. Neue Unterhaltungen zahlt dieses Konto.`,
    notMe: 'Das bin ich nicht',
    right: 'Das bin ich',
  },

  signedOut: {
    title: 'Auf diesem Computer abgemeldet',
    signIn: 'Wieder anmelden',
    signInAs: (name, provider) => `Wieder als ${name} bei ${provider} anmelden`,
    remove: (name) => `${name} von diesem Gerät entfernen`,
    hint: 'Nur der Name ist noch da. Gesagtes und Bezahltes gehört nach der Anmeldung wieder dazu.',
  },

  payerQuestion: {
    title: (name) => `Soll ab hier ${name} zahlen?`,
    body: (provider) =>
      `Die Unterhaltung geht dann bei ${provider} weiter; dort wird gelesen, was bisher gesagt wurde. Bezahltes bleibt bezahlt.`,
    keep: 'So lassen',
    change: 'Konto wechseln',
  },

  banner: {
    reauth: (provider) =>
      `${provider} möchte, dass du dich neu anmeldest. Unterhaltungen und Entwürfe sind sicher.`,
    signIn: 'Neu anmelden',
    keychain: 'Dein Schlüsselbund ist nicht lesbar, darum kann dieses Konto gerade nicht zahlen.',
    keychainHint:
      'Entsperre ihn und versuche es erneut, oder melde dich bis zum Beenden an: Dann wird auf diesem Computer nichts gespeichert.',
    tryAgain: 'Erneut versuchen',
    sessionOnly: 'Bis zum Beenden anmelden',
    sessionOnlyActive: 'Du bist bis zum Beenden angemeldet. Auf diesem Computer wird nichts gespeichert.',
    details: 'Einzelheiten',
    watching: (age) => `Wartet auf dein Guthaben. Zuletzt geprüft: ${age}.`,
    watchingBlind: 'Wartet auf dein Guthaben.',
    check: 'Jetzt prüfen',
    goesOn: 'Deine Nachricht geht dann von selbst weiter, ein einziges Mal.',
    stay: 'Ich sende sie selbst',
    risen: (balance) => `Dein Guthaben beträgt jetzt ${balance}.`,
  },
} satisfies Translation;
