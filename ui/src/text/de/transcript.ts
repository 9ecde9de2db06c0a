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

  link: {
    title: 'Link',
    opens: 'Öffnet sich in deinem Browser',
    local: 'Das führt zu einem Computer in deinem eigenen Netz.',
    open: 'Öffnen',
    copy: 'Adresse kopieren',
  },
} satisfies Translation;
