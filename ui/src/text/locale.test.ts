import { afterEach, describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';
import { locale, systemLanguage, t } from './locale.svelte';
import { formatAmount } from './money';

afterEach(() => {
  locale.use(en, 'en');
});

describe('the language', () => {
  it('changes what is said, how numbers are written, and what the page says it is in', async () => {
    await locale.speak('de');
    expect(t.composer.send).toBe('Senden');
    expect(formatAmount({ type: 'usd', micro: 1_234_560_000 })).toBe('1.234,56\u202f$');
    expect(document.documentElement.lang).toBe('de');
    await locale.speak('en');
    expect(t.composer.send).toBe('Send');
    expect(formatAmount({ type: 'usd', micro: 1_234_560_000 })).toBe('$1,234.56');
  });

  it('is the last one wished for, whichever file comes first', async () => {
    const german = locale.speak('de');
    await locale.speak('en');
    await german;
    expect(locale.language).toBe('en');
  });

  it('is the first of the system that there is', () => {
    expect(systemLanguage(['fr-CA', 'de-AT', 'en'])).toBe('de');
    expect(systemLanguage(['fr'])).toBe('en');
    expect(systemLanguage([])).toBe('en');
  });
});

describe('a translation', () => {
  it('names in its sentences what English names in them', () => {
    const told: string[] = [];
    compare(en, de, '', told);
    expect(told).toEqual([]);
  });
});

/** Calls every sentence of both languages and reports values that only one of them shows. */
function compare(english: unknown, other: unknown, path: string, told: string[]): void {
  if (typeof english === 'function' && typeof other === 'function') {
    const values = [...Array(english.length).keys()].map((index) => `«${String(index)}»`);
    const subject = { provider: '«0»', model: '«1»' };
    const say = (sentence: unknown): string =>
      String(
        (sentence as (...values: unknown[]) => unknown)(
          ...(path.startsWith('.errors.') ? [subject] : values),
        ),
      );
    const named = (text: string): string => [...new Set(text.match(/«\d»/g) ?? [])].sort().join();
    if (named(say(english)) !== named(say(other))) told.push(`${path}: ${say(other)}`);
    return;
  }
  if (typeof english !== 'object' || english === null) return;
  for (const [key, value] of Object.entries(english)) {
    compare(value, (other as Record<string, unknown>)[key], `${path}.${key}`, told);
  }
}
