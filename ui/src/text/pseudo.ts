import type { Sentences } from './sentences';

const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'AÅ BƁ CÇ DÐ EÉ FƑ GĜ HĤ IÎ JĴ KĶ LĻ MṀ NÑ OÖ PÞ QǪ RŔ SŠ TŢ UÛ VṼ WŴ XẊ YÝ ZŽ'.split(' ')].flatMap(
    ([plain = '', marked = '']) => [
      [plain, marked],
      [plain.toLowerCase(), marked.toLowerCase()],
    ],
  ),
);

/** `Settings` becomes `šéţţîñĝš`: still readable, and without a plain letter. */
export function mark(words: string): string {
  return words.replace(/[A-Za-z]/g, (letter) => LETTERS[letter] ?? letter);
}

/**
 * English with every letter marked. Whatever is shown in plain letters beside it is no sentence of
 * a locale file: data, or words that were forgotten in a component.
 */
export function pseudoLocale(english: Sentences): Sentences {
  const { tags, ...words } = english;
  // Dates without a Latin letter, so that one written by other rules is found too.
  const dates = 'ja-JP';
  return { ...(marked(words) as Omit<Sentences, 'tags'>), tags: { ...tags, dates, months: dates } };
}

function marked(node: unknown): unknown {
  if (typeof node === 'string') return mark(node);
  if (typeof node === 'function') {
    const sentence = node as (...values: unknown[]) => string;
    return (...values: unknown[]) => mark(sentence(...values));
  }
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, marked(value)]));
}
