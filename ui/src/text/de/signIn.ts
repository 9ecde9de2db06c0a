import type { Translation } from '../sentences';

export const signIn = {
  welcome: {
    title: 'Zahl, was du fragst',
    lead: 'Jedes Modell, bezahlt von deinem eigenen Konto, mit dem Preis unter jeder Antwort. Du meldest dich im Browser an, darum kommt weder ein Passwort noch eine Kartennummer in die Nähe dieses Programms.',
    addTitle: 'Konto hinzufügen',
    addLead: 'Jedes Konto hat seine eigene Geldbörse. Du bestimmst bei jeder Nachricht, wer zahlt.',
    playMoney: 'Mit Spielgeld ausprobieren',
    playMoneyHint: 'Eine Geldbörse zum Üben, die auf diesem Computer lebt.',
    wallet: 'oder mit eigenem, echtem Geld',
    signIn: (provider) => `Bei ${provider} anmelden`,
    other: 'Anderer Anbieter …',
    setUpFirst: 'braucht einmal eine Einrichtung',
    back: 'Zurück',
  },

  waiting: {
    title: 'Weiter geht es in deinem Browser',
    lead: (provider) =>
      `Dort ist die Anmeldeseite von ${provider} offen. Sobald du den Zugriff erlaubt hast, bist du wieder hier.`,
    failedTitle: 'Dein Browser ging nicht auf',
    failedLead: (provider) =>
      `Kopiere den Link, öffne ihn in einem Browser auf diesem Computer und melde dich bei ${provider} an. Danach bist du wieder hier.`,
    preparing: 'Die Anmeldeseite wird vorbereitet …',
    finishing: 'Was zurückkam, wird geprüft …',
    openAgain: 'Noch einmal öffnen',
    copyLink: 'Link kopieren',
    copied: 'Kopiert',
    paste: 'Adresse einfügen',
    pasteLabel: 'Adresse aus dem Browser',
    pasteHint:
      'Zeigt der Browser eine Fehlerseite bei 127.0.0.1, dann kopiere ihre ganze Adresse in dieses Feld.',
    pasteSubmit: 'Verwenden',
    cancel: 'Abbrechen',
    left: (time) => `noch ${time}`,
  },

  setup: {
    title: (provider) => `${provider} einrichten`,
    otherTitle: 'Anderen Anbieter einrichten',
    leadSecret: (provider) =>
      `${provider} gibt jedem angemeldeten Programm ein Geheimnis. In einem ausgelieferten Programm könnte es jeder lesen, darum meldest du dein eigenes an, und dein Schlüsselbund verwahrt es.`,
    leadPublic: (provider) =>
      `${provider} möchte wissen, welches Programm fragt. Melde dort einmal eines an; ein Geheimnis ist nicht nötig.`,
    leadOther:
      'Jeder Anbieter mit OpenID Connect und einer OpenAI-kompatiblen API ist geeignet. Seine Dokumentation nennt diese Werte.',
    create: (provider) => `Programm bei ${provider} anlegen`,
    createOther: 'Den Anbieter benennen',
    open: (host) => `${host} öffnen`,
    addresses: 'Diese Rücksprungadressen eintragen',
    addressAnyPort: 'Diese Rücksprungadresse eintragen',
    anyPort:
      'Wähle dort ein natives oder Desktop-Programm. Der Port wird jedes Mal neu gezogen, was solche Anbieter erlauben (RFC 8252, Abschnitt 7.3).',
    scopes: 'und diese Berechtigungen erlauben',
    unusableTitle: 'Einer dieser Werte ist nicht zu gebrauchen',
    unusableBody: 'Welcher, steht in den Einzelheiten. Gespeichert wurde nichts.',
    values: 'Eintragen, was dort steht',
    clientId: 'Client-ID',
    clientIdHint: 'Steht auf der Seite des Programms beim Anbieter.',
    secret: 'Client-Geheimnis',
    secretOptional: 'Client-Geheimnis, falls du eines bekommen hast',
    secretKept: 'Ein Geheimnis liegt im Schlüsselbund. Lass dieses Feld leer, um es zu behalten.',
    secretFromEnvironment: 'Ein Geheimnis kommt aus der Umgebung dieses Computers.',
    secretPromise: 'Geht geradewegs in deinen Schlüsselbund. Dieses Fenster vergisst es.',
    fromEnvironment: 'Von der Umgebung dieses Computers gesetzt.',
    fromBuild: 'Kam mit diesem Tuppence.',
    fromSetUp: 'Was du vorher eingetragen hast.',
    name: 'Name',
    nameHint: 'Wie du ihn hier nennen willst.',
    issuer: 'Adresse des Ausstellers',
    issuerHint: 'Wo man sich anmeldet, zum Beispiel https://login.example.org',
    apiBase: 'Adresse der API',
    apiBaseHint: 'Zum Beispiel https://api.example.org/v1',
    scopesField: 'Berechtigungen',
    scopesFieldHint: 'Durch Leerzeichen getrennt. openid und profile sind üblich.',
    show: 'Geheimnis zeigen',
    hide: 'Geheimnis verbergen',
    submit: 'Sichern und anmelden',
    saving: 'Wird gesichert …',
  },
} satisfies Translation;
