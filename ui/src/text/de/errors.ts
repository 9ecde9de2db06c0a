import type { Translation } from '../sentences';

const theModel = (model: string | null): string => model ?? 'Dieses Modell';

export const errors = {
  actions: {
    retry: 'Erneut versuchen',
    'allow-access': 'Zugriff erlauben',
    'sign-in': 'Neu anmelden',
    'manage-key': 'Obergrenze anheben',
    'set-up': 'Einrichtung öffnen',
    'session-only': 'Bis zum Beenden angemeldet bleiben',
    'play-money': 'Spielgeld verwenden',
    'top-up': 'Guthaben aufladen',
    'shorter-answer': 'Kürzer antworten lassen',
    'choose-model': 'Anderes Modell wählen',
    'switch-account': 'Von anderem Konto zahlen',
    continue: 'Antwort fortsetzen',
    limits: 'Grenze ändern',
    'choose-context': 'Wählen, was gesendet wird',
    'new-conversation': 'Neue Unterhaltung',
  },

  errors: {
    accessDenied: {
      title: ({ provider }) => `Du hast bei ${provider} abgelehnt`,
      body: () =>
        'Nichts wurde geteilt und niemand ist angemeldet. Du kannst es dir jederzeit anders überlegen.',
    },
    signInTimedOut: {
      title: () => 'Aus dem Browser kam niemand zurück',
      body: ({ provider }) =>
        `Die Anmeldeseite von ${provider} war zu lange offen, darum wurde dieser Versuch beendet. Beginne einen neuen, wenn du so weit bist.`,
    },
    browserUnavailable: {
      title: () => 'Dein Browser ging nicht auf',
      body: () =>
        'Kein Programm auf diesem Computer hat den Link angenommen. Lege in den Systemeinstellungen einen Standardbrowser fest, oder beginne neu und kopiere den Link.',
    },
    redirectPortUnavailable: {
      title: () => 'Ein anderes Programm ist im Weg',
      body: ({ provider }) =>
        `${provider} schickt dich an einen von fünf festen Ports auf diesem Computer zurück, und alle sind belegt. Beende das andere Programm oder starte den Computer neu und versuche es erneut.`,
    },
    launchAddressReused: {
      title: () => 'Diese Anmeldung wurde vorsorglich gestoppt',
      body: () =>
        'Ihre Startadresse wurde zweimal geöffnet, und nur einmal davon von diesem Fenster. Vielleicht war jemand anders auf diesem Computer schneller. Niemand wurde angemeldet.',
    },
    redirectInvalid: {
      title: () => 'Diese Adresse gehört nicht zu dieser Anmeldung',
      body: () =>
        'Kopiere die ganze Adresse aus dem Browser, nachdem du den Zugriff erlaubt hast. Sie beginnt mit http://127.0.0.1 und gilt nur für einen Versuch.',
    },
    otherAccount: {
      title: () => 'Jemand anderes kam zurück',
      body: ({ provider }) =>
        `Im Browser ist bei ${provider} jemand anderes angemeldet, als zu diesem Konto gehört. Nichts wurde geändert. Melde dich dort zuerst ab, oder melde dich als dieselbe Person an.`,
    },
    deviceSignInUnsupported: {
      title: ({ provider }) => `${provider} bietet keine Anmeldung auf einem anderen Gerät`,
      body: () =>
        'Melde dich mit dem Browser an. Auf einem anderen Computer kopierst du den Link und fügst die Adresse hier wieder ein.',
    },
    deviceCodeExpired: {
      title: () => 'Der Code ist abgelaufen',
      body: ({ provider }) =>
        `Niemand hat ihn rechtzeitig bei ${provider} eingegeben, und niemand ist angemeldet. Ein neuer Versuch gibt einen neuen.`,
    },
    clockSkewed: {
      title: () => 'Die Uhr dieses Computers geht falsch',
      body: ({ provider }) =>
        `Sie weicht mehr als fünf Minuten von der Zeit bei ${provider} ab, darum lässt sich die Anmeldung nicht prüfen. Stelle die Uhr und versuche es erneut.`,
    },
    providerUntrusted: {
      title: ({ provider }) => `${provider} konnte sich nicht ausweisen`,
      body: () =>
        'Die Antwort war nicht so unterschrieben, ausgestellt oder adressiert, wie es sein muss, und wurde verworfen. Prüfe dein Netz und die Uhr dieses Computers, bevor du es erneut versuchst.',
    },
    registrationRejected: {
      title: ({ provider }) => `${provider} erkennt die Anmeldung dieses Programms nicht an`,
      body: () =>
        'Die Client-ID, das Geheimnis oder eine Rücksprungadresse weicht von dem ab, was dort eingetragen ist. Vergleiche sie in der Einrichtung.',
    },
    setupIncomplete: {
      title: ({ provider }) => `${provider} braucht erst eine Einrichtung`,
      body: () => 'Dort musst du ein eigenes Programm anmelden. Die Einrichtung zeigt, was wohin gehört.',
    },
    networkOffline: {
      title: () => 'Du scheinst offline zu sein',
      body: ({ provider }) =>
        `${provider} war nicht zu erreichen. Deine Worte bleiben; versuche es erneut, wenn das Netz wieder da ist.`,
    },
    providerUnavailable: {
      title: ({ provider }) => `${provider} antwortet nicht richtig`,
      body: () => 'Der Fehler liegt dort und vergeht meist von selbst. Deine Worte bleiben.',
    },
    reauthRequired: {
      title: ({ provider }) => `${provider} möchte, dass du dich neu anmeldest`,
      body: () => 'Deine Sitzung dort ist zu Ende. Unterhaltungen und Entwürfe bleiben, wo sie sind.',
    },
    keychainLocked: {
      title: () => 'Dein Schlüsselbund ist gesperrt',
      body: () =>
        'Darin liegt die Anmeldung. Entsperre ihn und versuche es erneut, oder bleib nur bis zum Beenden angemeldet: Dann wird auf diesem Computer nichts gespeichert.',
    },
    keychainUnavailable: {
      title: () => 'Dieser Computer hat keinen Schlüsselbund',
      body: () =>
        'Tuppence schreibt eine Anmeldung nie in eine offene Datei. Starte einen Schlüsselbunddienst, oder bleib nur bis zum Beenden angemeldet: Dann wird auf diesem Computer nichts gespeichert.',
    },
    insufficientScope: {
      title: () => 'Eine Berechtigung fehlt',
      body: ({ provider }) =>
        `Was du bei ${provider} erlaubt hast, reicht dafür nicht. Erlaube es dort, und dieselbe Nachricht geht weiter. Ohne das bleibt alles andere, wie es war.`,
    },
    insufficientBalance: {
      title: ({ provider }) => `Deine Geldbörse bei ${provider} ist leer`,
      body: () =>
        'Lade Guthaben auf, und dieselbe Nachricht geht von selbst weiter, sobald es da ist. Neu tippen musst du nichts.',
    },
    reservationTooLarge: {
      title: () => 'Für den teuersten Fall reicht dein Guthaben nicht',
      body: ({ provider }) =>
        `${provider} legt vorab zurück, was diese Antwort höchstens kosten könnte, und das ist mehr, als du hast. Etwas Guthaben, eine kürzere Antwort oder ein günstigeres Modell hilft.`,
    },
    allowanceUsedUp: {
      title: ({ provider }) => `Dein Tarif bei ${provider} ist vorerst aufgebraucht`,
      body: () =>
        'Er füllt sich von selbst wieder. Bis dahin ist vielleicht ein anderes Modell enthalten, oder ein anderes Konto zahlt.',
    },
    keyCapReached: {
      title: () => 'Dieses Programm hat ausgegeben, was du ihm erlaubt hast',
      body: ({ provider }) =>
        `Du hast bei ${provider} eine Obergrenze für den Schlüssel dieses Programms gesetzt, und sie ist erreicht. Dein Guthaben dort kann größer sein.`,
    },
    notYourWallet: {
      title: ({ model }) => `${theModel(model)} ist nicht bezahlt`,
      body: () =>
        'Wer es betreibt, hat kein Geld mehr, nicht du: Aufladen hilft hier nicht. Wähle ein anderes.',
    },
    limitReached: {
      title: () => 'Eine Grenze, die du gesetzt hast, ist erreicht',
      body: () =>
        'Nichts wurde gesendet oder berechnet. Deine Worte sind aufgehoben: Frag ein günstigeres Modell, warte, bis die Grenze von vorn beginnt, oder ändere sie.',
    },
    priceUnknown: {
      title: ({ model }) => `${theModel(model)} hat keinen Preis, für den deine Grenzen einstehen könnten`,
      body: () =>
        'Nichts wurde gesendet. Wähle ein Modell mit bekanntem Preis, oder erlaube solche Modelle bei deinen Grenzen.',
    },
    confirmationNeeded: {
      title: () => 'Das hebt eine deiner Grenzen an',
      body: () =>
        'Eine Grenze steigt nur, wenn du es in den Einstellungen bestätigst. Nichts wurde geändert.',
    },
    modelNotIncluded: {
      title: ({ model }) => `${theModel(model)} gehört nicht zu deinem Tarif`,
      body: ({ provider }) =>
        `${provider} verlangt einen anderen Tarif oder Geld in deiner Geldbörse, bevor dieses Modell antwortet.`,
    },
    modelUnavailable: {
      title: ({ model }) => `${theModel(model)} ist nicht verfügbar`,
      body: ({ provider }) => `${provider} bietet es nicht mehr an, oder gerade nicht.`,
    },
    rateLimited: {
      title: () => 'Zu viele Anfragen auf einmal',
      body: ({ provider }) => `${provider} bittet um eine kurze Pause. Deine Worte bleiben.`,
    },
    atCapacity: {
      title: ({ model }) => `${theModel(model)} ist ausgelastet`,
      body: ({ provider }) =>
        `Alle Maschinen dafür bei ${provider} sind belegt. Oft klappt es etwas später oder mit einem anderen Modell.`,
    },
    requestRejected: {
      title: ({ provider }) => `${provider} hat diese Nachricht nicht angenommen`,
      body: () =>
        'Etwas darin wird dort nicht angenommen. Ein anderes Modell nimmt sie vielleicht; berechnet wurde nichts.',
    },
    conversationTooLong: {
      title: ({ model }) => `Die Unterhaltung ist zu lang für ${model ?? 'dieses Modell'}`,
      body: () =>
        'Du wählst, was davon gesendet wird, oder machst mit einem Modell weiter, das mehr liest. Alles bleibt hier.',
    },
    contentRefused: {
      title: ({ provider }) => `${provider} beantwortet das nicht`,
      body: () =>
        'Die Regeln dort verbieten etwas, das hier steht oder in der Antwort stünde. Andere Worte oder ein anderes Modell helfen vielleicht.',
    },
    answerInProgress: {
      title: () => 'In dieser Unterhaltung kommt noch eine Antwort an',
      body: () =>
        'Vielleicht in einem Terminal neben diesem Fenster. Ist sie zu Ende, geht es weiter; deine Worte bleiben hier.',
    },
    streamInterrupted: {
      title: () => 'Die Antwort wurde unterbrochen',
      body: () =>
        'Die Verbindung brach mittendrin ab. Was schon da war, bleibt und wurde vielleicht berechnet.',
    },
    importUnreadable: {
      title: () => 'Diese Datei lässt sich nicht importieren',
      body: () =>
        'Unterhaltungen kommen aus Tuppences eigenen JSON- und ZIP-Dateien und aus den Datenexporten von ChatGPT und Claude. Vielleicht ist es eine andere Datei, beschädigt oder zu groß.',
    },
    exportUnwritable: {
      title: () => 'Die Datei konnte nicht geschrieben werden',
      body: () =>
        'Nichts halb Geschriebenes blieb zurück. Wähle einen anderen Ort, oder schaffe Platz und versuche es noch einmal.',
    },
    attachmentTooLarge: {
      title: () => 'Die Datei ist zu groß zum Senden',
      body: () =>
        'Bilder und PDF-Dateien dürfen bis zu 20 MB haben, Textdateien bis zu 1 MB. Hänge einen Teil davon an.',
    },
    attachmentUnsupported: {
      title: () => 'Dateien dieser Art können nicht gesendet werden',
      body: () => 'Bilder (PNG, JPEG, WebP, GIF), PDF-Dateien und Text oder Quelltext gehen.',
    },
    attachmentUnreadable: {
      title: () => 'Die Datei kann nicht gelesen werden',
      body: () =>
        'Sie ist beschädigt, mit einem Passwort geschützt oder enthält keine Wörter, wie ein eingescanntes PDF. Hänge sie dann als Bild an.',
    },
    modelTakesNoImages: {
      title: () => 'Dieses Modell nimmt keine Bilder',
      body: () =>
        'Wähle eines, das sie nimmt; die Auswahl zeigt, welche. Was du geschrieben und angehängt hast, bleibt hier.',
    },
    storageUnavailable: {
      title: () => 'Gerade kann nichts gesichert werden',
      body: () =>
        'Die Platte ist voll, oder in den Datenordner kann nicht geschrieben werden. Was vorher da war, ist sicher, und was du getippt hast, bleibt hier.',
    },
    notFound: {
      title: () => 'Es ist nicht mehr da',
      body: () => 'Vielleicht wurde es in einem anderen Fenster gelöscht.',
    },
    internal: {
      title: () => 'In Tuppence ist etwas schiefgegangen',
      body: () =>
        'Das ist unser Fehler, nicht deiner. Deine Worte bleiben. Die Einzelheiten unten helfen uns, ihn zu finden.',
    },
  },
} satisfies Translation;
