import type { en } from './en';

/** The same tree as English, where any words will do. */
type Words<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof T]: Words<T[Key]> };

type Some<T> = T extends string | ((...values: never[]) => string)
  ? T
  : { readonly [Key in keyof T]?: Some<T[Key]> };

/** Every sentence of the window: English says which there are. */
export type Sentences = Words<typeof en>;

/** A language that may lack sentences; English stands in for them. */
export type Translation = Some<Sentences>;

type Tree = Readonly<Record<string, unknown>>;

/** The translation, with English where it has nothing. */
export function withEnglish(english: Sentences, translation: Translation): Sentences {
  return merge(english, translation) as Sentences;
}

function merge(english: Tree, translation: Tree): Tree {
  return Object.fromEntries(
    Object.entries(english).map(([key, words]) => {
      const translated = translation[key];
      if (isTree(words)) return [key, merge(words, isTree(translated) ? translated : {})];
      return [key, translated ?? words];
    }),
  );
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}
