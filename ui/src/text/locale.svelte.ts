import { en } from './en';
import type { Sentences } from './sentences';

/** The languages that Tuppence speaks. */
export type Language = 'en' | 'de';

/** Their own names, as they stand in Settings. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** English is always there; the others are fetched from the app's own files when they are chosen. */
const loaders: Record<Exclude<Language, 'en'>, () => Promise<Sentences>> = {
  de: async () => (await import('./de')).de,
};

/** The first of the system's languages that Tuppence speaks. */
export function systemLanguage(wanted: readonly string[] = navigator.languages): Language {
  for (const tag of wanted) {
    const language = tag.split('-')[0]?.toLowerCase() ?? '';
    if (Object.hasOwn(languageNames, language)) return language as Language;
  }
  return 'en';
}

/** Which language the window speaks at the moment. */
class Locale {
  #sentences = $state.raw<Sentences>(en);
  #language = $state.raw<Language>('en');
  /** A language has been chosen: before that nothing is worth showing. */
  settled = $state(false);
  /** The latest wish counts, however long the file of an earlier one takes. */
  #wanted: Language = 'en';

  get language(): Language {
    return this.#language;
  }

  get sentences(): Sentences {
    return this.#sentences;
  }

  /** Speaks this language from now on; whatever is shown changes with it. */
  async speak(language: Language): Promise<void> {
    this.#wanted = language;
    if (language === 'en') {
      this.use(en, language);
      return;
    }
    try {
      const sentences = await loaders[language]();
      if (this.#wanted === language) this.use(sentences, language);
    } finally {
      this.settled = true;
    }
  }

  /** Shows these sentences, whatever language they are in. */
  use(sentences: Sentences, language: Language): void {
    this.#sentences = sentences;
    this.#language = language;
    this.settled = true;
    document.documentElement.lang = language;
  }
}

export const locale = new Locale();

/**
 * The sentences of the language in use: `t.composer.send`. Read in a template, in a `$derived` or
 * when they are needed, they follow the language; kept in a constant, they do not.
 */
export const t: Sentences = new Proxy({} as Sentences, {
  get: (_, section) => Reflect.get(locale.sentences, section) as unknown,
});
