import { describe, expect, it } from 'vitest';
import { accountColours } from './accountColours';

describe('colours of accounts', () => {
  const ids = Array.from({ length: 30 }, (_, index) => `account-${index}`);

  it('never gives two accounts the same one', () => {
    expect(new Set(accountColours(ids).values()).size).toBe(ids.length);
  });

  it('keeps an account’s colour when others are added', () => {
    const before = accountColours(ids.slice(0, 3));
    const after = accountColours(ids);
    for (const [id, colour] of before) expect(after.get(id)).toBe(colour);
  });

  it('keeps white initials readable on each', () => {
    for (const colour of accountColours(ids).values()) expect(contrastWithWhite(colour)).toBeGreaterThan(4.5);
  });
});

/** WCAG contrast of white on an `hsl(h s% l%)` colour. */
function contrastWithWhite(colour: string): number {
  const [h = 0, s = 0, l = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  const amplitude = (s / 100) * Math.min(l / 100, 1 - l / 100);
  const channel = (n: number): number => {
    const k = (n + h / 30) % 12;
    const value = l / 100 - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 1.05 / (0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4) + 0.05);
}
