import type { Translation } from '../sentences';

export const transcript = {
  answer: {
    thinking: 'Denkt nach',
    thought: 'Gedanken',
    waiting: 'Wartet auf das erste Wort',
    soFar: 'bisher',
    tokens: (count) => `${count} Tokens`,
    rate: (rate) => `${String(rate)}/s`,
    copy: 'Antwort kopieren',
    copied: 'Kopiert',
    retry: 'Neu beantworten',
    stopped: 'Du hast diese Antwort angehalten. Was schon da war, bleibt.',
    truncated: 'Das Modell hat seine Längengrenze erreicht.',
    cutOffUnsure:
      'Das Programm endete, bevor etwas kam. Ob sie gesendet war, ist ungewiss; darum wurde sie nicht noch einmal gesendet.',
    cutOff: 'Diese Antwort brach ab, als das Programm endete.',
    continue: 'Fortsetzen',
    continueWords: 'Bitte mach dort weiter, wo du aufgehört hast.',
    tryAgain: 'Erneut versuchen',
    finished: 'Antwort vollständig',
    stoppedSpoken: 'Antwort angehalten',
    failedSpoken: 'Die Antwort ist gescheitert',
    restarted: 'Der Anbieter hat diese Antwort neu begonnen.',
    noCost: 'Kosten unbekannt',
  },

  spoken: {
    log: 'Antworten, während sie eintreffen',
    answering: (model: string) => `${model} antwortet`,
    withCost: (ended: string, cost: string) => `${ended}, Kosten ${cost}`,
    elsewhere: (title: string, what: string) => `${title}: ${what}`,
    code: (language: string, lines: number) =>
      `Code${language === '' ? '' : `, ${language}`}, ${lines === 1 ? 'eine Zeile' : `${String(lines)} Zeilen`}`,
    table: (rows: number) => `Tabelle, ${rows === 1 ? 'eine Zeile' : `${String(rows)} Zeilen`}`,
  },

  message: {
    tools: 'Was sich mit dieser Nachricht tun lässt',
    copy: 'Nachricht kopieren',
    edit: 'Ändern und neu senden',
    remove: 'Diese und alles danach löschen',
    deleted: 'Nachricht gelöscht, samt allem danach',
    other: 'Anderes Modell fragen',
    editLabel: 'Deine Nachricht, anders gesagt',
    editSend: 'Stattdessen senden',
    editHint: 'Was du vorher gesagt hast, bleibt daneben stehen.',
    cancel: 'Abbrechen',
    version: (at, of) => `${String(at)}/${String(of)}`,
    versions: (at, of) => `Fassung ${String(at)} von ${String(of)}`,
    previous: 'Fassung davor',
    next: 'Fassung danach',
  },

  find: {
    title: 'In dieser Unterhaltung suchen',
    placeholder: 'Suchen',
    found: (at, of) => `${String(at)} von ${String(of)} Nachrichten`,
    nothing: 'Nicht gefunden',
    previous: 'Nachricht davor',
    next: 'Nachricht danach',
  },

  code: {
    copy: 'Kopieren',
    wrap: 'Zeilen umbrechen',
    taskDone: 'Erledigt',
    taskOpen: 'Zu tun',
  },

  diagram: {
    draw: 'Diagramm zeichnen',
    show: 'Diagramm zeigen',
    source: 'Quelltext zeigen',
    coming: 'Wird gezeichnet …',
    alt: 'Diagramm; sein Quelltext steht hinter „Quelltext zeigen“',
    refused: (reason: string) => `Dieses Diagramm lässt sich nicht zeichnen: ${reason}`,
  },

  remoteImage: {
    show: 'Bild zeigen',
    coming: 'Wird geholt …',
    refused: {
      address: 'Nicht geholt: Die Adresse führt zu diesem Rechner, in sein Netz, oder ist nicht https.',
      unreachable: 'Sein Rechner ist nicht zu erreichen.',
      notGiven: 'Sein Rechner gab es nicht heraus.',
      tooLarge: 'Es ist zu groß, um gezeigt zu werden.',
      noImage: 'Was kam, ist kein Bild, das gezeigt werden kann.',
    },
  },

  context: {
    menu: 'Was hier möglich ist',
    copySelection: 'Kopieren',
    openLink: 'Im Browser öffnen',
    copyAddress: 'Adresse kopieren',
    copyCode: 'Code kopieren',
    copyMessage: 'Nachricht kopieren',
  },

  link: {
    title: 'Link',
    opens: 'Öffnet sich in deinem Browser',
    local: 'Das führt zu einem Computer in deinem eigenen Netz.',
    open: 'Öffnen',
    copy: 'Adresse kopieren',
  },
} satisfies Translation;
