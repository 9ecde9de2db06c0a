import type { Translation } from '../sentences';

/** Was ein Dokument sagt, das nichts dazu sagt. */
const nothing = 'nichts';

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

  device: {
    offer: 'Auf einem anderen Gerät anmelden',
    title: 'Auf deinem anderen Gerät',
    lead: (provider) =>
      `Öffne diese Seite von ${provider} auf deinem Telefon oder einem anderen Computer und gib dort den Code ein. Dieses Fenster geht von selbst weiter.`,
    address: 'Adresse',
    code: 'Code',
    copyCode: 'Code kopieren',
    open: 'Im Browser öffnen',
    picture: 'Dieselbe Adresse als QR-Code',
    hint: 'Gib ihn selbst ein: Wer dort zustimmt, ist danach hier angemeldet.',
    hintPicture:
      'Eine Kamera, auf die Kästchen gerichtet, öffnet die Seite mit dem Code darin. Wer dort zustimmt, ist danach hier angemeldet.',
    back: 'Den Browser auf diesem Computer verwenden',
  },

  ports: {
    label: 'Ports, an die er zurückschickt',
    any: 'Jeder Port',
    fixed: 'Nur diese',
    list: 'Ports dieses Computers',
    listHint: 'Von 1024 bis 65535, durch Kommas getrennt; sie werden in dieser Reihenfolge versucht.',
    fault: 'Diese Ports sind nicht zu gebrauchen: Zahlen von 1024 bis 65535, jede einmal, höchstens zehn.',
    fixedHint:
      'Trage dort jede ein. Sie sind für einen Anbieter, der Adressen Zeichen für Zeichen vergleicht.',
  },

  check: {
    compare: 'Mit dem vergleichen, was er veröffentlicht',
    checking: 'Sein Discovery-Dokument wird gelesen …',
    same: 'Sein Discovery-Dokument sagt dasselbe wie diese Einrichtung.',
    none: 'Er veröffentlicht kein brauchbares Discovery-Dokument. Er braucht keines: Diese Einrichtung hat, was eine Anmeldung braucht.',
    title: (count) =>
      count === 1
        ? 'Sein Discovery-Dokument weicht in einem Punkt von dieser Einrichtung ab'
        : `Sein Discovery-Dokument weicht in ${count} Punkten von dieser Einrichtung ab`,
    differs: {
      issuer: ({ ours, theirs }) => `Er heißt hier ${ours} und nennt sich selbst ${theirs ?? nothing}.`,
      authorizationEndpoint: ({ ours, theirs }) =>
        `Der Authorization-Endpunkt ist hier ${ours} und dort ${theirs ?? nothing}.`,
      tokenEndpoint: ({ ours, theirs }) =>
        `Der Token-Endpunkt ist hier ${ours} und dort ${theirs ?? nothing}.`,
      userinfoEndpoint: ({ ours, theirs }) =>
        `Der Userinfo-Endpunkt ist hier ${ours} und dort ${theirs ?? nothing}.`,
      revocationEndpoint: ({ ours, theirs }) =>
        `Der Revocation-Endpunkt ist hier ${ours} und dort ${theirs ?? nothing}.`,
      scope: ({ ours, theirs }) =>
        `Die Berechtigung ${ours} wird hier verlangt; dort stehen ${theirs ?? nothing}.`,
      codeChallengeMethod: ({ ours, theirs }) =>
        `PKCE geschieht hier immer mit ${ours}; dort steht ${theirs ?? nothing}.`,
    },
    holds:
      'Es gilt, was hier eingerichtet ist. Ändere es, wenn du dem Dokument mehr traust, oder frage den Anbieter.',
    goOn: 'Trotzdem anmelden',
  },

  sources: {
    title: 'Verwendete Werte, und woher jeder kommt',
    what: 'Was',
    value: 'Wert',
    from: 'Kommt von',
    redirect: 'Rücksprungadressen',
    hidden: 'bleibt geheim',
    names: {
      none: 'nicht gesetzt',
      builtIn: 'Tuppence selbst',
      environment: 'der Umgebung dieses Computers',
      setUp: 'deiner Eingabe',
    },
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
    plain: 'Er hat keine Discovery: Ich trage die Endpunkte ein',
    authorizationEndpoint: 'Authorization-Endpunkt',
    tokenEndpoint: 'Token-Endpunkt',
    userinfoEndpoint: 'Userinfo-Endpunkt, falls vorhanden',
    register: 'Für mich anmelden',
    registerLead: (provider) =>
      `Mit einem Entwicklerschlüssel von dir bei ${provider} meldet sich Tuppence dort selbst an, mit den Adressen und Berechtigungen unten, und legt, was es bekommt, in deinen Schlüsselbund.`,
    developerKey: 'Entwicklerschlüssel',
    developerKeyHint: 'Nur für diesen einen Aufruf; er wird nirgends behalten.',
    registerSubmit: 'Programm und mich anmelden',
    registering: 'Wird angemeldet …',
    removeProvider: 'Diesen Anbieter entfernen',
    removeSetup: 'Diese Einrichtung vergessen',
    removeHint:
      'Sein Geheimnis verlässt deinen Schlüsselbund. Konten, die ihn brauchen, müssen vorher abgemeldet sein.',
    faults: {
      name: 'Ein Name fehlt.',
      issuer: 'Das ist kein brauchbarer Aussteller.',
      authorizationEndpoint: 'Das ist keine brauchbare Adresse.',
      tokenEndpoint: 'Das ist keine brauchbare Adresse.',
      userinfoEndpoint: 'Das ist keine brauchbare Adresse.',
      apiBase: 'Das ist keine brauchbare Adresse.',
      clientId: 'Der Anbieter kennt diese Client-ID nicht, oder das Geheimnis gehört nicht zu ihr.',
      clientSecret: 'Der Anbieter lehnt dieses Geheimnis ab.',
      scopes: 'Der Anbieter lehnt eine dieser Berechtigungen ab.',
      redirectUri: 'Der Anbieter kennt diese Rücksprungadresse nicht.',
      developerKey: 'Der Anbieter lehnt diesen Schlüssel ab.',
    },
    submit: 'Sichern und anmelden',
    saving: 'Wird gesichert …',
  },

  keyTerms: {
    lead: (provider) =>
      `${provider} gibt diesem Programm einen Schlüssel, der dein Guthaben ausgeben kann. Sag, wie viel und wie lange; ein leeres Feld heißt: ohne diese Grenze.`,
    limit: 'Er darf höchstens ausgeben, in Dollar',
    limitHint: 'Zum Beispiel 5 oder 0,50. Das ist eine Grenze des Schlüssels, nicht dein Guthaben.',
    limitFault: 'Ein Betrag über null mit höchstens sechs Nachkommastellen.',
    resets: 'Die Grenze beginnt neu',
    reset: {
      never: 'Nie',
      daily: 'Jeden Tag',
      weekly: 'Jede Woche',
      monthly: 'Jeden Monat',
      otherwise: 'Anders',
    },
    days: 'Er endet nach so vielen Tagen',
    daysHint: 'Auf der Seite des Anbieters kannst du ihn jederzeit löschen.',
    daysFault: 'Eine Anzahl Tage von 1 bis 3650.',
    page: (provider) =>
      `Auf der Seite von ${provider} lässt sich das womöglich ändern. Was am Ende gewährt wurde, steht hier als Grenze des Schlüssels.`,
  },
} satisfies Translation;
