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

/** Some of a language's sentences, as each of its files has them. */
export type Translation = Some<Sentences>;
